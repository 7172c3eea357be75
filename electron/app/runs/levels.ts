import level0 from '../../../resources/levels/level-0-smoke.json';
import level1 from '../../../resources/levels/level-1-report.json';
import level2 from '../../../resources/levels/level-2-target.json';
import level3 from '../../../resources/levels/level-3-higher.json';
import level4 from '../../../resources/levels/level-4-high.json';
import level5 from '../../../resources/levels/level-5-spike.json';
import level6 from '../../../resources/levels/level-6-soak.json';
import capacity from '../../../resources/levels/level-c-capacity.json';
import { ProofloadError } from '../../../shared/errors/appError';
import { type Scenario, scenarioSchema } from '../../../shared/scenario/schema';

/** The scenarios that ship with the app, in the order of the ladder. */
export const levels: readonly Scenario[] = [level0, level1, level2, level3, level4, level5, level6, capacity].map(
  (level) => scenarioSchema.parse(level),
);

/** Finds a level by its id (`level-2`) or by the part after the hyphen (`2`). */
export function findLevel(name: string): Scenario | undefined {
  return levels.find((level) => level.id === name || level.id === `level-${name}`);
}

/** Finds a level. Throws `scenario-unknown`. */
export function requireLevel(name: string): Scenario {
  const level = findLevel(name);
  if (level) return level;
  throw new ProofloadError(
    'scenario-unknown',
    `there is no level ${name}`,
    `the levels are ${levels.map(({ id }) => id).join(', ')}`,
  );
}
