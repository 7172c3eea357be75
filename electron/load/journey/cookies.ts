import { CookieJar } from 'tough-cookie';

/**
 * The cookies of a virtual user (RFC 6265). There is no jar before the first cookie: most requests of most services have
 * none, and pay nothing for them.
 */
export class UserCookies {
  #jar: CookieJar | undefined;

  /** Whether no answer has set any. */
  get isEmpty(): boolean {
    return this.#jar === undefined;
  }

  /** Forgets all. */
  reset(): void {
    this.#jar = undefined;
  }

  /** Keeps what an answer from `url` sets; what is no cookie, or not for this server, is left out as browsers do. */
  keep(setCookies: readonly string[], url: () => string): void {
    if (setCookies.length === 0) return;
    this.#jar ??= new CookieJar(undefined, { looseMode: true });
    const from = url();
    for (const cookie of setCookies) this.#jar.setCookieSync(cookie, from, { ignoreError: true });
  }

  /** The value of `Cookie` for a request to `url`; empty where there is none. */
  headerFor(url: () => string): string {
    return this.#jar?.getCookieStringSync(url()) ?? '';
  }

  /** The cookie of a name that goes with requests to `url`. */
  valueOf(name: string, url: () => string): string | undefined {
    return this.#jar?.getCookiesSync(url()).find(({ key }) => key === name)?.value;
  }
}
