import { ProofloadError } from '../../../shared/errors/appError';
import { describeIssues } from '../../../shared/scenario/parse';
import { type Scenario, scenarioSchema } from '../../../shared/scenario/schema';
import { splitMetric } from '../../../shared/thresholds/parse';
import { requireLevel } from './levels';

const maxIdLength = 64;

/**
 * The capacity search for a scenario: its requests and thresholds, with the search parameters of level C. A scenario
 * that already searches stays as it is. Thresholds of stages and of several scenarios are left out, because a search
 * has one load without stages. Throws `scenario-invalid` for a scenario that can't be searched.
 */
export function searchOf(scenario: Scenario): Scenario {
  if (scenario.load.executor === 'capacity-search') return scenario;
  const { load, warmup } = requireLevel('level-c');
  const { level: _level, ...others } = scenario;
  const thresholds = Object.entries(scenario.thresholds).filter(([metric]) => {
    const { stage, scenario: part } = splitMetric(metric) ?? {};
    return stage === undefined && part === undefined;
  });
  const parsed = scenarioSchema.safeParse({
    ...others,
    id: `${scenario.id.slice(0, maxIdLength - '-capacity'.length)}-capacity`,
    load,
    warmup,
    thresholds: Object.fromEntries(thresholds),
  });
  if (parsed.success) return parsed.data;
  throw new ProofloadError('scenario-invalid', describeIssues(parsed.error), 'change this in the scenario');
}
