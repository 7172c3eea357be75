import type { CheckResult } from '../../shared/run/checkResult';
import type { RunMetrics } from '../../shared/run/metrics';
import { journeysOf, type WithSeveral } from '../../shared/scenario/severalScenarios';
import { type OwnRequests, operationsOf } from '../../shared/scenario/steps';
import { histogramOf } from '../../shared/statistics/histogramMap';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { summariseLatency } from '../../shared/statistics/latencySummary';
import type { Share } from '../../shared/thresholds/evaluate';
import type { SubMetric } from '../../shared/thresholds/parse';
import { addJourneyCounts, type JourneyCounts } from './journeySecond';
import type { RecordedSecond } from './recordedSecond';

/** The figures of the journeys of a run, besides those of their requests, as the sum of its seconds. */
export class JourneyTotals {
  readonly #scenario: OwnRequests & WithSeveral;
  readonly #durations = new Map<string, LatencyHistogram>();
  readonly #counts: JourneyCounts = { iterations: {}, checks: {}, dataByOperation: {} };

  constructor(scenario: OwnRequests & WithSeveral) {
    this.#scenario = scenario;
  }

  add({ interval, journeys }: RecordedSecond): void {
    addJourneyCounts(this.#counts, interval);
    for (const [journey, histogram] of journeys ?? []) histogramOf(this.#durations, journey).merge(histogram);
  }

  /** The durations of iterations without a failure, of one journey or scenario. Without them, of all journeys. */
  durations(part: SubMetric): LatencyHistogram {
    const journeys = journeysOf(this.#scenario, part);
    const all = new LatencyHistogram();
    for (const [name, histogram] of this.#durations) if (journeys?.includes(name) ?? true) all.merge(histogram);
    return all;
  }

  /** How many iterations of a journey or scenario ended in which way. Without them, those of all journeys. */
  ends(part: SubMetric): { completed: number; failed: number; interrupted: number } {
    const journeys = journeysOf(this.#scenario, part);
    const all = Object.entries(this.#counts.iterations)
      .filter(([name]) => journeys?.includes(name) ?? true)
      .map(([, ends]) => ends);
    const sum = (of: (ends: (typeof all)[number]) => number): number =>
      all.reduce((total, ends) => total + of(ends), 0);
    return {
      completed: sum(({ completed }) => completed),
      failed: sum(({ failed }) => failed),
      interrupted: sum(({ interrupted }) => interrupted),
    };
  }

  /** Passed checks among all checks, as in k6. */
  checks(part: SubMetric): Share {
    const operations = operationsOf(this.#scenario, part);
    return this.results().reduce(
      ({ count, of }, { operation, check, passes, fails }) => {
        const isPart = (operations?.includes(operation) ?? true) && (part.check === undefined || part.check === check);
        return isPart ? { count: count + passes, of: of + passes + fails } : { count, of };
      },
      { count: 0, of: 0 },
    );
  }

  /** The result of each check. */
  results(): CheckResult[] {
    return Object.entries(this.#counts.checks).flatMap(([operation, checks]) =>
      Object.entries(checks).map(([check, { passes, fails }]) => ({ operation, check, passes, fails })),
    );
  }

  /** The metrics of a run document that are about journeys. */
  metrics(): Pick<RunMetrics, 'by_journey' | 'data_by_operation'> {
    return {
      by_journey: Object.fromEntries(
        Object.entries(this.#counts.iterations).map(([journey, counts]) => [
          journey,
          { ...counts, iteration_duration: summariseLatency(histogramOf(this.#durations, journey)) },
        ]),
      ),
      data_by_operation: this.#counts.dataByOperation,
    };
  }
}
