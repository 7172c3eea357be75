import type { RunInterval, RunMetrics } from '../../shared/run/metrics';
import { histogramOf } from '../../shared/statistics/histogramMap';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { summariseLatency } from '../../shared/statistics/latencySummary';
import type { MetricName } from '../../shared/thresholds/parse';
import type { RecordedSecond } from '../history/runArchive';

function summaries(
  histograms: ReadonlyMap<string, LatencyHistogram>,
): Record<string, ReturnType<typeof summariseLatency>> {
  return Object.fromEntries([...histograms].map(([name, histogram]) => [name, summariseLatency(histogram)]));
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
  completed = 0;
  failed = 0;
  sent = 0;
  dropped = 0;
  /** Null in a closed model. */
  asked: number | null = null;
  #cacheHits = 0;
  #cacheLookups = 0;
  readonly #byOperation = new Map<string, LatencyHistogram>();
  readonly #serverTiming = new Map<string, LatencyHistogram>();
  readonly #errors: Record<string, number> = {};

  add({ interval, response, service, lateness, serverTiming }: RecordedSecond): void {
    this.intervals.push(interval);
    this.completed += interval.count;
    this.failed += interval.failed;
    this.sent += interval.sent;
    this.dropped += interval.dropped;
    if (interval.asked !== null) this.asked = (this.asked ?? 0) + interval.asked;
    this.#cacheLookups += interval.cacheLookups;
    this.#cacheHits += Math.round((interval.cacheHitRate ?? 0) * interval.cacheLookups);
    for (const [kind, count] of Object.entries(interval.errors)) this.#errors[kind] = (this.#errors[kind] ?? 0) + count;
    for (const [operation, histogram] of response) {
      histogramOf(this.#byOperation, operation).merge(histogram);
      this.response.merge(histogram);
    }
    for (const [part, histogram] of serverTiming) histogramOf(this.#serverTiming, part).merge(histogram);
    this.service.merge(service);
    this.lateness.merge(lateness);
  }

  get cacheHit(): { count: number; of: number } {
    return { count: this.#cacheHits, of: this.#cacheLookups };
  }

  /** Mean busy share of the generator's event loop. */
  get generatorUtilisation(): number {
    const known = this.intervals.flatMap(({ generatorUtilisation }) => generatorUtilisation ?? []);
    return known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
  }

  /** The distribution that a threshold means; empty for an operation that never succeeded. */
  trend(metric: MetricName, operation: string | undefined): LatencyHistogram {
    if (metric === 'http_req_service') return this.service;
    if (metric === 'send_lateness') return this.lateness;
    if (operation === undefined) return this.response;
    return this.#byOperation.get(operation) ?? new LatencyHistogram();
  }

  /** The metrics of the whole measured part, which took `measuredMs`. */
  metrics(measuredMs: number): RunMetrics {
    return {
      http_req_duration: summariseLatency(this.response),
      http_req_service: summariseLatency(this.service),
      send_lateness: summariseLatency(this.lateness),
      http_reqs: { count: this.completed, rate: measuredMs > 0 ? this.completed / (measuredMs / 1000) : 0 },
      http_req_failed: { count: this.failed, rate: this.completed > 0 ? this.failed / this.completed : 0 },
      dropped_iterations: { count: this.dropped },
      cache_hit: { count: this.#cacheHits, rate: this.#cacheLookups > 0 ? this.#cacheHits / this.#cacheLookups : 0 },
      by_operation: summaries(this.#byOperation),
      server_timing: summaries(this.#serverTiming),
      errors: { ...this.#errors },
    };
  }
}
