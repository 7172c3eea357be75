import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorMessage, ProofloadError, systemErrorCode } from '../../../shared/errors/appError';
import { type Experiment, experimentSchema } from '../../../shared/experiment/experiment';

/** Ids are made by newRunId; anything else could lead out of the folder. */
const idPattern = /^[0-9]{8}-[0-9]{6}-[0-9a-f]{6}$/;

function folderIn(dataFolder: string): string {
  return join(dataFolder, 'experiments');
}

/** Keeps an experiment as far as it is. Throws `data-folder-unusable`. */
export function keepExperiment(dataFolder: string, experiment: Experiment): void {
  const file = join(folderIn(dataFolder), `${experiment.id}.json`);
  try {
    mkdirSync(folderIn(dataFolder), { recursive: true });
    // What was kept after the run before stays whole if this is interrupted.
    writeFileSync(`${file}.new`, JSON.stringify(experiment));
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw new ProofloadError(
      'data-folder-unusable',
      `the experiment cannot be kept: ${errorMessage(error)}`,
      'free space or correct the permissions of the data folder, then go on with --resume',
      { cause: error },
    );
  }
}

/** An experiment that was kept. Throws `experiment-not-found`, `history-unreadable`. */
export function readExperiment(dataFolder: string, id: string): Experiment {
  try {
    if (!idPattern.test(id)) throw Object.assign(new Error('no id'), { code: 'ENOENT' });
    return experimentSchema.parse(JSON.parse(readFileSync(join(folderIn(dataFolder), `${id}.json`), 'utf8')));
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT')
      throw new ProofloadError(
        'experiment-not-found',
        `there is no experiment ${id}`,
        'its id stands in the first line that the experiment prints',
      );
    throw new ProofloadError(
      'history-unreadable',
      `experiment ${id} is damaged: ${errorMessage(error)}`,
      'start it anew; this one stays as it is',
      { cause: error },
    );
  }
}
