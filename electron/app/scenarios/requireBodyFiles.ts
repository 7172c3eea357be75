import { filesIn } from '../../../shared/scenario/requestBody';
import { requestsIn } from '../../../shared/scenario/steps';
import { locateBodyFile } from '../../load/body/bodyFiles';
import type { RunRequest } from '../../run/runContract';

/** The paths of the files that the requests of a run send, each path once. */
export function bodyFilesOf({ scenario, target }: Pick<RunRequest, 'scenario' | 'target'>): string[] {
  if (target.kind === 'engine') return [];
  return [...new Set((requestsIn(scenario) ?? []).flatMap(filesIn))];
}

/** Checks, before anything is sent, that the files that the requests of a run send exist. Throws `usage`. */
export function requireBodyFiles(request: Pick<RunRequest, 'scenario' | 'target' | 'filesFolder'>): void {
  for (const path of bodyFilesOf(request)) locateBodyFile(request.filesFolder, path);
}
