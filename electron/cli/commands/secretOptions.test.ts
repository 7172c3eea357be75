import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { type SecretOptions, secretOption, secretsOf } from './secretOptions';

function typed(...args: string[]): SecretOptions {
  const command = new Command().addOption(secretOption()).exitOverride();
  return command.parse(args, { from: 'user' }).opts<SecretOptions>();
}

const nobody = (): Promise<string> => Promise.reject(new Error('asked'));

describe('secretsOf', () => {
  it('takes what is typed before the environment, and asks for names without a value, once each', async () => {
    const asked: string[] = [];
    const secrets = await secretsOf(
      typed('--secret', 'A=x=y', '--secret', 'B', '--secret', 'C=c'),
      async (name) => {
        asked.push(name);
        return `typed ${name}`;
      },
      { PROOFLOAD_SECRET_C: 'other', PROOFLOAD_SECRET_D: 'd', E: 'e' },
    );
    const values = ['A', 'B', 'B', 'C', 'D', 'E'].map((name) => secrets.find(name));
    expect(values).toEqual(['x=y', 'typed B', 'typed B', 'c', 'd', undefined]);
    expect(asked).toEqual(['B']);
  });

  it.each(['my-token=marker', '1=marker', '=marker', 'marker!', ''])(
    'refuses %j and does not repeat it',
    async (text) => {
      const refusal: unknown = await secretsOf(typed('--secret', text), nobody, {}).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'usage', hint: expect.stringContaining('--secret NAME=VALUE') });
      expect(String(refusal)).not.toContain('marker');
    },
  );

  it('refuses an empty value', async () => {
    await expect(secretsOf(typed('--secret', 'A='), nobody, {})).rejects.toMatchObject({ code: 'usage' });
  });

  it('says how to give what is not known', async () => {
    const { remedy } = await secretsOf(typed(), nobody, {});
    expect(remedy(['A'])).toContain('--secret A,');
    expect(remedy(['A', 'B'])).toContain('PROOFLOAD_SECRET_A, PROOFLOAD_SECRET_B');
  });
});
