import { describe, expect, it } from 'vitest';
import { level } from '../../tests/support/factories';
import { urlTargetSchema } from '../run/target';
import { redactorOf, redactScenario } from '../secrets/redactRun';
import { secretNamesOf } from '../secrets/runSecrets';
import { type Scenario, scenarioSchema } from './schema';

const client = { type: 'oauth2', tokenUrl: '/token', clientId: 'load', clientSecret: '{{secret.CLIENT}}' };
const key = { type: 'aws-sigv4', accessKeyId: 'id', secretAccessKey: 'typed-key', region: 'eu', service: 's3' };

function parsed(auth: object, others: object = {}) {
  return scenarioSchema.safeParse({
    ...level('level-0'),
    thresholds: {},
    journeys: [{ name: 'a', steps: [{ url: '/', auth, ...others }] }],
  });
}

function scenarioOf(auth: object): Scenario {
  const scenario = parsed(auth);
  if (!scenario.success) throw scenario.error;
  return scenario.data;
}

describe('authentication', () => {
  it.each([
    [{ type: 'basic', username: 'ann', password: '' }, {}],
    [{ type: 'bearer', token: '{{vu}}' }, {}],
    [client, { headers: { 'X-Api-Key': 'k' } }],
    [{ ...client, scope: 'a b', clientAuthentication: 'body' }, {}],
    [{ ...key, sessionToken: '{{secret.SESSION}}' }, {}],
  ])('%j is right', (auth, others) => {
    expect(parsed(auth, others).error).toBeUndefined();
  });

  it.each([
    [{ type: 'bearer', token: 't' }, { headers: { authorization: 'x' } }, 'leave one of them out'],
    [{ type: 'bearer', token: '{{missing}}' }, {}, '{{missing}}'],
    [{ ...client, clientSecret: '{{uuid}}' }, {}, 'only secrets'],
    [{ ...client, scope: '{{env.SCOPE}}' }, {}, 'only secrets'],
    [{ ...client, clientId: '{{iteration}}' }, {}, 'only secrets'],
    [{ ...client, clientId: '{{users.name}}' }, {}, 'only secrets'],
    [{ ...client, tokenUrl: 'ftp://127.0.0.1/' }, {}, 'http'],
    [{ type: 'digest', username: 'a', password: 'b' }, {}, ''],
    [{ type: 'basic', username: 'a\r\nb', password: 'c' }, {}, 'one line'],
  ])('%j is refused', (auth, others, message) => {
    const { success, error } = parsed(auth, others);
    expect(success).toBe(false);
    expect(error?.issues.map((issue) => issue.message).join('; ')).toContain(message);
  });

  it('is looked at in setup and teardown too', () => {
    const steps = [{ url: '/', auth: { type: 'bearer', token: 't' }, headers: { Authorization: 'x' } }];
    const scenario = { ...level('level-0'), thresholds: {}, journeys: [{ name: 'a', steps: [{ url: '/' }] }] };
    const { error } = scenarioSchema.safeParse({ ...scenario, setup: { steps }, teardown: { steps } });
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['setup.steps.0', 'teardown.steps.0']);
  });

  it('names its secrets', () => {
    const target = urlTargetSchema.parse({ kind: 'url', url: 'http://127.0.0.1/' });
    expect(secretNamesOf(scenarioOf(client), target)).toEqual(['CLIENT']);
  });

  it('is kept without what was typed', () => {
    const kept = (auth: object) => {
      const [step] = redactScenario(scenarioOf(auth)).journeys?.[0]?.steps ?? [];
      return step && 'auth' in step ? step.auth : undefined;
    };
    expect(kept({ type: 'basic', username: 'ann', password: 'pw' })).toMatchObject({
      username: '***',
      password: '***',
    });
    expect(kept({ type: 'bearer', token: 'a {{secret.B}}' })).toMatchObject({ token: '***{{secret.B}}' });
    expect(kept(client)).toMatchObject({ clientId: 'load', clientSecret: '{{secret.CLIENT}}' });
    expect(kept({ ...client, clientSecret: 'typed' })).toMatchObject({ clientSecret: '***' });
    expect(kept({ ...key, sessionToken: 'typed' })).toMatchObject({
      accessKeyId: '***',
      secretAccessKey: '***',
      sessionToken: '***',
      region: 'eu',
    });
  });

  it('is hidden where an answer quotes it, as it was typed and as it was sent', () => {
    const target = urlTargetSchema.parse({ kind: 'url', url: 'http://127.0.0.1/' });
    const redact = redactorOf({
      scenario: scenarioOf({ type: 'basic', username: 'annie', password: 'pass-1' }),
      target,
    });
    const sent = btoa('annie:pass-1');
    expect(redact(`it was ${sent}, of annie with pass-1`)).toBe('it was ***, of *** with ***');
  });
});
