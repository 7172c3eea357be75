import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import { type CpuProfile, cpuProfileSchema } from '../../shared/profile/cpuProfile';
import { writeWhole } from '../system/writeWhole';
import { isRunId } from './runId';

/** The file of the CPU profile of a run, in the format that Chrome and other tools read. */
export function profileFile(dataFolder: string, runId: string): string {
  return join(dataFolder, 'profiles', `${runId}.cpuprofile`);
}

/** Saves the CPU profile of a run. Throws `data-folder-unusable`. */
export function keepProfile(dataFolder: string, runId: string, profile: CpuProfile): void {
  writeWhole(profileFile(dataFolder, runId), JSON.stringify(profile), 'the profile');
}

/** Reads the saved CPU profile of a run. Throws `run-not-found`. */
export function readProfile(dataFolder: string, runId: string): CpuProfile {
  try {
    if (!isRunId(runId)) throw new Error('no id of a run');
    return cpuProfileSchema.parse(JSON.parse(readFileSync(profileFile(dataFolder, runId), 'utf8')));
  } catch (error) {
    throw new ProofloadError(
      'run-not-found',
      `the profile of run ${runId} cannot be read: ${errorMessage(error)}`,
      'run the level again with a profile',
      { cause: error },
    );
  }
}
