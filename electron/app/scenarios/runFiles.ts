import type { RunRequest } from '../../run/runContract';
import { bodyFilesOf } from './requireBodyFiles';
import { dataPathsOf } from './requireDataFiles';
import { usesTlsFolder } from './requireTlsFiles';

/**
 * The paths of the files that a run reads, which are beside the file of its scenario. Empty when it reads none. Throws
 * `data-invalid` for a data file that is not in the folder, and `usage` when the folder is not known.
 */
export function runFilesOf(
  { scenario, target }: Pick<RunRequest, 'scenario' | 'target'>,
  scenarioFolder: string | undefined,
): Pick<RunRequest, 'filesFolder' | 'dataPaths'> {
  const dataPaths = dataPathsOf(scenario, scenarioFolder);
  const usesFolder = bodyFilesOf({ scenario, target }).length > 0 || usesTlsFolder({ scenario, target });
  return {
    ...(scenarioFolder !== undefined && usesFolder ? { filesFolder: scenarioFolder } : {}),
    ...(dataPaths ? { dataPaths } : {}),
  };
}
