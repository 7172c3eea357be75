/** What a secret may be called: a name that an environment variable can have too (POSIX.1-2017, 8.1). */
export const secretName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * A secret in a text, by its name: `{{secret.API_TOKEN}}`; the name is the first group. Braces with anything else in
 * them are not for us: `{{customer}}` is filled from rows of data, and other kinds may come to have a word and a dot.
 *
 * It is global, for `matchAll` and `replaceAll`; `test` and `exec` would remember where they were.
 */
export const secretReference = /\{\{\s*secret\.([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g;

/** How a text refers to the secret of this name. */
export function secretReferenceTo(name: string): string {
  return `{{secret.${name}}}`;
}

/** The names of the secrets that a text refers to, each once, in the order in which they come first. */
export function secretNamesIn(text: string): string[] {
  return [...new Set([...text.matchAll(secretReference)].map(([, name = '']) => name))];
}

/**
 * The text with secrets in the place of their names. What `secretOf` does not know stays a reference. A value is not
 * looked at again: braces in it are text.
 */
export function fillSecrets(text: string, secretOf: (name: string) => string | undefined): string {
  return text.replaceAll(secretReference, (reference: string, name: string) => secretOf(name) ?? reference);
}

const variablePrefix = 'PROOFLOAD_SECRET_';

/**
 * The environment variable that gives a secret its value. No other one does: a scenario from somebody else must not get
 * at whatever the environment holds.
 */
export function secretVariable(name: string): string {
  return `${variablePrefix}${name}`;
}

/** Whether an environment variable is for a secret. */
export function isSecretVariable(variable: string): boolean {
  return variable.startsWith(variablePrefix);
}
