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
  /** Whether a proxy, instead of this machine, looks its name up and connects to it. */
  isBehindProxy?: boolean;
}

/** A host that is to be loaded, with the addresses of its name. */
export interface FoundHost extends Destination {
  /** Each address once. For an address, the address itself. */
  addresses: readonly string[];
}

/** Whether a host that is not this machine may be loaded. `load` describes the load, for a question to the user. */
export type Permit = (found: FoundHost, load: string) => boolean | Promise<boolean>;

/** The addresses of a name. Rejects when it has none. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** Resolves names as the system does: with its files, its name service, and the old forms of addresses (`127.1`). */
const systemResolve: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address }) => address);

/**
 * Each host once, with all secrets that are sent to it, and whether it is reached directly, through a proxy, or both.
 */
function byHost(destinations: readonly Destination[]) {
  return [...Map.groupBy(destinations, ({ host }) => host)].map(([host, all]) => ({
    host,
    secrets: [...new Set(all.flatMap(({ secrets }) => secrets))],
    isBehindProxy: all.some(({ isBehindProxy }) => isBehindProxy),
    isDirect: all.some(({ isBehindProxy }) => !isBehindProxy),
  }));
}

/**
 * Decides where load may go. A name is resolved once. The addresses that it resolves to are confirmed, and connections
 * go to these only (hosts/pinnedLookup.ts).
 */
export class HostGuard {
  readonly #permit: Permit;
  readonly #resolve: Resolve;

  constructor(permit: Permit, resolve: Resolve = systemResolve) {
    this.#permit = permit;
    this.#resolve = resolve;
  }

  /**
   * Admits hosts, one after the other: this machine always, others if they are permitted. A host in `known` was looked
   * up earlier in the same work and is not looked up again. A name behind a proxy is never looked up. Rejects with
   * `remote-not-allowed`, and with `target-unreachable` for a name that has no address.
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
      // A name of this machine may be another machine to the proxy, except for `localhost` names and addresses.
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

/**
 * The addresses of a host behind a proxy. This machine knows only the name of such a host, unless it is `localhost`.
 */
function addressesBehindProxy(host: string): string[] {
  return isLocalhost(host) ? [...loopbackAddresses] : [host];
}

function refused({ host, addresses, secrets }: FoundHost): ProofloadError {
  const leads = addresses.includes(host) ? '' : ` (it resolves to ${addresses.join(', ')})`;
  const gets = secrets.length === 0 ? '' : `, and it would be sent ${secretsInWords(secrets)}`;
  return new ProofloadError(
    'remote-not-allowed',
    `${host} is not this machine${leads}${gets}`,
    'load only services and databases that are yours or whose owner agrees; if so, confirm the host',
    { details: { about: 'host', host } },
  );
}
