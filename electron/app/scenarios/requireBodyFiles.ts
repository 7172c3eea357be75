import { filesIn } from '../../../shared/scenario/requestBody';
import { requestsIn } from '../../../shared/scenario/steps';
import { locateBodyFile } from '../../load/body/bodyFiles';
import type { RunRequest } from '../../run/runContract';

/** The paths of the files that the requests of a run send, each once. */
export function bodyFilesOf({ scenario, target }: Pick<RunRequest, 'scenario' | 'target'>): string[] {
  if (target.kind === 'engine') return [];
  return [...new Set((requestsIn(scenario) ?? []).flatMap(filesIn))];
}

/** Makes sure, before anything is sent, that the files are there that the requests of a run send. Throws `usage`. */
export function requireBodyFiles(request: Pick<RunRequest, 'scenario' | 'target' | 'filesFolder'>): void {
  for (const path of bodyFilesOf(request)) locateBodyFile(request.filesFolder, path);
}
