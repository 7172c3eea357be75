/** The name of a secret, which is also valid for an environment variable (POSIX.1-2017, 8.1). */
export const secretName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * A reference to a secret in a text, `{{secret.API_TOKEN}}`, with the name in the first group. Other braces are
 * ignored: `{{customer}}` is filled from data rows, and other prefixes with a dot may follow.
 *
 * The expression is global, for `matchAll` and `replaceAll`. With `test` and `exec` it would keep its last position.
 */
export const secretReference = /\{\{\s*secret\.([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g;

/** Returns a reference to the secret with this name. */
export function secretReferenceTo(name: string): string {
  return `{{secret.${name}}}`;
}

/** Returns the names of the secrets that a text refers to, without duplicates, in order of first occurrence. */
export function secretNamesIn(text: string): string[] {
  return [...new Set([...text.matchAll(secretReference)].map(([, name = '']) => name))];
}

/**
 * Replaces references in a text by secrets. A reference that `secretOf` does not know stays. Values are not expanded
 * again: braces in them are text.
 */
export function fillSecrets(text: string, secretOf: (name: string) => string | undefined): string {
  return text.replaceAll(secretReference, (reference: string, name: string) => secretOf(name) ?? reference);
}

const variablePrefix = 'PROOFLOAD_SECRET_';

/**
 * Returns the environment variable that supplies the value of a secret. Only variables with this prefix are used,
 * because a scenario from someone else must not read the rest of the environment.
 */
export function secretVariable(name: string): string {
  return `${variablePrefix}${name}`;
}

/** Whether an environment variable holds a secret. */
export function isSecretVariable(variable: string): boolean {
  return variable.startsWith(variablePrefix);
}
