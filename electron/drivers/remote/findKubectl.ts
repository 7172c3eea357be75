import { resolve } from 'node:path';
import { ProofloadError } from '../../../shared/errors/appError';
import { k6Version } from '../../../shared/run/driver';
import type { RemoteChoice } from '../../../shared/run/runInput';
import { commandOnPath, type FoundTool, isCommand } from '../findTool';

/**
 * k6 in Kubernetes: the file of kubectl, named or found on the `PATH`, and the version of the runners' image. Throws
 * `driver-unavailable`.
 */
export function findKubectl({ kubectl, context, namespace }: RemoteChoice): FoundTool {
  const path = kubectl === undefined ? commandOnPath('kubectl') : resolve(kubectl);
  const details = { about: 'driver', tool: 'kubectl' } as const;
  if (path === undefined)
    throw new ProofloadError('driver-unavailable', 'kubectl is not on the PATH', 'install it, or name its file', {
      details,
    });
  if (!isCommand(path))
    throw new ProofloadError('driver-unavailable', `${path} is not a command`, 'name the file of kubectl', { details });
  return { tool: 'k6', version: k6Version, on: 'kubernetes', path, cluster: { context, namespace } };
}
