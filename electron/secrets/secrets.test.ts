import { describe, expect, it } from 'vitest';
import { urlTargetSchema } from '../../shared/run/target';
import { secretFromEnvironment, secretsInEnvironment, withoutSecrets } from './environment';
import { fillDatabaseUrl, type SecretSource, secretsOfRun } from './secretSource';

function sourceOf(values: Record<string, string>): SecretSource {
  return { find: (name) => values[name], remedy: (names) => `give ${names.join(' and ')}` };
}

const runWith = (...names: string[]) => ({
  scenario: { requests: undefined },
  target: urlTargetSchema.parse({
    kind: 'url',
    url: 'http://127.0.0.1/',
    headers: names.map((name) => ['X-Key', `{{secret.${name}}}`]),
  }),
});

describe('secretsOfRun', () => {
  it('takes what the run sends, and nothing else', () => {
    expect(secretsOfRun(runWith('A'), sourceOf({ A: 'a', B: 'b' }))).toEqual(new Map([['A', 'a']]));
  });

  it('refuses a run that names one without a value, with all of them and what to do', () => {
    expect(() => secretsOfRun(runWith('A', 'B', 'C'), sourceOf({ B: 'b' }))).toThrow(
      expect.objectContaining({
        code: 'secret-unknown',
        message: 'the secrets A and C have no value',
        hint: 'give A and C',
      }),
    );
    expect(() => secretsOfRun(runWith('A'), sourceOf({}))).toThrow('the secret A has no value');
  });

  it.each(['a\nX-Evil: 1', 'a\r', 'a\0'])('refuses %j, and does not tell it', (value) => {
    expect(() => secretsOfRun(runWith('A'), sourceOf({ A: value }))).toThrow(
      expect.objectContaining({ code: 'usage', message: 'the secret A is more than one line' }),
    );
  });
});

describe('fillDatabaseUrl', () => {
  it('leads to the same host, whatever the secret is', () => {
    const url = fillDatabaseUrl(
      'postgres://app:{{secret.PG}}@127.0.0.1:5432/db',
      sourceOf({ PG: 'x@0.0.0.0:1/y?host=0.0.0.0#' }),
    );
    const { hostname, pathname, search, password } = new URL(url);
    expect([hostname, pathname, search]).toEqual(['127.0.0.1', '/db', '']);
    expect(decodeURIComponent(password)).toBe('x@0.0.0.0:1/y?host=0.0.0.0#');
  });

  it.each(['postgres://{{secret.H}}/db', 'postgres://127.0.0.1/db?host={{secret.H}}'])('refuses %s', (url) => {
    expect(() => fillDatabaseUrl(url, sourceOf({ H: '0.0.0.0' }))).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('leaves a URL without secrets, and refuses one whose secret is not known', () => {
    expect(fillDatabaseUrl('mongodb://127.0.0.1', sourceOf({}))).toBe('mongodb://127.0.0.1');
    expect(() => fillDatabaseUrl('mongodb://u:{{secret.M}}@127.0.0.1', sourceOf({}))).toThrow(
      expect.objectContaining({ code: 'secret-unknown' }),
    );
  });
});

describe('the environment', () => {
  const env = { PROOFLOAD_SECRET_A: 'a', PROOFLOAD_SECRET_EMPTY: '', B: 'b', PROOFLOAD_STORAGE: 'memory' };

  it('gives what is meant as a secret, and nothing else that it holds', () => {
    expect(secretFromEnvironment('A', env)).toBe('a');
    expect(secretFromEnvironment('B', env)).toBeUndefined();
    expect(secretFromEnvironment('EMPTY', env)).toBeUndefined();
    expect(secretsInEnvironment(env)).toEqual(['A']);
  });

  it('is handed on without them', () => {
    expect(withoutSecrets(env)).toEqual({ B: 'b', PROOFLOAD_STORAGE: 'memory' });
  });
});
