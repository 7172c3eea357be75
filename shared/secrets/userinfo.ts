import { fillSecrets } from './reference';

/**
 * The URL with the secrets filled into user and password, percent-encoded, so that they can't reach beyond their place:
 * what becomes of these is for the parser of URLs to say, and it would not see references there.
 */
export function fillUserinfo(url: string, secretOf: (name: string) => string | undefined): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)@/i, (_all, scheme: string, userinfo: string) => {
    const filled = fillSecrets(userinfo, (name) => {
      const value = secretOf(name);
      return value === undefined ? undefined : encodeURIComponent(value);
    });
    return `${scheme}${filled}@`;
  });
}
