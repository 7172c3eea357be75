import { ProofloadError } from '../../../shared/errors/appError';
import type { Target } from '../../../shared/run/target';
import type { HostAddresses } from '../../hosts/addresses';
import type { FoundTool } from '../findTool';
import { hostOfThisMachine } from '../remote/requireRemote';

/** Checks that a container reaches what it is to load, as it does not where that is this machine. Throws `usage`. */
export function requireNetwork({ container }: FoundTool, target: Target, addresses: HostAddresses = {}): void {
  if (container === undefined || container.sharesNetwork) return;
  const own = target.kind === 'engine' ? 'the built-in service' : hostOfThisMachine(addresses);
  if (own === undefined) return;
  throw new ProofloadError(
    'usage',
    `${own} is on this machine, whose network the containers of this Docker don't share: it runs in a virtual machine or without root`,
    'install k6, or name the service by an address that can be reached from a container',
  );
}
