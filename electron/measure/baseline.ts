import { maximumFactor, percentileReach, type ShareOfRun, shareAllowance } from '../../shared/comparison/baselineNoise';
import { noiseLimit } from '../../shared/comparison/runNoise';
import type { ExperimentMetric, Noise } from '../../shared/experiment/experiment';
import type { RunDocument } from '../../shared/run/document';
import { type RequestPhase, type RunInterval, requestPhases } from '../../shared/run/metrics';
import type { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { type LatencySummary, toMs } from '../../shared/statistics/latencySummary';
import type { BaselineLimit, MetricSource, Share } from '../../shared/thresholds/evaluate';
import { type Aggregation, type MetricName, metricKinds, type Threshold } from '../../shared/thresholds/parse';
import type { ThresholdRule } from '../../shared/thresholds/rules';
import { decodeHdr } from '../hdr/hdrCodec';

/** Until the noise of a machine is known, equal runs are assumed to differ by up to a quarter. */
const assumedNoiseFactor = 1.25;

/** A figure of a summary. Null for a percentile that the summary does not have. */
function fromSummary(summary: LatencySummary | undefined, aggregation: Aggregation): number | null {
  if (!summary || summary.count === 0) return null;
  switch (aggregation.kind) {
    case 'percentile': {
      const { p50, p90, p95, p99, p99_9 } = summary;
      return (
        new Map([
          [50, p50],
          [90, p90],
          [95, p95],
          [99, p99],
          [99.9, p99_9],
        ]).get(aggregation.percentile) ?? null
      );
    }
    case 'min':
      return summary.min;
    case 'max':
      return summary.max;
    default:
      return summary.mean;
  }
}

function isPhase(metric: MetricName): metric is RequestPhase {
  return requestPhases.some((phase) => phase === metric);
}

/** Metrics whose values are durations in ms. */
function isTrend({ metric }: Threshold): boolean {
  return metricKinds[metric] === 'trend';
}

/**
 * The metric whose noise applies to a duration. Beyond P99, it is the noise of P99 multiplied by that of the percentile
 * itself (baselineNoise.ts).
 */
function noiseMetric({ aggregation }: Threshold): ExperimentMetric {
  if (aggregation.kind !== 'percentile') return aggregation.kind === 'avg' ? 'p50' : 'p99';
  if (aggregation.percentile <= 75) return 'p50';
  return aggregation.percentile <= 95 ? 'p95' : 'p99';
}

function isMaximum({ aggregation }: Threshold): boolean {
  return aggregation.kind === 'max' || (aggregation.kind === 'percentile' && aggregation.percentile >= 100);
}

/** A run in progress that is compared with a baseline. */
export interface HeldRun extends MetricSource {
  intervals: readonly RunInterval[];
}

/** The maximum response time of each second that has one, in ms. */
function maximaOf(intervals: readonly RunInterval[]): number[] {
  return intervals.flatMap(({ max }) => max ?? []);
}

/** From this number of cases on, a count is treated as one without an upper bound. */
const countless = 2 ** 30;

/** The shares of a metric, one per second. Empty where they are not recorded per second. */
function secondsOf({ metric, operation, stage }: Threshold, intervals: readonly RunInterval[]): Share[] {
  if (operation !== undefined || stage !== undefined) return [];
  return intervals.flatMap(({ failed, count, cacheHitRate, cacheLookups, dropped }): Share[] => {
    if (metric === 'http_req_failed') return [{ count: failed, of: count }];
    if (metric === 'cache_hit') return [{ count: (cacheHitRate ?? 0) * cacheLookups, of: cacheLookups }];
    return metric === 'dropped_iterations' ? [{ count: dropped, of: countless / intervals.length }] : [];
  });
}

/** The caveats of a baseline. */
export interface BaselineCaveats {
  /** Warnings before the run, one sentence each. */
  warnings: readonly string[];
  /** Why no threshold relative to the baseline can be decided; undefined if they can be. */
  doubt: string | undefined;
}

/** The run that thresholds such as `p(95) <= baseline * 1.05` are compared with. */
export class RunBaseline {
  readonly caveats: BaselineCaveats;
  readonly #document: RunDocument;
  readonly #noise: Noise | undefined;
  readonly #histograms: ReadonlyMap<MetricName, LatencyHistogram>;

  /** `noise` is the noise of the machine under this load, if it is known. */
  constructor(
    document: RunDocument,
    noise: Noise | undefined,
    caveats: BaselineCaveats = { warnings: [], doubt: undefined },
  ) {
    this.caveats = caveats;
    this.#document = document;
    this.#noise = noise;
    const { http_req_duration, http_req_service, send_lateness } = document.histograms;
    this.#histograms = new Map<MetricName, LatencyHistogram>([
      ['http_req_duration', decodeHdr(http_req_duration)],
      ['http_req_service', decodeHdr(http_req_service)],
      ['send_lateness', decodeHdr(send_lateness)],
    ]);
  }

  /**
   * The value that a rule is compared with. The counts of both runs determine how far chance can move a rare
   * percentile, a maximum or a share. Without `run`, the run is assumed to have the counts of the baseline.
   */
  limitOf({ threshold }: ThresholdRule, run?: HeldRun): BaselineLimit {
    const { doubt } = this.caveats;
    return {
      runId: this.#document.id,
      value: this.#valueOf(threshold),
      noiseFactor: this.#noiseFactorOf(threshold, run),
      noiseAbsolute: this.#noiseAbsoluteOf(threshold, run),
      ...(doubt === undefined ? {} : { doubt }),
    };
  }

  #noiseFactorOf(threshold: Threshold, run: HeldRun | undefined): number {
    const learned = (metric: ExperimentMetric): number =>
      this.#noise ? noiseLimit(this.#noise, metric) : assumedNoiseFactor;
    if (threshold.metric === 'http_reqs') return learned('throughput');
    if (!isTrend(threshold)) return 1;
    if (isMaximum(threshold)) return this.#maximumFactorOf(threshold, run);
    const { aggregation } = threshold;
    const known = learned(noiseMetric(threshold));
    if (aggregation.kind !== 'percentile') return known;
    const chance = this.#percentileFactorOf(threshold, aggregation.percentile, run);
    // The noise of equal runs already includes the effect of chance on P50, P95 and P99, but not on percentiles beyond.
    return aggregation.percentile > 99 ? known * chance : Math.max(known, chance);
  }

  #percentileFactorOf(threshold: Threshold, percentile: number, run: HeldRun | undefined): number {
    const { metric, operation, operator } = threshold;
    const own = operation === undefined ? this.#histograms.get(metric) : undefined;
    const other = run?.trend(metric, threshold);
    // For an operation or a request phase, a document has only a summary. The distribution of the run is used instead.
    const [histogram, held] = [own?.count ? own : other, other?.count ? other : own];
    if (!histogram?.count || !held?.count) return 1;
    const count = this.#summaryOf(threshold)?.count ?? histogram.count;
    const base = percentileReach(histogram, percentile, Math.max(1, count));
    const reached = percentileReach(held, percentile, held.count);
    return operator.startsWith('<') ? base.above * reached.below : base.below * reached.above;
  }

  /** The maximum of each second is recorded only for the response time. No other maximum can be judged. */
  #maximumFactorOf({ metric, operation, operator }: Threshold, run: HeldRun | undefined): number {
    if (metric !== 'http_req_duration' || operation !== undefined) return Number.POSITIVE_INFINITY;
    const base = maximaOf(this.#document.intervals);
    const held = run ? maximaOf(run.intervals) : base;
    return operator.startsWith('<') ? maximumFactor(held, base) : maximumFactor(base, held);
  }

  #noiseAbsoluteOf(threshold: Threshold, run: HeldRun | undefined): number {
    const { metric, aggregation, limit: factor, operator } = threshold;
    if (isTrend(threshold) || metric === 'http_reqs') return 0;
    const isCount = aggregation.kind === 'count';
    const base = this.#shareOf(threshold);
    const held = run?.share(metric, threshold) ?? base;
    const ofRun = (share: Share, intervals: readonly RunInterval[]): ShareOfRun => ({
      ...share,
      ...(isCount ? { of: countless } : {}),
      seconds: secondsOf(threshold, intervals),
    });
    const { intervals } = this.#document;
    const allowance = shareAllowance(
      ofRun(held, run?.intervals ?? intervals),
      ofRun(base, intervals),
      factor,
      operator.startsWith('<'),
    );
    return isCount ? allowance * countless : allowance;
  }

  #shareOf({ metric }: Threshold): Share {
    const { metrics, integrity } = this.#document;
    if (metric === 'http_req_failed') return { count: metrics.http_req_failed.count, of: metrics.http_reqs.count };
    if (metric === 'cache_hit') return { count: metrics.cache_hit.count, of: this.#cacheLookups };
    if (metric === 'integrity') return { count: integrity.checked - integrity.violations, of: integrity.checked };
    return { count: metrics.dropped_iterations.count, of: countless };
  }

  get #cacheLookups(): number {
    return this.#document.intervals.reduce((sum, { cacheLookups }) => sum + cacheLookups, 0);
  }

  #summaryOf({ metric, operation }: Threshold): LatencySummary | undefined {
    const { metrics } = this.#document;
    if (metric === 'http_req_duration')
      return operation === undefined ? metrics.http_req_duration : metrics.by_operation[operation];
    if (metric === 'http_req_service') return metrics.http_req_service;
    if (metric === 'send_lateness') return metrics.send_lateness;
    return isPhase(metric) ? metrics.phases[metric] : undefined;
  }

  #valueOf(threshold: Threshold): number | null {
    const { metric, operation, aggregation } = threshold;
    const { metrics, integrity } = this.#document;
    switch (metric) {
      case 'http_req_failed':
        return metrics.http_req_failed.rate;
      case 'cache_hit':
        return metrics.cache_hit.count > 0 ? metrics.cache_hit.rate : null;
      case 'integrity':
        return integrity.checked > 0 ? 1 - integrity.violations / integrity.checked : null;
      case 'http_reqs':
        return aggregation.kind === 'count' ? metrics.http_reqs.count : metrics.http_reqs.rate;
      case 'dropped_iterations':
        return aggregation.kind === 'count' ? metrics.dropped_iterations.count : null;
      case 'target_memory':
        return null;
      default: {
        // Any percentile is available if the distribution is.
        const histogram = operation === undefined ? this.#histograms.get(metric) : undefined;
        if (aggregation.kind === 'percentile' && histogram && histogram.count > 0)
          return toMs(histogram.percentileUs(aggregation.percentile));
        return fromSummary(this.#summaryOf(threshold), aggregation);
      }
    }
  }
}
