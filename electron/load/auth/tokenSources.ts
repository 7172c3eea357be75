import { type WireUrl, wireUrl } from '../../../shared/http/wireUrl';
import type { UrlTarget } from '../../../shared/run/target';
import type { ClientCredentials } from '../../../shared/scenario/auth';
import type { SecretOf } from '../../../shared/scenario/template';
import { redactUrl } from '../../../shared/secrets/redact';
import { fillSecrets } from '../../../shared/secrets/reference';
import type { Clock } from '../clock';
import type { Origin } from '../http/origin';
import type { TokenOf } from './compiledAuth';
import type { TokenClient } from './tokenRequest';
import { TokenSource } from './tokenSource';

/** The options of the token sources of a scenario. */
interface TokenSourcesOptions {
  target: Pick<UrlTarget, 'url'>;
  secretOf: SecretOf;
  originAt(url: WireUrl): Origin;
  clock: Clock;
}

/** The tokens of all clients of a scenario. Requests that name the same client share one token. */
export class TokenSources {
  readonly #options: TokenSourcesOptions;
  readonly #sources = new Map<string, TokenSource>();
  #onToken = (_value: string): void => {};

  constructor(options: TokenSourcesOptions) {
    this.#options = options;
  }

  /**
   * Returns a function that gives the current token of a client, which exists after {@link start}. Throws `usage`,
   * `remote-not-allowed`.
   */
  readonly tokenOf: TokenOf = (client) => {
    const key = JSON.stringify(client);
    const source = this.#sources.get(key) ?? this.#open(client);
    this.#sources.set(key, source);
    return () => source.value;
  };

  /**
   * Gets the first token of each client. Rejects as `requestToken` does. `onToken` receives each token, which is a
   * secret.
   */
  async start(onToken: (value: string) => void): Promise<void> {
    this.#onToken = onToken;
    await Promise.all([...this.#sources.values()].map((source) => source.start()));
  }

  stop(): void {
    for (const source of this.#sources.values()) source.stop();
  }

  /** What to report about the tokens at the end, one sentence each. */
  describe(): { notes: string[]; warnings: string[] } {
    const all = [...this.#sources.values()].map((source) => source.describe());
    return { notes: all.flatMap(({ notes }) => notes), warnings: all.flatMap(({ warnings }) => warnings) };
  }

  #open({ type: _type, tokenUrl, ...credentials }: ClientCredentials): TokenSource {
    const { target, secretOf, originAt, clock } = this.#options;
    const filled = (text: string): string => fillSecrets(text, secretOf);
    const url = wireUrl(tokenUrl, target.url, secretOf);
    const client: TokenClient = {
      ...credentials,
      clientId: filled(credentials.clientId),
      clientSecret: filled(credentials.clientSecret),
      scope: credentials.scope && filled(credentials.scope),
      audience: credentials.audience && filled(credentials.audience),
      url: { ...url, target: fillSecrets(url.target, (name) => encodeURIComponent(secretOf(name) ?? '')) },
      origin: originAt(url),
    };
    return new TokenSource({
      place: redactUrl(`${url.origin}${url.target}`),
      // Imported only here, because it loads Node's own HTTP client and few loads need it.
      get: async () => (await import('./tokenRequest')).requestToken(client),
      clock,
      onToken: (value) => this.#onToken(value),
    });
  }
}
