import { type PartProfile, profileOf } from '../../shared/attribution/partProfile';
import { type RequestPhase, type RunInterval, type RunMetrics, requestPhases } from '../../shared/run/metrics';
import type { Scenario } from '../../shared/scenario/schema';
import { durationMsOf } from '../../shared/scenario/timing';
import type { Growth } from '../../shared/statistics/growth';
import { histogramOf } from '../../shared/statistics/histogramMap';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { summariseLatency } from '../../shared/statistics/latencySummary';
import { meanOfKnown } from '../../shared/statistics/meanOfKnown';
import { holds, type MetricSource, measuredValue, type Share } from '../../shared/thresholds/evaluate';
import type { MetricName, SubMetric, Threshold } from '../../shared/thresholds/parse';
import { rulesOf, type ThresholdRule } from '../../shared/thresholds/rules';
import type { RecordedSecond } from '../history/runArchive';
import { memoryGrowth, percentileGrowth } from './runGrowth';
import { RunSlices } from './runSlices';

function summaries(
  histograms: ReadonlyMap<string, LatencyHistogram>,
): Record<string, ReturnType<typeof summariseLatency>> {
  return Object.fromEntries([...histograms].map(([name, histogram]) => [name, summariseLatency(histogram)]));
}

function isPhase(metric: MetricName): metric is RequestPhase {
  return requestPhases.some((phase) => phase === metric);
}

function addCounts(totals: Record<string, number>, counts: Record<string, number>): void {
  for (const [name, count] of Object.entries(counts)) totals[name] = (totals[name] ?? 0) + count;
}

/** A second as thresholds see it. */
function secondSource({ interval, response }: RecordedSecond): MetricSource {
  return {
    trend: (_metric, { operation }) => {
      const merged = new LatencyHistogram();
      for (const [name, histogram] of response) {
        if (operation === undefined || operation === name) merged.merge(histogram);
      }
      return merged;
    },
    share: (metric) =>
      metric === 'http_req_failed'
        ? { count: interval.failed, of: interval.count }
        : { count: interval.count, of: interval.count / interval.rate },
  };
}

