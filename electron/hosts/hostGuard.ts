import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import { secretsInWords } from '../../shared/secrets/words';
import { type HostAddresses, isLocalhost, isLoopbackAddress, loopbackAddresses } from './addresses';

/** A host that requests go to. */
export interface Destination {
  /** A name in ASCII, or an address. */
  host: string;
  /** The names of the secrets that are sent to it, each once. */
  secrets: readonly string[];
  /** Whether a proxy looks its name up and connects to it, and not this machine. */
  isBehindProxy?: boolean;
}

/** A host that is to be loaded, and where its name leads. */
export interface FoundHost extends Destination {
  /** Each once; of an address itself. */
  addresses: readonly string[];
}

/** Whether a host that is not this machine may be loaded. `load` says with what, for a question to the user. */
export type Permit = (found: FoundHost, load: string) => boolean | Promise<boolean>;

/** The addresses of a name. Rejects when it has none. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** As the system resolves names: its files, its name service, and the old forms of addresses (`127.1`). */
const systemResolve: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address }) => address);

/** Each host once, with all that is sent to it. `ways`: how it is reached, by itself or through a proxy or both. */
function byHost(destinations: readonly Destination[]) {
  return [...Map.groupBy(destinations, ({ host }) => host)].map(([host, all]) => ({
    host,
    secrets: [...new Set(all.flatMap(({ secrets }) => secrets))],
    isBehindProxy: all.some(({ isBehindProxy }) => isBehindProxy),
    isDirect: all.some(({ isBehindProxy }) => !isBehindProxy),
  }));
}

/**
 * Decides where load may go. A name is resolved once; what it resolves to is confirmed, and the addresses that come out
 * are the ones that are connected to (hosts/pinnedLookup.ts).
 */
export class HostGuard {
  readonly #permit: Permit;
  readonly #resolve: Resolve;

  constructor(permit: Permit, resolve: Resolve = systemResolve) {
    this.#permit = permit;
    this.#resolve = resolve;
  }

  /**
   * Admits hosts, one after the other: this machine always, others if they are permitted. A host that is in `known` was
   * looked up before, for the work that this is a part of, and is not again. A name behind a proxy is never looked up.
   * Rejects with `remote-not-allowed`, and with `target-unreachable` for a name that has no address.
   */
  async admit(
    destinations: readonly Destination[],
    load: string,
    known: Readonly<HostAddresses> = {},
  ): Promise<HostAddresses> {
    const admitted: HostAddresses = {};
    for (const { host, secrets, isBehindProxy, isDirect } of byHost(destinations)) {
      const addresses = isDirect
        ? ((Object.hasOwn(known, host) ? known[host] : undefined) ?? (await this.#find(host)))
        : addressesBehindProxy(host);
      const found = { host, secrets, addresses };
      // What this machine calls itself may be another one to the proxy, but for names that nobody else can have.
      const isHere = addresses.every(isLoopbackAddress) && (!isBehindProxy || isLocalhost(host) || isIP(host) !== 0);
      if (!isHere && !(await this.#permit(found, load))) throw refused(found);
      admitted[host] = addresses;
    }
    return admitted;
  }

  async #find(host: string): Promise<string[]> {
    if (isIP(host) !== 0) return [host];
    let addresses: readonly string[] = [];
    let reason = 'it has no address';
    try {
      addresses = await this.#resolve(host);
    } catch (error) {
      reason = errorMessage(error);
    }
    if (addresses.length > 0) return [...new Set(addresses)];
    throw new ProofloadError(
      'target-unreachable',
      `the host ${host} is not known (${reason})`,
      'check the spelling and the DNS of this machine',
    );
  }
}

/** Of a name that a proxy looks up nothing else is known here. */
function addressesBehindProxy(host: string): string[] {
  return isLocalhost(host) ? [...loopbackAddresses] : [host];
}

function refused({ host, addresses, secrets }: FoundHost): ProofloadError {
  const leads = addresses.includes(host) ? '' : ` (it leads to ${addresses.join(', ')})`;
  const gets = secrets.length === 0 ? '' : `, and it would be sent ${secretsInWords(secrets)}`;
  return new ProofloadError(
    'remote-not-allowed',
    `${host} is not this machine${leads}${gets}`,
    'load only services and databases that are yours or whose owner agrees; if so, confirm the host',
    { details: { about: 'host', host } },
  );
}
