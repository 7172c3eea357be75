import { existsSync } from 'node:fs';
import { ProofloadError } from '../../../shared/errors/appError';
import { machineKey } from '../../../shared/run/calibration';
import type { RunDocument } from '../../../shared/run/document';
import { targetLabel } from '../../../shared/run/target';
import { rulesOf } from '../../../shared/thresholds/rules';
import type { HistoryStore } from '../../history/historyStore';
import { RunBaseline } from '../../measure/baseline';
import { readResult } from '../../report/importers/readResult';
import { noiseAround } from '../comparison/compareRuns';
import { caveatsOf, type RunToHold } from './baselineFit';

/** The run document in a file. Throws `import-failed`, `usage`. */
async function documentOf(path: string): Promise<RunDocument> {
  const { file, content } = await readResult(path);
  if (content.kind === 'run') return content.document;
  throw new ProofloadError(
    'usage',
    `${file} is not a run document of Proofload`,
    'choose the document of a run as the baseline',
  );
}

/**
 * The document of the baseline. It is the run with the given id or file, else the baseline in the history for the same
 * scenario, target and machine. Undefined without one. Throws `run-not-found`, `usage`, `import-failed`.
 */
export async function baselineDocument(
  history: Pick<HistoryStore, 'baselineOf' | 'document'>,
  { scenario, target, environment }: RunToHold,
  named?: string,
): Promise<RunDocument | undefined> {
  if (named !== undefined && existsSync(named)) return documentOf(named);
  const kept = named ?? history.baselineOf(scenario.id, targetLabel(target), machineKey(environment));
  return kept === undefined ? undefined : history.document(kept);
}

/**
 * The baseline of a run. It is the run with the given id or document file, else the baseline in the history for the
 * same scenario, target and machine. Undefined when no threshold needs it. Throws `run-not-found`, `usage` (also for a
 * run that can't be a baseline, baselineFit.ts), `import-failed`.
 */
export async function chooseBaseline(
  history: HistoryStore,
  run: RunToHold,
  named?: string,
): Promise<RunBaseline | undefined> {
  const { scenario } = run;
  if (!rulesOf(scenario.thresholds).some(({ threshold }) => threshold.isRelative)) return undefined;
  if (scenario.load.executor === 'capacity-search')
    throw new ProofloadError(
      'usage',
      'a capacity search has no thresholds relative to a baseline',
      'give it limits in numbers, such as p(95)<50',
    );
  const document = await baselineDocument(history, run, named);
  return document && new RunBaseline(document, noiseAround(history, run, []), caveatsOf(document, run));
}
