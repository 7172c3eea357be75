import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { errorMessage, ProofloadError, unwrap } from '../../../shared/errors/appError';
import { parseScenario } from '../../../shared/scenario/parse';
import type { Scenario } from '../../../shared/scenario/schema';
import { findLevel, levels } from '../../app/runs/levels';
import { isOpenDatabase } from '../../system/openDatabases';

/** The folder of a scenario file and its data files. Undefined for a level. */
export function folderOfScenario(name: string): string | undefined {
  return findLevel(name) ? undefined : dirname(resolve(name));
}

/** A level, or the scenario of a file. Throws `scenario-unknown`, `scenario-invalid`. */
export function loadScenario(name: string): Scenario {
  const level = findLevel(name);
  if (level) return level;
  if (!existsSync(name)) {
    throw new ProofloadError(
      'scenario-unknown',
      `there is no level and no file ${name}`,
      `the levels are ${levels.map(({ id }) => id).join(', ')}; a scenario file must exist`,
    );
  }
  if (isOpenDatabase(name))
    throw new ProofloadError(
      'scenario-invalid',
      `${name} is the history and not a scenario`,
      'name the file of a scenario',
    );
  try {
    return unwrap(parseScenario(readFileSync(name, 'utf8'), name));
  } catch (error) {
    if (error instanceof ProofloadError) throw error;
    throw new ProofloadError(
      'scenario-invalid',
      `${name} cannot be read: ${errorMessage(error)}`,
      'check the path and the permissions',
    );
  }
}
