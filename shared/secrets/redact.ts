import { replaceInText, replaceInUrl, type SecretVisitor } from './replaceSecrets';

/** Replaces a hidden secret. */
export const redacted = '***';

/** Hides every secret. */
export const hide: SecretVisitor = { secret: () => redacted };

/** Hides the secrets in URLs and credentials within a text: for labels, logs and messages. */
export function redactText(text: string): string {
  return replaceInText(text, hide);
}

/** Hides the secrets in a URL. */
export function redactUrl(url: string): string {
  return replaceInUrl(url, hide);
}
