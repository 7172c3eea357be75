import { type PartProfile, profileOf } from '../../shared/attribution/partProfile';
import { addCounts, addCountsByPart, type FailureCounts, sumOfCounts } from '../../shared/run/failureCounts';
import { isOwnLimit } from '../../shared/run/failureKinds';
import { type RequestPhase, type RunInterval, type RunMetrics, requestPhases } from '../../shared/run/metrics';
import type { Target } from '../../shared/run/target';
import { isScheduled } from '../../shared/scenario/describe';
import type { Scenario } from '../../shared/scenario/schema';
import type { WithSeveral } from '../../shared/scenario/severalScenarios';
import { type OwnRequests, operationsOf, sendsSingleRequests } from '../../shared/scenario/steps';
import { durationMsOf } from '../../shared/scenario/timing';
import { summariseAdjusted } from '../../shared/statistics/adjustedSummary';
import { histogramOf } from '../../shared/statistics/histogramMap';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { summariseLatency } from '../../shared/statistics/latencySummary';
import { meanOfKnown } from '../../shared/statistics/meanOfKnown';
import type { KnownGrowth, Share } from '../../shared/thresholds/evaluate';
import type { MetricName, SubMetric, Threshold } from '../../shared/thresholds/parse';
import { rulesOfRun, type ThresholdRule } from '../../shared/thresholds/rules';
import { DroppedIterations } from './droppedIterations';
import { JourneyTotals } from './journeyTotals';
import type { RecordedSecond } from './recordedSecond';
import { memoryGrowth, percentileGrowth } from './runGrowth';
import { RunSlices } from './runSlices';
import { SecondsJudge } from './secondsJudge';

function summaries(
  histograms: ReadonlyMap<string, LatencyHistogram>,
): Record<string, ReturnType<typeof summariseLatency>> {
  return Object.fromEntries([...histograms].map(([name, histogram]) => [name, summariseLatency(histogram)]));
}

function merged(histograms: readonly LatencyHistogram[]): LatencyHistogram {
  const [only] = histograms;
  if (only && histograms.length === 1) return only;
  const all = new LatencyHistogram();
  for (const histogram of histograms) all.merge(histogram);
  return all;
}

function isPhase(metric: MetricName): metric is RequestPhase {
  return requestPhases.some((phase) => phase === metric);
}

/** What was intended in a part of a run and got no correct response. */
export interface Unanswered {
  /** Failures of all kinds. */
  failed: number;
  /** Failures that the limits of the generator's machine caused. */
  ownLimit: number;
  /** Failures of requests that were cut off at the end of the load. */
  notFinished: number;
  /**
   * Iterations that could not be sent. For an operation, all of them, because none had chosen an operation yet. With
   * several scenarios, only those of the part, as far as its scenarios dropped some.
   */
  dropped: number;
}

/** The whole run, as a part of itself. */
const wholeRun: SubMetric = { operation: undefined, stage: undefined };

/** The failure kind of a request that was cut off. */
const notFinishedKind = 'not-finished';

/**
 * A run as the sum of its seconds. A run that has just ended and one that is recovered from the history are added up by
 * the same code, so that both give the same results.
 */
export class RunTotals {
  readonly response = new LatencyHistogram();
  readonly service = new LatencyHistogram();
  readonly lateness = new LatencyHistogram();
  readonly intervals: RunInterval[] = [];
  readonly slices = new RunSlices();
  completed = 0;
  failed = 0;
  sent = 0;
  /** Requests that ended after the load had ended, and how many of them failed. */
  #late = 0;
  #lateFailed = 0;
  /** Null in a closed model. */
  asked: number | null = null;
  #cacheHits = 0;
  #cacheLookups = 0;
  readonly rules: readonly ThresholdRule[];
  readonly #seconds: SecondsJudge;
  readonly #byOperation = new Map<string, LatencyHistogram>();
  readonly #byStage = new Map<string, LatencyHistogram>();
  readonly #phases = new Map<RequestPhase, LatencyHistogram>();
  readonly #serverTiming = new Map<string, LatencyHistogram>();
  /** The attribution of the response time, by operation; empty for a recovered run. */
  readonly parts = new Map<string, PartProfile>();
  /** Failed requests by kind. */
  readonly errors: FailureCounts = {};
  readonly #errorsByOperation: Record<string, FailureCounts> = {};
  readonly #errorsByStage: Record<string, FailureCounts> = {};
  readonly #dropped: DroppedIterations;
  /** The figures of journeys besides those of their requests. */
  readonly journeys: JourneyTotals;
  readonly #scenario: OwnRequests & WithSeveral;
  /** Whether each iteration is one request, so that figures of requests are also figures of iterations. */
  readonly isSingle: boolean;

