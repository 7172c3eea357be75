import { CookieJar } from 'tough-cookie';

/**
 * The cookies of a virtual user (RFC 6265). The first cookie creates the jar, so that services without cookies cost
 * nothing.
 */
export class UserCookies {
  #jar: CookieJar | undefined;

  /** Whether no response has set a cookie since the last {@link reset}. */
  get isEmpty(): boolean {
    return this.#jar === undefined;
  }

  /** Forgets all cookies. */
  reset(): void {
    this.#jar = undefined;
  }

  /**
   * Stores the cookies that a response from `url` sets. As in browsers, invalid cookies and cookies for other servers
   * are ignored.
   */
  keep(setCookies: readonly string[], url: () => string): void {
    if (setCookies.length === 0) return;
    this.#jar ??= new CookieJar(undefined, { looseMode: true });
    const from = url();
    for (const cookie of setCookies) this.#jar.setCookieSync(cookie, from, { ignoreError: true });
  }

  /** The value of the `Cookie` header for a request to `url`; empty when there is no cookie. */
  headerFor(url: () => string): string {
    return this.#jar?.getCookieStringSync(url()) ?? '';
  }

  /** The value of the cookie that is sent under a name with requests to `url`. */
  valueOf(name: string, url: () => string): string | undefined {
    return this.#jar?.getCookiesSync(url()).find(({ key }) => key === name)?.value;
  }
}
