import type { HostAddresses } from '../../hosts/addresses';
import { redirectAddresses } from '../../hosts/redirectAddresses';
import { type Origin, type OriginTls, type Transport, urlOriginOf } from './origin';

/** The inputs for connections to servers that only redirects lead to. */
export interface RedirectDependencies {
  /** The hosts that were admitted for the run, with their addresses. */
  addresses: HostAddresses;
  tls: OriginTls;
  /** How they are reached; directly if left out. */
  transport?: Transport;
}

/** The maximum number of servers that only redirects lead to. Each has its own pool. */
const maxOrigins = 20;

/** Decides which servers redirects may lead to. */
export class RedirectOrigins {
  readonly #origins: Origin[];
  readonly #dependencies: RedirectDependencies;
  readonly #open: (origin: Origin) => number;
  readonly #ownNumbers: ReadonlyMap<string, number>;
  readonly #ownHosts: ReadonlySet<string>;
  readonly #numbers = new Map<string, number>();

  /** `origins` are those of the requests. `open` prepares the client for another origin and returns its number. */
  constructor(origins: readonly Origin[], dependencies: RedirectDependencies, open: (origin: Origin) => number) {
    this.#origins = [...origins];
    this.#dependencies = dependencies;
    this.#open = open;
    this.#ownNumbers = new Map(origins.map((origin, index) => [urlOriginOf(origin), index]));
    this.#ownHosts = new Set(origins.map(({ hostname }) => hostname));
  }

  /**
   * The number of the server of a URL to which the server `from` redirects. Undefined when the server was not admitted,
   * and when there are too many servers.
   */
  numberOf(url: URL, from: number): number | undefined {
    const own = this.#ownNumbers.get(url.origin);
    if (own !== undefined) return own;
    const { addresses, tls, transport } = this.#dependencies;
    const hostname = url.hostname.replace(/^\[|\]$/g, '');
    const found = redirectAddresses(hostname, this.#origins[from]?.addresses ?? [], addresses);
    if (!found || !/^https?:$/.test(url.protocol)) return undefined;
    const known = this.#numbers.get(url.origin);
    if (known !== undefined || this.#numbers.size >= maxOrigins) return known;
    const isSecure = url.protocol === 'https:';
    const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
    const ownTls = isSecure ? this.#tlsFor(hostname, tls) : undefined;
    const origin: Origin = { hostname, addresses: found, port, tls: ownTls, ...transport };
    this.#origins.push(origin);
    const number = this.#open(origin);
    this.#numbers.set(url.origin, number);
    return number;
  }

  /** The client certificate and the configured server name apply only to the servers of the requests. */
  #tlsFor(hostname: string, tls: OriginTls): OriginTls {
    if (this.#ownHosts.has(hostname)) return tls;
    const { cert: _cert, key: _key, servername: _servername, ...others } = tls;
    return others;
  }
}
