import type { HostAddresses } from '../../hosts/addresses';
import { redirectAddresses } from '../../hosts/redirectAddresses';
import { type Origin, type OriginTls, type Transport, urlOriginOf } from './origin';

/** What connections to servers are made with that only redirects lead to. */
export interface RedirectMeans {
  /** The hosts that were admitted for the run, and where they are. */
  addresses: HostAddresses;
  tls: OriginTls;
  /** Left out: directly. */
  transport?: Transport;
}

/** So many servers are connected to that only redirects lead to: each has a pool of its own. */
const maxOrigins = 20;

/** Decides to which servers redirects may lead. */
export class RedirectOrigins {
  readonly #origins: Origin[];
  readonly #means: RedirectMeans;
  readonly #open: (origin: Origin) => number;
  readonly #ownNumbers: ReadonlyMap<string, number>;
  readonly #ownHosts: ReadonlySet<string>;
  readonly #numbers = new Map<string, number>();

  /** `origins` are those of the requests; `open` makes the client ready for another one and returns its number. */
  constructor(origins: readonly Origin[], means: RedirectMeans, open: (origin: Origin) => number) {
    this.#origins = [...origins];
    this.#means = means;
    this.#open = open;
    this.#ownNumbers = new Map(origins.map((origin, index) => [urlOriginOf(origin), index]));
    this.#ownHosts = new Set(origins.map(({ hostname }) => hostname));
  }

  /**
   * The number of the server of a URL to which the server `from` redirects; undefined for one that nobody has confirmed,
   * and for one too many.
   */
  numberOf(url: URL, from: number): number | undefined {
    const own = this.#ownNumbers.get(url.origin);
    if (own !== undefined) return own;
    const { addresses, tls, transport } = this.#means;
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

  /** The certificate of the client is for the servers of the requests, and so is the name that was given for them. */
  #tlsFor(hostname: string, tls: OriginTls): OriginTls {
    if (this.#ownHosts.has(hostname)) return tls;
    const { cert: _cert, key: _key, servername: _servername, ...others } = tls;
    return others;
  }
}