/**
 * A run as the sum of its seconds. A run that has just ended and one that is recovered from the history go through
 * the same sum, so that both say the same.
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
  dropped = 0;
  /** Null in a closed model. */
  asked: number | null = null;
  #cacheHits = 0;
  #cacheLookups = 0;
  readonly rules: readonly ThresholdRule[];
  readonly #perSecond: readonly ThresholdRule[];
  readonly #plannedSeconds: number;
  readonly #held = new Map<ThresholdRule, Share>();
  readonly #byOperation = new Map<string, LatencyHistogram>();
  readonly #byStage = new Map<string, LatencyHistogram>();
  readonly #phases = new Map<RequestPhase, LatencyHistogram>();
  readonly #serverTiming = new Map<string, LatencyHistogram>();
  /** Where response time went, by operation; empty of a run that was recovered. */
  readonly parts = new Map<string, PartProfile>();
  readonly #errors: Record<string, number> = {};
  readonly #failedByStage: Record<string, number> = {};

  constructor({ thresholds, load }: Pick<Scenario, 'thresholds' | 'load'>) {
    this.rules = rulesOf(thresholds);
    this.#perSecond = this.rules.filter(({ threshold }) => threshold.secondsHeld);
    this.#plannedSeconds = Math.ceil(durationMsOf(load) / 1000);
  }

  add(second: RecordedSecond): void {
    const { interval, response, service, lateness, stages, phases, serverTiming } = second;
    this.intervals.push(interval);
    this.completed += interval.count;
    this.failed += interval.failed;
    this.sent += interval.sent;
    this.dropped += interval.dropped;
    if (interval.asked !== null) this.asked = (this.asked ?? 0) + interval.asked;
    this.#cacheLookups += interval.cacheLookups;
    this.#cacheHits += Math.round((interval.cacheHitRate ?? 0) * interval.cacheLookups);
    addCounts(this.#errors, interval.errors);
    addCounts(this.#failedByStage, interval.failedByStage);
    for (const [operation, histogram] of response) {
      histogramOf(this.#byOperation, operation).merge(histogram);
      this.response.merge(histogram);
    }
    this.slices.add(interval.t, response.values());
    for (const [stage, histogram] of stages) histogramOf(this.#byStage, stage).merge(histogram);
    for (const [phase, histogram] of phases) histogramOf(this.#phases, phase).merge(histogram);
    for (const [part, histogram] of serverTiming) histogramOf(this.#serverTiming, part).merge(histogram);
    for (const [operation, profile] of second.parts) profileOf(this.parts, operation).merge(profile);
    this.service.merge(service);
    this.lateness.merge(lateness);
    this.#judgeSecond(second);
  }

  get cacheHit(): Share {
    return { count: this.#cacheHits, of: this.#cacheLookups };
  }

  /** Mean busy share of the generator's event loop. */
  get generatorUtilisation(): number {
    return meanOfKnown(this.intervals.map(({ generatorUtilisation }) => generatorUtilisation)) ?? 0;
  }

  /** Mean busy share of the target's event loop; null of a foreign target. */
  get targetUtilisation(): number | null {
    return meanOfKnown(this.intervals.map(({ targetUtilisation }) => targetUtilisation));
  }

  /** The distribution that a threshold means; empty for an operation that never succeeded. */
  trend(metric: MetricName, { operation, stage }: SubMetric): LatencyHistogram {
    const none = new LatencyHistogram();
    if (metric === 'http_req_service') return this.service;
    if (metric === 'send_lateness') return this.lateness;
    if (isPhase(metric)) return this.#phases.get(metric) ?? none;
    if (operation !== undefined) return this.#byOperation.get(operation) ?? none;
    if (stage !== undefined) return this.#byStage.get(stage) ?? none;
    return this.response;
  }

  /** Failed requests among all, of the run or of a stage. */
  failures({ stage }: Pick<SubMetric, 'stage'>): Share {
    if (stage === undefined) return { count: this.failed, of: this.completed };
    const failed = this.#failedByStage[stage] ?? 0;
    return { count: failed, of: failed + (this.#byStage.get(stage)?.count ?? 0) };
  }

  /** In how many seconds a rule about seconds held. */
  secondsHeld(rule: ThresholdRule): Share {
    return this.#held.get(rule) ?? { count: 0, of: 0 };
  }

  /** By which share a metric grew over the run so far; undefined where that can't be known. */
  growth({ metric, aggregation }: Threshold): Growth | undefined {
    if (aggregation.kind !== 'growth') return undefined;
    if (metric === 'target_memory') return memoryGrowth(this.intervals, this.#plannedSeconds);
    return aggregation.percentile === undefined
      ? undefined
      : percentileGrowth(this.slices, aggregation.percentile, this.#plannedSeconds);
  }

  /** The metrics of the whole measured part, which took `measuredMs`. */
  metrics(measuredMs: number): RunMetrics {
    const sumOf = (pick: (interval: RunInterval) => number): number =>
      this.intervals.reduce((sum, interval) => sum + pick(interval), 0);
    return {
      http_req_duration: summariseLatency(this.response),
      http_req_service: summariseLatency(this.service),
      send_lateness: summariseLatency(this.lateness),
      http_reqs: { count: this.completed, rate: measuredMs > 0 ? this.completed / (measuredMs / 1000) : 0 },
      http_req_failed: { count: this.failed, rate: this.completed > 0 ? this.failed / this.completed : 0 },
      dropped_iterations: { count: this.dropped },
      cache_hit: { count: this.#cacheHits, rate: this.#cacheLookups > 0 ? this.#cacheHits / this.#cacheLookups : 0 },
      by_operation: summaries(this.#byOperation),
      by_stage: Object.fromEntries(
        [...this.#byStage].map(([stage, histogram]) => [
          stage,
          { http_req_duration: summariseLatency(histogram), failed: this.#failedByStage[stage] ?? 0 },
        ]),
      ),
      phases: summaries(this.#phases),
      connections: {
        opened: sumOf(({ connectionsOpened }) => connectionsOpened),
        lost: sumOf(({ connectionsLost }) => connectionsLost),
      },
      server_timing: summaries(this.#serverTiming),
      errors: { ...this.#errors },
    };
  }

  /** A second without an answer is one in which nothing held; those in which only last answers are awaited don't count. */
  #judgeSecond(second: RecordedSecond): void {
    if (second.interval.t > this.#plannedSeconds) return;
    const source = secondSource(second);
    for (const rule of this.#perSecond) {
      const value = measuredValue(rule.threshold, source);
      const { count, of } = this.secondsHeld(rule);
      const held = value !== null && holds(value, rule.threshold);
      this.#held.set(rule, { count: count + (held ? 1 : 0), of: of + 1 });
    }
  }
}
