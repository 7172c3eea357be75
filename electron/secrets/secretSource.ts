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
  /** The value of the secret with this name; undefined where there is none. */
  find(name: string): string | undefined;
  /** How the user gives secrets that are not known, as something to do. */
  remedy(names: readonly string[]): string;
}

/** A value that would be a header of its own, or end a request, is none. */
function requireOneLine(name: string, value: string): void {
  if (/[\r\n\0]/.test(value))
    throw new ProofloadError(
      'usage',
      `the secret ${name} is more than one line`,
      'give it without line breaks; some tools add one at the end',
    );
}

/** The values of secrets by their names. Throws `secret-unknown` with all that have none, `usage` for one that is no line. */
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

/**
 * The secrets that a run sends, and no others: its load processes get them and nobody else does. Throws
 * `secret-unknown`, `usage`.
 */
export function secretsOfRun(
  { scenario, target }: { scenario: OwnRequests; target: Target },
  source: SecretSource,
): Secrets {
  return valuesOf(secretNamesOf(scenario, target), source);
}

/**
 * The URL of a database with its secrets, which stand in user and password: what leads elsewhere must be there to be
 * read. Throws as {@link secretsOfRun}.
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
