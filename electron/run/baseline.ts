import { noiseLimit } from '../../shared/comparison/runNoise';
import type { ExperimentMetric, Noise } from '../../shared/experiment/experiment';
import type { RunDocument } from '../../shared/run/document';
import type { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { type LatencySummary, toMs } from '../../shared/statistics/latencySummary';
import type { BaselineLimit } from '../../shared/thresholds/evaluate';
import type { Aggregation, Threshold } from '../../shared/thresholds/parse';
import type { ThresholdRule } from '../../shared/thresholds/rules';
import { decodeHdr } from '../hdr/hdrCodec';

/** As long as a machine's noise is not known, equal runs are taken to differ by up to a quarter. */
const assumedNoiseFactor = 1.25;

/** A figure of a summary; null for a percentile that it does not have. */
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

/** The metric whose noise a threshold has; undefined for counts and shares, which have none that is known. */
function noiseMetric({ metric, aggregation }: Threshold): ExperimentMetric | undefined {
  if (metric === 'http_reqs') return 'throughput';
  if (!metric.startsWith('http_req_') || metric === 'http_req_failed') return undefined;
  if (aggregation.kind !== 'percentile') return aggregation.kind === 'avg' ? 'p50' : 'p99';
  if (aggregation.percentile <= 75) return 'p50';
  return aggregation.percentile <= 95 ? 'p95' : 'p99';
}

/** The run that thresholds such as `p(95) <= baseline * 1.05` are held against. */
export class RunBaseline {
  readonly #document: RunDocument;
  readonly #noise: Noise | undefined;
  readonly #response: LatencyHistogram;
  readonly #service: LatencyHistogram;

  /** `noise` is that of the machine under this load, if it is known. */
  constructor(document: RunDocument, noise: Noise | undefined) {
    this.#document = document;
    this.#noise = noise;
    this.#response = decodeHdr(document.histograms.http_req_duration);
    this.#service = decodeHdr(document.histograms.http_req_service);
  }

  /** What a rule is held against. */
  limitOf({ threshold }: ThresholdRule): BaselineLimit {
    const metric = noiseMetric(threshold);
    const noiseFactor = metric === undefined ? 1 : this.#noise ? noiseLimit(this.#noise, metric) : assumedNoiseFactor;
    return { runId: this.#document.id, value: this.#valueOf(threshold), noiseFactor };
  }

  #valueOf({ metric, operation, aggregation }: Threshold): number | null {
    const { metrics, integrity } = this.#document;
    switch (metric) {
      case 'http_req_duration':
        return operation === undefined
          ? this.#ofWhole(this.#response, metrics.http_req_duration, aggregation)
          : fromSummary(metrics.by_operation[operation], aggregation);
      case 'http_req_service':
        return this.#ofWhole(this.#service, metrics.http_req_service, aggregation);
      case 'send_lateness':
        return fromSummary(metrics.send_lateness, aggregation);
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
      default:
        return fromSummary(metrics.phases[metric], aggregation);
    }
  }

  /** Any percentile, where the distribution is there. */
  #ofWhole(histogram: LatencyHistogram, summary: LatencySummary, aggregation: Aggregation): number | null {
    if (aggregation.kind === 'percentile' && histogram.count > 0)
      return toMs(histogram.percentileUs(aggregation.percentile));
    return fromSummary(summary, aggregation);
  }
}
