import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorMessage, ProofloadError, systemErrorCode } from '../../../shared/errors/appError';
import { type Experiment, experimentSchema } from '../../../shared/experiment/experiment';
import { hasLostSecrets, redactExperiment } from '../../../shared/secrets/redactExperiment';
import { isRunId } from '../../run/runId';
import { printToStderr } from '../../system/terminal';
import { writeWhole } from '../../system/writeWhole';

function folderIn(dataFolder: string): string {
  return join(dataFolder, 'experiments');
}

function fileOf(dataFolder: string, id: string): string {
  return join(folderIn(dataFolder), `${id}.json`);
}

/** The lease of who measures an experiment, or changes it (experimentLease.ts). */
export function experimentLease(dataFolder: string, id: string): string {
  return join(folderIn(dataFolder), `${id}.lease`);
}

/** Keeps an experiment as far as it is, without secrets that were typed. Throws `data-folder-unusable`. */
export function keepExperiment(dataFolder: string, experiment: Experiment): void {
  writeWhole(fileOf(dataFolder, experiment.id), JSON.stringify(redactExperiment(experiment)), 'the experiment');
}

/** An experiment that was kept. Throws `experiment-not-found`, `history-unreadable`. */
export function readExperiment(dataFolder: string, id: string): Experiment {
  const kept = parseKept(dataFolder, id);
  const redacted = redactExperiment(kept);
  // Earlier versions kept what was typed: its file loses that when it is read.
  if (JSON.stringify(redacted) !== JSON.stringify(kept)) keepIfPossible(dataFolder, redacted);
  return redacted;
}

function keepIfPossible(dataFolder: string, experiment: Experiment): void {
  try {
    keepExperiment(dataFolder, experiment);
  } catch {
    // Where nothing can be written it can be read all the same.
  }
}

function parseKept(dataFolder: string, id: string): Experiment {
  try {
    if (!isRunId(id)) throw Object.assign(new Error('no id'), { code: 'ENOENT' });
    return experimentSchema.parse(JSON.parse(readFileSync(fileOf(dataFolder, id), 'utf8')));
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT')
      throw new ProofloadError(
        'experiment-not-found',
        `there is no experiment ${id}`,
        'the first line that an experiment prints has its id',
      );
    throw new ProofloadError(
      'history-unreadable',
      `experiment ${id} is damaged: ${errorMessage(error)}`,
      'start a new one; this one is left as it is',
      { cause: error },
    );
  }
}

/**
 * An experiment that was saved and can be resumed. Throws as readExperiment, and `usage` for one that was cancelled or
 * whose secrets were typed, so that they were not saved.
 */
export function readResumable(dataFolder: string, id: string): Experiment {
  const experiment = readExperiment(dataFolder, id);
  if (hasLostSecrets(experiment))
    throw new ProofloadError(
      'usage',
      `experiment ${id} had secrets that were typed, and these are not saved`,
      'start another one with its secrets by name, as {{secret.API_TOKEN}}: that one can be resumed',
    );
  if (experiment.state !== 'cancelled') return experiment;
  throw new ProofloadError('usage', `experiment ${id} was cancelled`, 'start another one');
}

/**
 * An experiment as it is now, where it was saved: another process may have resumed it since it was read. Throws as
 * {@link readResumable}.
 */
export function newestExperiment(dataFolder: string, experiment: Experiment): Experiment {
  return existsSync(fileOf(dataFolder, experiment.id)) ? readResumable(dataFolder, experiment.id) : experiment;
}

/** All experiments that were kept, the newest first. One that is unreadable is left out. */
export function readExperiments(dataFolder: string): Experiment[] {
  return idsIn(folderIn(dataFolder)).flatMap((id) => {
    try {
      return [readExperiment(dataFolder, id)];
    } catch {
      printToStderr(`proofload: experiment ${id} is unreadable and was skipped\n`);
      return [];
    }
  });
}

/** Ids begin with the time of the start, so that their order is that of the experiments. */
function idsIn(folder: string): string[] {
  try {
    const ids = readdirSync(folder).map((name) => name.replace(/\.json$/, ''));
    return ids.filter(isRunId).sort().reverse();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
