import { isAbsolute } from 'node:path';
import type { DraftProblem } from '../../../shared/scenario/draft';
import { type TlsOptions, tlsFileFields, tlsOf } from '../../../shared/scenario/tlsOptions';
import { tlsFileError, tlsFileProblems } from '../../load/http/tlsFiles';
import type { RunRequest } from '../../run/runContract';

/** Whether TLS options of a run name a file in the folder of its scenario. */
export function usesTlsFolder({ scenario, target }: Pick<RunRequest, 'scenario' | 'target'>): boolean {
  const tls = target.kind === 'url' ? tlsOf(scenario, target) : undefined;
  return tlsFileFields.some((field) => {
    const path = tls?.[field];
    return path !== undefined && !isAbsolute(path);
  });
}

/** The problems of the files of TLS options, at their paths in a scenario. Relative paths are in `folder`. */
export function draftProblemsOfTls(tls: TlsOptions, folder: string): DraftProblem[] {
  return tlsFileProblems(tls, folder).map(({ field, message }) => ({ path: `tls.${field}`, message }));
}

/** Checks, before anything is sent, that the TLS files of a run are certificates and a key. Throws `usage`. */
export function requireTlsFiles({
  scenario,
  target,
  filesFolder,
}: Pick<RunRequest, 'scenario' | 'target' | 'filesFolder'>): void {
  const tls = target.kind === 'url' ? tlsOf(scenario, target) : undefined;
  const [problem] = tls ? tlsFileProblems(tls, filesFolder) : [];
  if (problem) throw tlsFileError(tls?.[problem.field] ?? '', problem);
}
