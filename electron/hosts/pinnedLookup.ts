import { isIP, type LookupFunction } from 'node:net';
import { ProofloadError } from '../../shared/errors/appError';
import { type HostAddresses, isLoopbackAddress } from './addresses';

/**
 * The addresses at which a host may be connected to. Throws `remote-not-allowed` for a host that was not admitted. All
 * code that connects calls this, so that a host that nobody confirmed can't be reached.
 */
export function admittedAddresses(hostname: string, addresses: HostAddresses): readonly string[] {
  if (isLoopbackAddress(hostname)) return [hostname];
  const admitted = Object.hasOwn(addresses, hostname) ? addresses[hostname] : undefined;
  if (admitted && admitted.length > 0) return admitted;
  throw new ProofloadError(
    'remote-not-allowed',
    `${hostname} was not confirmed for this run`,
    'start it again; if it happens again, report this as a defect',
  );
}

/** A lookup function for sockets that knows only these addresses, whatever DNS says in the meantime. */
export function pinnedLookup(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_hostname, { all: wantsAll, family: wanted }, callback) => {
    const fitting = all.filter(({ family }) => (wanted !== 4 && wanted !== 6) || family === wanted);
    const [first] = fitting;
    // The callback must wait, because the socket has no listeners yet.
    process.nextTick(() => {
      if (!first) callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '', 0);
      else if (wantsAll) callback(null, fitting);
      else callback(null, first.address, first.family);
    });
  };
}
