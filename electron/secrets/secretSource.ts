import { ProofloadError } from '../../shared/errors/appError';
import type { Target } from '../../shared/run/target';
import type { OwnRequests } from '../../shared/scenario/steps';
import type { Secrets } from '../../shared/secrets/conceal';
import { secretNamesIn } from '../../shared/secrets/reference';
import { secretNamesOf } from '../../shared/secrets/runSecrets';
import { fillUserinfo } from '../../shared/secrets/userinfo';
import { secretsInWords } from '../../shared/secrets/words';

/** Where the values of secrets come from. */
export interface SecretSource {
  /** The value of the secret with this name; undefined when there is none. */
  find(name: string): string | undefined;
  /** What the user must do to provide the named secrets. */
  remedy(names: readonly string[]): string;
}

/** Rejects a value with line breaks, which could begin another header or end a request. Throws `usage`. */
function requireOneLine(name: string, value: string): void {
  if (/[\r\n\0]/.test(value))
    throw new ProofloadError(
      'usage',
      `the secret ${name} is more than one line`,
      'give it without line breaks; some tools add one at the end',
    );
}

/**
 * The values of secrets by name. Throws `secret-unknown` that names all without a value, and `usage` for a value with
 * line breaks.
 */
function valuesOf(names: readonly string[], source: SecretSource): Secrets {
  const values = new Map<string, string>();
  const unknown: string[] = [];
  for (const name of names) {
    const value = source.find(name);
    if (value === undefined) {
      unknown.push(name);
      continue;
    }
    requireOneLine(name, value);
    values.set(name, value);
  }
  if (unknown.length > 0)
    throw new ProofloadError(
      'secret-unknown',
      `${secretsInWords(unknown)} ${unknown.length === 1 ? 'has' : 'have'} no value`,
      source.remedy(unknown),
    );
  return values;
}

/** The secrets that a run sends, and no others. Only its load processes get them. Throws `secret-unknown`, `usage`. */
export function secretsOfRun(
  { scenario, target }: { scenario: OwnRequests; target: Target },
  source: SecretSource,
): Secrets {
  return valuesOf(secretNamesOf(scenario, target), source);
}

/**
 * The URL of a database with its secrets filled in. They may only be in user and password, because the parts that say
 * where the URL leads must be readable. Throws as {@link secretsOfRun} does.
 */
export function fillDatabaseUrl(url: string, source: SecretSource): string {
  const values = valuesOf(secretNamesIn(url), source);
  const filled = fillUserinfo(url, (name) => values.get(name));
  const [misplaced] = secretNamesIn(filled);
  if (misplaced === undefined) return filled;
  throw new ProofloadError(
    'usage',
    `the secret ${misplaced} is in a part of the URL that has no secrets`,
    'in the URL of a database write it as the user or the password',
  );
}
