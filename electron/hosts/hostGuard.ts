import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import { type HostAddresses, isLoopbackAddress } from './addresses';

/** A host that is to be loaded, and where its name leads. */
export interface FoundHost {
  /** A name in ASCII, or an address. */
  host: string;
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
   * Admits hosts, one after the other: this machine always, others if they are permitted. Rejects with
   * `remote-not-allowed`, and with `target-unreachable` for a name that has no address.
   */
  async admit(hosts: readonly string[], load: string): Promise<HostAddresses> {
    const admitted: HostAddresses = {};
    for (const host of new Set(hosts)) {
      const addresses = await this.#find(host);
      if (!addresses.every(isLoopbackAddress) && !(await this.#permit({ host, addresses }, load)))
        throw refused(host, addresses);
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
      'check its spelling and the name service of this machine',
    );
  }
}

function refused(host: string, addresses: readonly string[]): ProofloadError {
  const leads = addresses.includes(host) ? '' : ` (it leads to ${addresses.join(', ')})`;
  return new ProofloadError(
    'remote-not-allowed',
    `${host} is not this machine${leads}`,
    'load only services and databases that are yours or whose owner agrees; if so, confirm the host, or say --allow-remote on the command line',
  );
}
