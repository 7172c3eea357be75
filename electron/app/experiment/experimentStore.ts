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

/** The lease of the process that measures or changes an experiment (experimentLease.ts). */
export function experimentLease(dataFolder: string, id: string): string {
  return join(folderIn(dataFolder), `${id}.lease`);
}

/** Saves an experiment in its current state, without typed secrets. Throws `data-folder-unusable`. */
export function keepExperiment(dataFolder: string, experiment: Experiment): void {
  writeWhole(fileOf(dataFolder, experiment.id), JSON.stringify(redactExperiment(experiment)), 'the experiment');
}

/** A saved experiment. Throws `experiment-not-found`, `history-unreadable`. */
export function readExperiment(dataFolder: string, id: string): Experiment {
  const kept = parseKept(dataFolder, id);
  const redacted = redactExperiment(kept);
  // Earlier versions saved typed secrets. Reading such a file removes them from it.
  if (JSON.stringify(redacted) !== JSON.stringify(kept)) keepIfPossible(dataFolder, redacted);
  return redacted;
}

function keepIfPossible(dataFolder: string, experiment: Experiment): void {
  try {
    keepExperiment(dataFolder, experiment);
  } catch {
    // A folder without write access can still be read.
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
        'choose one of the saved experiments',
        { details: { about: 'experiment' } },
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
 * A saved experiment that can be resumed. Throws as readExperiment does, and `usage` for one that was ended or
 * whose typed secrets were not saved.
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
  throw new ProofloadError('usage', `experiment ${id} was ended`, 'start another one');
}

/**
 * The latest saved state of an experiment, because another process may have resumed it since it was read. Throws as
 * {@link readResumable} does.
 */
export function newestExperiment(dataFolder: string, experiment: Experiment): Experiment {
  return existsSync(fileOf(dataFolder, experiment.id)) ? readResumable(dataFolder, experiment.id) : experiment;
}

/** All saved experiments, newest first. Unreadable ones are left out. */
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

/** Ids begin with the start time, so their order is that of the experiments. */
function idsIn(folder: string): string[] {
  try {
    const ids = readdirSync(folder).map((name) => name.replace(/\.json$/, ''));
    return ids.filter(isRunId).sort().reverse();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
