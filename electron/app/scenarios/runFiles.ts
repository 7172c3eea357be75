import type { RunRequest } from '../../run/runContract';
import { bodyFilesOf } from './requireBodyFiles';
import { dataPathsOf } from './requireDataFiles';

/**
 * Where the files are that a run reads, which stand beside the file of its scenario; nothing where it reads none. Throws
 * `data-invalid` for a data file that is not in the folder, and `usage` where no folder of one is known.
 */
export function runFilesOf(
  { scenario, target }: Pick<RunRequest, 'scenario' | 'target'>,
  scenarioFolder: string | undefined,
): Pick<RunRequest, 'filesFolder' | 'dataPaths'> {
  const dataPaths = dataPathsOf(scenario, scenarioFolder);
  const sendsFiles = bodyFilesOf({ scenario, target }).length > 0;
  return {
    ...(scenarioFolder !== undefined && sendsFiles ? { filesFolder: scenarioFolder } : {}),
    ...(dataPaths ? { dataPaths } : {}),
  };
}
