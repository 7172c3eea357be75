import type { TickStatistics } from '../../shared/run/events';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { toMs } from '../../shared/statistics/latencySummary';
import type { LoadTick } from '../load/protocol';

/** Counts of requests, and the distribution of their response times, over a period. */
export class TickAccumulator {
  readonly response = new LatencyHistogram();
  completed = 0;
  failed = 0;
  sent = 0;
  dropped = 0;
  late = 0;
  lateFailed = 0;
  cacheHits = 0;
  cacheLookups = 0;
  /** Null in a closed model. */
  asked: number | null = null;
  /** The counted time of the load, and the time in which it only waited for its last responses, in ms. */
  #loadMs = 0;
  #drainingMs = 0;

  add(tick: LoadTick): void {
    for (const sparse of Object.values(tick.response)) {
      this.response.mergeSparse(sparse);
      this.completed += sparse.count;
    }
    for (const count of Object.values(tick.failures)) {
      this.failed += count;
      this.completed += count;
    }
    this.sent += tick.sent;
    this.dropped += tick.dropped;
    this.late += tick.late;
    this.lateFailed += tick.lateFailed;
    this.cacheHits += tick.cacheHits;
    this.cacheLookups += tick.cacheLookups;
    if (tick.asked !== null) this.asked = (this.asked ?? 0) + tick.asked;
    if (tick.draining) this.#drainingMs += tick.durationMs;
    else this.#loadMs += tick.durationMs;
  }

  /** `rate` is per second of the load. For a period after the end of the load, it is per second of that period. */
  statistics(): TickStatistics {
    const { response } = this;
    const durationMs = this.#loadMs > 0 ? this.#loadMs : this.#drainingMs;
    const percentileMs = (percentile: number): number | null =>
      response.count > 0 ? toMs(response.percentileUs(percentile)) : null;
    return {
      count: this.completed,
      failed: this.failed,
      dropped: this.dropped,
      rate: durationMs > 0 ? (this.completed - (this.#loadMs > 0 ? this.late : 0)) / (durationMs / 1000) : 0,
      p50: percentileMs(50),
      p95: percentileMs(95),
      p99: percentileMs(99),
      max: response.count > 0 ? toMs(response.maxUs) : null,
      cacheHitRate: this.cacheLookups > 0 ? this.cacheHits / this.cacheLookups : null,
    };
  }
}
