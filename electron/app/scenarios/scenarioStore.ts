import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { errorMessage, ProofloadError, systemErrorCode, unwrap } from '../../../shared/errors/appError';
import type { KeptScenarios } from '../../../shared/scenario/keptScenarios';
import { describeIssues, parseScenario } from '../../../shared/scenario/parse';
import { checkedScenarioSchema, type Scenario, scenarioSchema } from '../../../shared/scenario/schema';
import { writeWhole } from '../../system/writeWhole';
import { findLevel, levels } from '../runs/levels';

const idPattern = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** The folder of the user's scenarios and their data files. */
export function scenarioFolderOf(dataFolder: string): string {
  return join(dataFolder, 'scenarios');
}

function fileOf(dataFolder: string, id: string): string {
  if (!idPattern.test(id)) throw unknown(id);
  return join(scenarioFolderOf(dataFolder), `${id}.json`);
}

function unknown(id: string): ProofloadError {
  return new ProofloadError(
    'scenario-unknown',
    `there is no scenario ${id}`,
    `the levels are ${levels.map((level) => level.id).join(', ')}; or choose one of your own scenarios`,
  );
}

/** All scenarios of a data folder, sorted by name. An invalid file does not hide the others. */
export function readScenarios(dataFolder: string): KeptScenarios {
  let files: string[];
  try {
    files = readdirSync(scenarioFolderOf(dataFolder)).filter((name) => name.endsWith('.json'));
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return { scenarios: [], problems: [] };
    return { scenarios: [], problems: [{ file: scenarioFolderOf(dataFolder), message: errorMessage(error) }] };
  }
  const scenarios: Scenario[] = [];
  const problems: { file: string; message: string }[] = [];
  for (const file of files) {
    try {
      scenarios.push(
        unwrap(parseScenario(readFileSync(join(scenarioFolderOf(dataFolder), file), 'utf8'), file, scenarioSchema)),
      );
    } catch (error) {
      problems.push({ file, message: errorMessage(error) });
    }
  }
  return { scenarios: scenarios.sort((a, b) => a.name.localeCompare(b.name)), problems };
}

/** A level or a scenario of the user. Throws `scenario-unknown`, `scenario-invalid`. */
export function requireScenario(dataFolder: string, id: string): Scenario {
  const level = findLevel(id);
  if (level) return level;
  try {
    return unwrap(parseScenario(readFileSync(fileOf(dataFolder, id), 'utf8'), id));
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') throw unknown(id);
    throw error;
  }
}

/** Parses a draft into a scenario. Throws `scenario-invalid`. */
export function parseDraft(draft: unknown): Scenario {
  const parsed = checkedScenarioSchema.safeParse(draft);
  if (parsed.success) return parsed.data;
  throw new ProofloadError(
    'scenario-invalid',
    `this is not a valid scenario: ${describeIssues(parsed.error)}`,
    'correct the named fields',
  );
}

/**
 * Saves a scenario under its id. `before` is its previous id, whose file is replaced. Throws `scenario-invalid` when
 * the draft is not a scenario, or has the id of a level or of another scenario. Throws `data-folder-unusable`.
 */
export function keepScenario(dataFolder: string, draft: unknown, before: string | undefined): Scenario {
  const scenario = parseDraft(draft);
  const isTaken = readScenarios(dataFolder).scenarios.some(({ id }) => id === scenario.id) && scenario.id !== before;
  if (isTaken || findLevel(scenario.id))
    throw new ProofloadError(
      'scenario-invalid',
      `there is another scenario with the id ${scenario.id}`,
      'give it another id: runs are kept under it',
    );
  mkdirSync(scenarioFolderOf(dataFolder), { recursive: true });
  writeWhole(fileOf(dataFolder, scenario.id), `${JSON.stringify(draft, null, 2)}\n`, 'the scenario');
  if (before !== undefined && before !== scenario.id) rmSync(fileOf(dataFolder, before), { force: true });
  return scenario;
}

/** Deletes a scenario, and returns it for an undo. Throws `scenario-unknown`. */
export function deleteScenario(dataFolder: string, id: string): Scenario {
  if (findLevel(id)) throw unknown(id);
  const scenario = requireScenario(dataFolder, id);
  rmSync(fileOf(dataFolder, id));
  return scenario;
}
