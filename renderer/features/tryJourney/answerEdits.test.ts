import { describe, expect, it } from 'vitest';
import { checkDraft } from '../../../shared/scenario/draft';
import { type AnswerPart, cookieNames, placeOf, variablesIn, withCheck, withExtraction } from './answerEdits';

const parts: readonly (readonly [AnswerPart, check: object, extraction: object, variable: string])[] = [
  [{ kind: 'status', value: 302 }, { status: 302 }, { status: true }, 'status'],
  [{ kind: 'header', name: 'ETag', value: '"x"' }, { header: 'ETag', equals: '"x"' }, { header: 'ETag' }, 'ETag'],
  [{ kind: 'header', name: 'X-Token', value: '***' }, { header: 'X-Token' }, { header: 'X-Token' }, 'X_Token'],
  [{ kind: 'cookie', name: 'sid' }, { header: 'Set-Cookie', contains: 'sid=' }, { cookie: 'sid' }, 'sid'],
  [
    { kind: 'json', path: '$.items[0].id', key: 'id', value: 7 },
    { jsonPath: '$.items[0].id', equals: 7 },
    { jsonPath: '$.items[0].id' },
    'id',
  ],
  [
    { kind: 'json', path: '$.access_token', key: 'access_token', value: '***' },
    { jsonPath: '$.access_token' },
    { jsonPath: '$.access_token' },
    'access_token',
  ],
  [{ kind: 'json', path: '$.a', key: 'a', value: null }, { jsonPath: '$.a', equals: null }, { jsonPath: '$.a' }, 'a'],
  [
    { kind: 'json', path: "$['1 é']", key: '1 é', value: undefined },
    { jsonPath: "$['1 é']" },
    { jsonPath: "$['1 é']" },
    'value_1',
  ],
];

describe('a part of an answer', () => {
  it.each(parts)('%j becomes a check and an extraction, each once', (part, check, extraction, variable) => {
    const step = withExtraction(withCheck({ url: '/' }, part), part, []);
    expect(step).toEqual({ url: '/', checks: [check], extract: { [variable]: extraction } });
    expect(withExtraction(withCheck(step, part), part, [])).toEqual(step);
    const draft = {
      schema: 'proofload.scenario/1',
      id: 'mine',
      name: 'Mine',
      load: { executor: 'constant-vus', vus: 1, duration: '1s' },
      journeys: [{ name: 'j', steps: [step] }],
    };
    expect(checkDraft(draft).ok).toBe(true);
  });

  it('fills a variable that no other step fills, and that is not built in', () => {
    const part: AnswerPart = { kind: 'json', path: '$.id', key: 'id', value: 1 };
    expect(withExtraction({}, part, ['id', 'id_2'])).toEqual({ extract: { id_3: { jsonPath: '$.id' } } });
    expect(withExtraction({}, { ...part, key: 'uuid' }, [])).toEqual({ extract: { uuid_2: { jsonPath: '$.id' } } });
    expect(variablesIn({ steps: [{ extract: { a: {} } }, { thinkTime: '1s' }, { extract: { b: {} } }] })).toEqual([
      'a',
      'b',
    ]);
  });
});

describe('the step that was tried', () => {
  const tried = { step: 'login', place: 1 };

  it('is at its place, or where it was moved to', () => {
    expect(placeOf({ steps: [{ url: '/' }, { name: 'login' }] }, tried)).toBe(1);
    expect(placeOf({ steps: [{ name: 'login' }, { thinkTime: '1s' }] }, tried)).toBe(0);
  });

  it('is none where it is gone, or can be one of several', () => {
    expect(placeOf({ steps: [{ url: '/' }, { name: 'other' }] }, tried)).toBeUndefined();
    expect(placeOf({ steps: [{ name: 'login' }, { url: '/' }, { name: 'login' }] }, tried)).toBeUndefined();
  });
});

it('the cookies of an answer are known by their names', () => {
  expect(
    cookieNames([
      ['Set-Cookie', 'sid=***; Path=/'],
      ['set-cookie', 'lang=***'],
      ['Set-Cookie', 'none'],
      ['Content-Type', 'a=b'],
    ]),
  ).toEqual(['sid', 'lang']);
});
