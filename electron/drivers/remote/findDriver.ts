import { ProofloadError } from '../../../shared/errors/appError';
import type { ToolChoice } from '../../../shared/run/runInput';
import { findDocker } from '../docker/findDocker';
import { type FoundTool, findTool } from '../findTool';
import { findKubectl } from './findKubectl';

/**
 * The tool that generates the load of a run: on this machine, in a container on it, or in Kubernetes. Rejects with
 * `driver-unavailable`, and with `usage` for a place whose loads are not runs.
 */
export async function findDriver({ tool, path, inDocker, image, on }: ToolChoice): Promise<FoundTool> {
  if (inDocker) return findDocker(tool, image);
  if (on === undefined) return findTool(tool, path);
  if (on.place === 'kubernetes') return findKubectl(on);
  throw new ProofloadError(
    'usage',
    'a load on AWS gives a report of Artillery instead of a run',
    'start it on the command line, which imports the report',
  );
}