  /**
   * `target` is the target of the scenario. Without it, redirects are followed only if the scenario's own requests say
   * so.
   */
  constructor(scenario: Scenario, target?: Target) {
    this.rules = rulesOfRun(scenario.thresholds);
    const plannedSeconds = Math.ceil(durationMsOf(scenario.load) / 1000);
    const operationsOfPart = (part: SubMetric): readonly string[] | undefined => operationsOf(scenario, part);
    this.#seconds = new SecondsJudge(this.rules, plannedSeconds, operationsOfPart, !isScheduled(scenario.load));
    this.#scenario = scenario;
    this.#dropped = new DroppedIterations(scenario);
    this.isSingle = sendsSingleRequests(scenario, target?.kind === 'url' ? target : undefined);
    this.journeys = new JourneyTotals(scenario);
  }

  add(second: RecordedSecond): void {
    const { interval, response, service, lateness, stages, phases, serverTiming } = second;
    this.intervals.push(interval);
    this.completed += interval.count;
    this.failed += interval.failed;
    this.sent += interval.sent;
    this.#dropped.add(interval);
    this.#late += interval.late;
    this.#lateFailed += interval.lateFailed;
    if (interval.asked !== null) this.asked = (this.asked ?? 0) + interval.asked;
    this.#cacheLookups += interval.cacheLookups;
    this.#cacheHits += Math.round((interval.cacheHitRate ?? 0) * interval.cacheLookups);
    addCounts(this.errors, interval.errors);
    addCountsByPart(this.#errorsByOperation, interval.errorsByOperation);
    addCountsByPart(this.#errorsByStage, interval.errorsByStage);
    for (const [operation, histogram] of response) {
      histogramOf(this.#byOperation, operation).merge(histogram);
      this.response.merge(histogram);
    }
    if (!interval.isDraining) this.slices.add(interval.t, response.values(), interval);
    for (const [stage, histogram] of stages) histogramOf(this.#byStage, stage).merge(histogram);
    for (const [phase, histogram] of phases) histogramOf(this.#phases, phase).merge(histogram);
    for (const [part, histogram] of serverTiming) histogramOf(this.#serverTiming, part).merge(histogram);
    for (const [operation, profile] of second.parts) profileOf(this.parts, operation).merge(profile);
    this.service.merge(service);
    this.lateness.merge(lateness);
    this.journeys.add(second);
    this.#seconds.add(second);
  }

  /**
   * Sets the length of the load. Fixed work ends with its last response. Which response was the last is known only
   * after the remaining requests have ended without one. The seconds after it are not part of the load.
   */
  endAt(measuredMs: number): void {
    const lastSecond = Math.max(1, Math.ceil(measuredMs / 1000));
    for (const [index, interval] of this.intervals.entries()) {
      if (interval.t > lastSecond) this.intervals[index] = { ...interval, isDraining: true };
    }
    this.slices.endAt(lastSecond);
  }

  /** Iterations that could not be started. */
  get dropped(): number {
    return this.droppedOf(wholeRun);
  }

  /** Iterations of the run, of a stage or of a scenario that could not be started. */
  droppedOf(part: SubMetric): number {
    return this.#dropped.of(part);
  }

  get cacheHit(): Share {
    return { count: this.#cacheHits, of: this.#cacheLookups };
  }

  /** The seconds of the load, without those in which it only waited for its last responses. */
  get loadIntervals(): readonly RunInterval[] {
    return this.intervals.filter(({ isDraining }) => !isDraining);
  }

  /** The time that the seconds of the load cover so far, in ms. */
  get loadMs(): number {
    return (this.loadIntervals.at(-1)?.t ?? 0) * 1000;
  }

  /** Requests that ended during the load. The rate is computed from these. */
  get inTime(): number {
    return this.completed - this.#late;
  }

  /** The mean share of the time for which the generator's event loop was busy during the load. */
  get generatorUtilisation(): number {
    return meanOfKnown(this.loadIntervals.map(({ generatorUtilisation }) => generatorUtilisation)) ?? 0;
  }

  /**
   * The mean share of the time for which the target's event loop was busy during the load; null for an external target.
   */
  get targetUtilisation(): number | null {
    return meanOfKnown(this.loadIntervals.map(({ targetUtilisation }) => targetUtilisation));
  }

  /** The distribution that a threshold refers to; empty for an operation that never succeeded. */
  trend(metric: MetricName, part: SubMetric): LatencyHistogram {
    const none = new LatencyHistogram();
    if (metric === 'iteration_duration' && !this.isSingle) return this.journeys.durations(part);
    if (metric === 'http_req_service') return this.service;
    if (metric === 'send_lateness') return this.lateness;
    if (isPhase(metric)) return this.#phases.get(metric) ?? none;
    const operations = operationsOf(this.#scenario, part);
    if (operations) return merged(operations.flatMap((operation) => this.#byOperation.get(operation) ?? []));
    if (part.stage !== undefined) return this.#byStage.get(part.stage) ?? none;
    return this.response;
  }

  /** Iterations that ended. Without journeys, each request is an iteration. */
  iterations(part: SubMetric): number {
    if (this.isSingle) return this.failures(part).of;
    const { completed, failed } = this.journeys.ends(part);
    return completed + failed;
  }

  /** Iterations that ended without being cut off, and those among them in which nothing failed. */
  get endedIterations(): { right: number; ended: number } {
    if (this.isSingle) return { right: this.completed - this.failed, ended: this.completed };
    const { completed, failed } = this.journeys.ends(wholeRun);
    return { right: completed, ended: completed + failed };
  }

  /** Failed requests among all that ended, for the run, an operation or a stage. */
  failures(part: SubMetric): Share {
    const failed = sumOfCounts(this.#errorsOf(part));
    return { count: failed, of: failed + this.trend('http_req_duration', part).count };
  }

  /** What was intended in a part of the run and got no correct response. */
  unanswered(part: SubMetric): Unanswered {
    const errors = this.#errorsOf(part);
    const ownLimits = Object.entries(errors).map(([kind, count]) => (isOwnLimit(kind) ? count : 0));
    return {
      failed: sumOfCounts(errors),
      ownLimit: ownLimits.reduce((sum, count) => sum + count, 0),
      notFinished: errors[notFinishedKind] ?? 0,
      // A dropped iteration counts with all the requests that it would have sent.
      dropped: this.#dropped.requestsOf(part),
    };
  }

  /** The iterations that were intended and did not complete without a failure. */
  unansweredIterations(part: SubMetric): Unanswered {
    if (this.isSingle) return this.unanswered(part);
    const { failed, interrupted } = this.journeys.ends(part);
    return {
      failed: failed + interrupted,
      ownLimit: 0,
      notFinished: interrupted,
      dropped: this.#dropped.iterationsOf(part),
    };
  }

  /** In how many seconds a rule about seconds held (secondsJudge.ts). */
  secondsHeld(rule: ThresholdRule): Share {
    return this.#seconds.secondsHeld(rule);
  }

  /** The relative growth of a metric over the run so far; undefined if it cannot be known. */
  growth({ metric, aggregation }: Threshold): KnownGrowth | undefined {
    if (aggregation.kind !== 'growth') return undefined;
    if (metric === 'target_memory') return memoryGrowth(this.loadIntervals);
    return aggregation.percentile === undefined ? undefined : percentileGrowth(this.slices, aggregation.percentile);
  }

  /** The metrics of the whole measured part, which took `measuredMs`. */
  metrics(measuredMs: number): RunMetrics {
    const perSecond = (count: number): number => (measuredMs > 0 ? count / (measuredMs / 1000) : 0);
    const sumOf = (pick: (interval: RunInterval) => number): number =>
      this.intervals.reduce((sum, interval) => sum + pick(interval), 0);
    return {
      http_req_duration: summariseLatency(this.response),
      ...(this.completed + this.dropped > 0
        ? {
            http_req_duration_adjusted: summariseAdjusted(
              this.response,
              this.failed + Math.round(this.#dropped.requestsOf(wholeRun)),
            ),
          }
        : {}),
      http_req_service: summariseLatency(this.service),
      send_lateness: summariseLatency(this.lateness),
      http_reqs: {
        count: this.completed,
        rate: perSecond(this.inTime),
        successRate: perSecond(this.inTime - (this.failed - this.#lateFailed)),
        late: this.#late,
      },
      http_req_failed: { count: this.failed, rate: this.completed > 0 ? this.failed / this.completed : 0 },
      dropped_iterations: { count: this.dropped },
      cache_hit: { count: this.#cacheHits, rate: this.#cacheLookups > 0 ? this.#cacheHits / this.#cacheLookups : 0 },
      by_operation: summaries(this.#byOperation),
      by_stage: Object.fromEntries(
        [...new Set([...this.#byStage.keys(), ...Object.keys(this.#errorsByStage)])].map((stage) => {
          const part = { operation: undefined, stage };
          const summary = summariseLatency(this.trend('http_req_duration', part));
          return [stage, { http_req_duration: summary, failed: this.failures(part).count }];
        }),
      ),
      phases: summaries(this.#phases),
      connections: {
        opened: sumOf(({ connectionsOpened }) => connectionsOpened),
        lost: sumOf(({ connectionsLost }) => connectionsLost),
        reconnects: sumOf(({ reconnects }) => reconnects),
      },
      server_timing: summaries(this.#serverTiming),
      ...(this.isSingle ? this.#singleJourneys() : this.journeys.metrics()),
      ...this.#scenarios(),
      errors: { ...this.errors },
    };
  }

  /** The figures of several scenarios; empty for a run with one. */
  #scenarios(): Pick<RunMetrics, 'by_scenario'> {
    const { scenarios } = this.#scenario.load ?? {};
    if (!scenarios) return {};
    const figures = scenarios.map(({ name: scenario }) => {
      const part = { ...wholeRun, scenario };
      const dropped = this.droppedOf(part);
      const { count: failedRequests, of: requests } = this.failures(part);
      const durations = {
        iteration_duration: summariseLatency(this.trend('iteration_duration', part)),
        http_req_duration: summariseLatency(this.trend('http_req_duration', part)),
      };
      return [scenario, { ...this.journeys.ends(part), ...durations, dropped, requests, failedRequests }] as const;
    });
    return { by_scenario: Object.fromEntries(figures) };
  }

  /** The figures of journeys that consist of a single request each; empty without journeys. */
  #singleJourneys(): Pick<RunMetrics, 'by_journey'> {
    const { journeys } = this.#scenario;
    if (!journeys) return {};
    const figures = journeys.map(({ name: journey }) => {
      const part = { operation: undefined, stage: undefined, journey };
      const { failed, notFinished } = this.unanswered(part);
      const durations = this.trend('iteration_duration', part);
      const counts = { completed: durations.count, failed: failed - notFinished, interrupted: notFinished };
      return [journey, { ...counts, iteration_duration: summariseLatency(durations) }] as const;
    });
    return { by_journey: Object.fromEntries(figures) };
  }

  #errorsOf(part: SubMetric): FailureCounts {
    const operations = operationsOf(this.#scenario, part);
    if (operations) {
      const errors: FailureCounts = {};
      for (const operation of operations) addCounts(errors, this.#errorsByOperation[operation] ?? {});
      return errors;
    }
    if (part.stage !== undefined) return this.#errorsByStage[part.stage] ?? {};
    return this.errors;
  }
}
