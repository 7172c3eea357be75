import { Option } from 'commander';
import { ProofloadError } from '../../../shared/errors/appError';
import { secretName, secretVariable } from '../../../shared/secrets/reference';
import { secretFromEnvironment } from '../../secrets/environment';
import type { SecretSource } from '../../secrets/secretSource';
import { askWithoutEcho } from '../askWithoutEcho';

/** The option of commands that send secrets. */
export interface SecretOptions {
  /** As typed: a name, or a name with a value. */
  secret: string[];
}

/**
 * `--secret NAME` or `--secret NAME=VALUE`, as typed, because a parser of commander would print the value that it
 * rejects.
 */
export function secretOption(): Option {
  return new Option(
    '--secret <name[=value]>',
    'value of {{secret.NAME}}, instead of PROOFLOAD_SECRET_NAME; with a name alone, Proofload asks for the value without echo; a value typed here is visible in the process list; may be repeated',
  )
    .argParser((text, earlier: string[]) => [...earlier, text])
    .default([]);
}

function split(text: string): { name: string; value: string | undefined } {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  const value = equals < 0 ? undefined : text.slice(equals + 1);
  // The error does not repeat the rejected text, because it may be a secret value in the wrong place.
  if (!secretName.test(name))
    throw new ProofloadError(
      'usage',
      'the value of --secret does not begin with the name of a secret',
      'write --secret NAME or --secret NAME=VALUE; a name has letters, digits and _, and does not begin with a digit',
    );
  if (value === '')
    throw new ProofloadError(
      'usage',
      `--secret ${name}= has no value`,
      'leave out the =, and Proofload asks for the value',
    );
  return { name, value };
}

/**
 * The secrets from the options, else from the environment. Prompts for secrets of which only the name is given, so call
 * it once, before anything starts. Rejects with `usage`, `interrupted`.
 */
export async function secretsOf(
  { secret }: SecretOptions,
  ask: (name: string) => Promise<string> = askWithoutEcho,
  env: NodeJS.ProcessEnv = process.env,
): Promise<SecretSource> {
  const given = new Map<string, string>();
  const typed = secret.map(split);
  for (const { name, value } of typed) given.set(name, value ?? (await ask(name)));
  return {
    find: (name) => given.get(name) ?? secretFromEnvironment(name, env),
    remedy: (names) =>
      `give ${names.length === 1 ? 'it' : 'them'} with ${names.map((name) => `--secret ${name}`).join(' ')}, which asks without echo, or in ${names.map(secretVariable).join(', ')}`,
  };
}
