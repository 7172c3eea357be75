import type { RunRequest } from '../../run/runContract';
import { requireBodyFiles } from './requireBodyFiles';
import { requireDataFiles } from './requireDataFiles';
import { requireJourneys } from './requireJourneys';
import { requireTlsFiles } from './requireTlsFiles';

/**
 * Checks, before anything is sent, that the files of a run can be read and its journeys can be made. Rejects with
 * `usage`, and with `data-invalid` for a data file.
 */
export async function requireFiles(
  request: Pick<RunRequest, 'scenario' | 'target' | 'filesFolder' | 'dataPaths'>,
): Promise<void> {
  requireBodyFiles(request);
  requireTlsFiles(request);
  await requireJourneys(request);
  await requireDataFiles(request);
}
