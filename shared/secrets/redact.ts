import { replaceInText, replaceInUrl, type SecretVisitor } from './replaceSecrets';

/** What stands in the place of a secret that is hidden. */
export const redacted = '***';

/** Hides every secret. */
export const hide: SecretVisitor = { secret: () => redacted };

/** A text of words with the secrets in its URLs and credentials hidden: for labels, logs and messages. */
export function redactText(text: string): string {
  return replaceInText(text, hide);
}

/** A URL with the secrets in it hidden. */
export function redactUrl(url: string): string {
  return replaceInUrl(url, hide);
}
