import { fillSecrets } from './reference';

/**
 * Fills secrets into the user and password of a URL. They are percent-encoded so that they cannot affect other parts of
 * the URL. This happens before parsing, because a URL parser would not recognise the references.
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
