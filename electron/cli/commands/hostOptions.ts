import { isIP } from 'node:net';
import { InvalidArgumentError, Option } from 'commander';
import { wireUrl } from '../../../shared/http/wireUrl';
import { secretsInWords } from '../../../shared/secrets/words';
import { type FoundHost, HostGuard } from '../../hosts/hostGuard';
import { printToStderr } from '../../system/terminal';

/** The options of commands that send load, or connect to a database. */
export interface HostOptions {
  /** Allows all hosts. */
  allowRemote?: true;
  /** Allows these hosts. */
  allowHost: string[];
  quiet?: true;
}

/** A host in the spelling that the guard uses. */
function hostName(text: string): string {
  const address = text.replace(/^\[(.*)\]$/, '$1');
  try {
    // A port that is the default of the scheme would be dropped, and any other port ignored.
    if (isIP(address) === 6 || !text.includes(':')) {
      const { hostname, target, user } = wireUrl(`http://${isIP(address) === 6 ? `[${address}]` : text}/`);
      if (target === '/' && user === undefined) return hostname;
    }
  } catch {
    // Reported below.
  }
  throw new InvalidArgumentError('must be a host without port and path, such as api.example.com');
}

/** `--allow-host` allows one host, `--allow-remote` all. */
export function allowHostOption(): Option {
  return new Option('--allow-host <host>', 'also allow this host, which is not this machine; may be repeated')
    .argParser((text, earlier: string[]) => [...earlier, hostName(text)])
    .default([]);
}

/** What this process has printed about hosts, because a climb or an experiment asks again for each of its runs. */
const said = new Set<string>();

/** Prints where load goes before it starts, because `--allow-remote` names no host. */
function tell({ host, addresses, secrets }: FoundHost): void {
  const leads = addresses.includes(host) ? '' : ` (${addresses.join(', ')})`;
  const gets = secrets.length === 0 ? '' : ` and sends it ${secretsInWords(secrets)}`;
  const line = `${host}${leads} is not this machine: Proofload connects to it${gets}\n`;
  if (said.has(line)) return;
  said.add(line);
  printToStderr(line);
}

/** The hosts that may receive load: this machine, the hosts in `--allow-host`, and all others with `--allow-remote`. */
export function hostsOf({ allowRemote, allowHost, quiet }: HostOptions): HostGuard {
  return new HostGuard((found) => {
    const isAllowed = allowRemote === true || allowHost.includes(found.host);
    if (isAllowed && !quiet) tell(found);
    return isAllowed;
  });
}
