import { ProofloadError } from '../../../shared/errors/appError';
import { requestPhases } from '../../../shared/run/metrics';
import type { Load, Scenario, SeveralScenarios } from '../../../shared/scenario/schema';
import { requiredMs } from '../../../shared/scenario/timing';
import { metricKinds } from '../../../shared/thresholds/parse';
import { rulesOf, type ThresholdRule } from '../../../shared/thresholds/rules';
import { formatDuration } from '../../../shared/units/duration';

/* The options of k6 2.2 (`options.scenarios`, `options.thresholds`). */

/** Returns whole rates, because k6 accepts no others: a fraction becomes a larger rate for a longer time unit. */
function wholeRates(
  rates: readonly number[],
  timeUnit: string,
): { rates: number[]; timeUnit: string; isRounded: boolean } {
  for (const factor of [1, 10, 100, 1_000]) {
    const scaled = rates.map((rate) => rate * factor);
    if (scaled.every((rate) => Math.abs(rate - Math.round(rate)) < 1e-9))
      return {
        rates: scaled.map(Math.round),
        timeUnit: formatDuration(requiredMs(timeUnit) * factor),
        isRounded: false,
      };
  }
  return {
    rates: rates.map((rate) => Math.round(rate * 1_000)),
    timeUnit: formatDuration(requiredMs(timeUnit) * 1_000),
    isRounded: true,
  };
}

/** Returns a load as the scenarios of a k6 script by name, and how they differ. Throws as {@link k6Scenario} does. */
export function k6Scenarios(load: Load): { scenarios: Record<string, object>; differences: string[] } {
  if (load.executor !== 'scenarios') {
    const { scenario, differences } = k6Scenario(load);
    return { scenarios: { proofload: { ...scenario, exec: 'default' } }, differences };
  }
  const written = load.scenarios.map((part) => ({ part, ...k6Scenario(part) }));
  const scenarios = written.map(({ part: { name, startTime }, scenario }) => [
    name,
    { ...scenario, startTime, exec: 'default' },
  ]);
  return {
    scenarios: Object.fromEntries(scenarios),
    differences: [...new Set(written.flatMap(({ differences }) => differences))],
  };
}

/**
 * Returns a load as a k6 scenario, and how it differs. Throws `usage` for a capacity search, which k6 does not have.
 */
function k6Scenario(load: Exclude<Load, SeveralScenarios>): {
  scenario: Record<string, unknown>;
  differences: string[];
} {
  switch (load.executor) {
    case 'constant-vus': {
      const { executor, vus, duration, gracefulStop } = load;
      return { scenario: { executor, vus, duration, gracefulStop }, differences: [] };
    }
    case 'ramping-vus': {
      const { executor, startVUs, stages, gracefulStop } = load;
      return {
        scenario: { executor, startVUs, stages, gracefulStop, gracefulRampDown: gracefulStop },
        differences: [],
      };
    }
    case 'constant-arrival-rate': {
      const { rates, timeUnit, isRounded } = wholeRates([load.rate], load.timeUnit);
      const { executor, duration, preAllocatedVUs, maxVUs, gracefulStop } = load;
      return {
        scenario: { executor, rate: rates[0], timeUnit, duration, preAllocatedVUs, maxVUs, gracefulStop },
        differences: openDifferences(load, isRounded),
      };
    }
    case 'ramping-arrival-rate': {
      const all = [load.startRate, ...load.stages.map(({ target }) => target)];
      const { rates, timeUnit, isRounded } = wholeRates(all, load.timeUnit);
      const stages = load.stages.map(({ duration }, index) => ({ duration, target: rates[index + 1] ?? 0 }));
      const { executor, preAllocatedVUs, maxVUs, gracefulStop } = load;
      return {
        scenario: { executor, startRate: rates[0], timeUnit, stages, preAllocatedVUs, maxVUs, gracefulStop },
        differences: openDifferences(load, isRounded),
      };
    }
    case 'per-vu-iterations':
    case 'shared-iterations': {
      const { executor, vus, iterations, maxDuration, gracefulStop } = load;
      return { scenario: { executor, vus, iterations, maxDuration, gracefulStop }, differences: [] };
    }
    case 'capacity-search':
      throw new ProofloadError(
        'usage',
        'other tools have no capacity search',
        'export a level with a rate, such as level-2',
      );
  }
}

function openDifferences(load: Extract<Load, { arrivals: string; timeUnit: string }>, isRounded: boolean): string[] {
  const differences: string[] = [];
  if (load.arrivals === 'poisson')
    differences.push('The arrival process differs: k6 spaces arrivals evenly, the scenario has a Poisson process.');
  if (isRounded) differences.push('Rates are rounded to a thousandth.');
  return differences;
}

/** Metrics that k6 has under the same name. k6 does not separate name lookup from connecting. */
const sameMetrics: ReadonlySet<string> = new Set([
  'http_req_duration',
  'http_req_failed',
  'iteration_duration',
  'iterations',
  'checks',
  'http_reqs',
  'dropped_iterations',
  ...requestPhases.filter((phase) => phase !== 'http_req_looking_up'),
  // Defined by the script.
  'cache_hit',
]);

function isTransferable({ threshold }: ThresholdRule): boolean {
  const { metric, aggregation, stage, secondsHeld, isRelative } = threshold;
  if (aggregation.kind === 'growth') return false;
  return sameMetrics.has(metric) && stage === undefined && secondsHeld === undefined && !isRelative;
}

/** Returns thresholds in k6's form, and a sentence for each one that is left out. */
export function k6Thresholds({ thresholds }: Pick<Scenario, 'thresholds'>): {
  thresholds: Record<string, unknown[]>;
  differences: string[];
} {
  const taken: Record<string, unknown[]> = {};
  const differences: string[] = [];
  for (const rule of rulesOf(thresholds)) {
    const { metric, expression, abortOnFail, delayMs } = rule;
    if (!isTransferable(rule)) {
      differences.push(`The threshold ${metric} ${expression} is left out: k6 has no ${whatIsMissing(rule)}.`);
      continue;
    }
    // k6 interpolates percentiles, and Proofload takes the nearest rank. They agree to the resolution of the histogram.
    const entry = abortOnFail
      ? { threshold: expression, abortOnFail, delayAbortEval: formatDuration(delayMs) }
      : expression;
    taken[metric] = [...(taken[metric] ?? []), entry];
  }
  return { thresholds: taken, differences };
}

function whatIsMissing({ threshold }: ThresholdRule): string {
  if (threshold.isRelative) return 'baseline';
  if (threshold.secondsHeld) return 'share of seconds';
  if (threshold.aggregation.kind === 'growth') return 'growth over a run';
  if (threshold.stage !== undefined) return 'metric by stage';
  return `${metricKinds[threshold.metric]} of that name`;
}
