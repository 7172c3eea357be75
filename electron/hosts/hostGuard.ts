import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import { secretsInWords } from '../../shared/secrets/words';
import { type HostAddresses, isLoopbackAddress } from './addresses';

/** A host that requests go to. */
export interface Destination {
  /** A name in ASCII, or an address. */
  host: string;
  /** The names of the secrets that are sent to it, each once. */
  secrets: readonly string[];
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

/** Each host once, with all that is sent to it. */
function byHost(destinations: readonly Destination[]): Destination[] {
  const hosts = new Map<string, Set<string>>();
  for (const { host, secrets } of destinations) hosts.set(host, new Set([...(hosts.get(host) ?? []), ...secrets]));
  return [...hosts].map(([host, secrets]) => ({ host, secrets: [...secrets] }));
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
   * looked up before, for the work that this is a part of, and is not again. Rejects with `remote-not-allowed`, and with
   * `target-unreachable` for a name that has no address.
   */
  async admit(
    destinations: readonly Destination[],
    load: string,
    known: Readonly<HostAddresses> = {},
  ): Promise<HostAddresses> {
    const admitted: HostAddresses = {};
    for (const { host, secrets } of byHost(destinations)) {
      const addresses = (Object.hasOwn(known, host) ? known[host] : undefined) ?? (await this.#find(host));
      const found = { host, secrets, addresses };
      if (!addresses.every(isLoopbackAddress) && !(await this.#permit(found, load))) throw refused(found);
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
