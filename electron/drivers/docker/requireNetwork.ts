import { ProofloadError } from '../../../shared/errors/appError';
import type { Target } from '../../../shared/run/target';
import type { HostAddresses } from '../../hosts/addresses';
import type { FoundTool } from '../findTool';
import { hostOfThisMachine } from '../remote/requireRemote';

/** Checks that a container can reach its target, which may be on this machine. Throws `usage`. */
export function requireNetwork({ container }: FoundTool, target: Target, addresses: HostAddresses = {}): void {
  if (container === undefined || container.sharesNetwork) return;
  const own = target.kind === 'engine' ? 'the built-in service' : hostOfThisMachine(addresses);
  if (own === undefined) return;
  throw new ProofloadError(
    'usage',
    `${own} is on this machine, but the containers of this Docker don't share its network: Docker runs in a virtual machine or without root`,
    'install k6, or name the service by an address that can be reached from a container',
  );
}
