import { describe, expect, it } from 'vitest';
import { urlTargetSchema } from '../../../shared/run/target';
import { scenarioSchema } from '../../../shared/scenario/schema';
import { SecretHider } from './secretHider';

function hider(): SecretHider {
  const scenario = scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'mine',
    name: 'Mine',
    load: { executor: 'per-vu-iterations' },
    journeys: [{ name: 'visit', steps: [{ url: '/', headers: { 'X-Api-Key': 'typed-key' } }] }],
  });
  const target = urlTargetSchema.parse({ kind: 'url', url: 'http://127.0.0.1/' });
  return new SecretHider({ scenario, target, secrets: new Map([['KEY', 'named-key']]) });
}

describe('what is hidden of a step', () => {
  it.each([
    ['a named secret', 'named-key', '{{secret.KEY}}'],
    ['a typed one', 'of typed-key', 'of ***'],
    ['JSON by its names', '{"access_token":"abcdef","id":7}', '{"access_token":"***","id":7}'],
    ['a form by its names', 'user=ann&password=abcdef', 'user=ann&password=***'],
  ])('in a body: %s', (_what, text, expected) => {
    expect(hider().body(text)).toBe(expected);
  });

  it.each([
    ['Cookie', 'sid=abcdef; lang=en', 'sid=***; lang=***'],
    ['Set-Cookie', 'sid=abcdef; Path=/; HttpOnly', 'sid=***; Path=/; HttpOnly'],
    ['Set-Cookie', 'sid=; Path=/', 'sid=; Path=/'],
    ['Authorization', 'Bearer abcdef', 'Bearer ***'],
    ['X-Echo', 'named-key typed-key', '{{secret.KEY}} ***'],
    ['Content-Type', 'text/html', 'text/html'],
  ])('in a header: %s: %s', (name, value, expected) => {
    expect(hider().header([name, value])).toEqual([name, expected]);
  });

  it('in a URL', () => {
    expect(hider().url('http://127.0.0.1/a?token=abcdef&n=1')).toBe('http://127.0.0.1/a?token=***&n=1');
  });

  it.each([
    ['token', { jsonPath: '$.value' }, '***'],
    ['v', { jsonPath: '$.user.access_token' }, '***'],
    ['v', { header: 'Authorization' }, '***'],
    ['v', { cookie: 'lang' }, '***'],
    ['v', { regex: 'id=(\\d+)' }, 'abcdef'],
    ['id', { jsonPath: '$.id' }, 'abcdef'],
  ])('of a variable %s from %j', (variable, extraction, expected) => {
    expect(hider().extracted(variable, extraction, 'abcdef')).toBe(expected);
  });

  it('stays hidden everywhere else, in each form that it may have there', () => {
    const hidden = hider();
    hidden.header(['Set-Cookie', 'sid=cookie/value; Path=/']);
    hidden.body('{"access_token":"from body"}');
    hidden.extracted('token', { regex: '.' }, 'extracted');
    const hide = hidden.everywhere();
    expect(hide('/use/cookie%2Fvalue?a=from+body&b=extracted&c=shown')).toBe('/use/***?a=***&b=***&c=shown');
  });
});
