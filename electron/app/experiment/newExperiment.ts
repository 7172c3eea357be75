import type { Experiment, ExperimentMetric, Variant } from '../../../shared/experiment/experiment';
import { learnNoise } from '../../../shared/experiment/noise';
import type { Environment } from '../../../shared/run/document';
import type { ScenarioOverrides } from '../../../shared/scenario/overrides';
import type { Scenario } from '../../../shared/scenario/schema';
import { newRunId } from '../../run/runId';
import { requireLevel } from '../runs/levels';
import { prepareRun } from '../runs/prepareRun';
import { searchOf } from '../runs/searchOf';

/** What the user asked for. */
export interface ExperimentWish {
  variants: readonly Variant[];
  /** What each run sends. */
  scenario: Scenario;
  /** The folder of the scenario's file, to which the paths of its files are relative. */
  scenarioFolder?: string | undefined;
  overrides: ScenarioOverrides;
  pairs: number;
  untilSure: boolean;
  /** The smallest difference that matters, as a fraction. */
  band: number;
  metric: ExperimentMetric;
  /** Whether a capacity search of each variant follows the blocks. */
  withCapacity: boolean;
}

/**
 * The capacity search with the data, the operations and the targets of the scenario, which it reaches in the same way.
 * The search of journeys uses the thresholds of the scenario.
 */
function capacityScenario(scenario: Scenario): Scenario {
  if (scenario.journeys) return searchOf(scenario);
  const { operations, keys, queryLimit, dataset, cache, seed, requests, data } = scenario;
  const { proxy, httpVersion, tls } = scenario;
  const search = requireLevel('level-c');
  const work = { operations, keys, queryLimit, dataset, cache, seed, requests, data };
  return { ...search, id: `${search.id}-experiment`, ...work, proxy, httpVersion, tls };
}

/**
 * A new experiment. The noise of this machine comes from `earlier` experiments. Throws `usage` where the settings
 * contradict each other. admitExperiment.ts asks about its hosts.
 */
export function newExperiment(
  wish: ExperimentWish,
  environment: Environment,
  earlier: readonly Experiment[],
  now: Date,
): Experiment {
  const { variants, scenario, scenarioFolder, overrides, pairs, untilSure, band, metric, withCapacity } = wish;
  const [first] = variants.map(({ target }) => prepareRun({ scenario, target, scenarioFolder, ...overrides }, now));
  // The scenario gets its own id, so that the ladder and the history distinguish its runs from those of the level.
  const own = { ...(first?.scenario ?? scenario), id: `${scenario.id}-experiment`.slice(0, 64) };
  const noise = learnNoise(earlier, environment, own.id);
  return {
    schema: 'proofload.experiment/1',
    id: newRunId(now),
    startedAt: now.toISOString(),
    state: 'running',
    scenario: own,
    ...(first?.dataPaths || first?.filesFolder !== undefined ? { scenarioFolder } : {}),
    variants: [...variants],
    plan: { pairs, untilSure, band, metric },
    environment,
    ...(noise ? { noise } : {}),
    runs: [],
    comparisons: [],
    ...(withCapacity ? { capacity: { scenario: capacityScenario(own), results: [] } } : {}),
  };
}
