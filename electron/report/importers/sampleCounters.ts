import type { ImportedInterval } from '../../../shared/interchange/importedResult';
import { histogramOf } from '../../../shared/statistics/histogramMap';
import { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { toMs } from '../../../shared/statistics/latencySummary';
import { encodeHdr } from '../../hdr/hdrCodec';
import { failures, type ImportedFigures, latencyOf } from './importer';

/** So many stretches are kept at most: then neighbours are merged, and each is twice as long. */
const maxStretches = 300;
/** So many operations are told apart; the others are one. */
const maxOperations = 100;
/** What a bucket of a histogram can count. */
export const maxCount = 2 ** 32 - 1;

/** A request, as the file of another tool has it. */
export interface Sample {
  /** When it ended, in ms since 1970 or since the start. */
  endedMs: number;
  latencyMs: number;
  ok: boolean;
  operation?: string | undefined;
  /** How many there were like it. */
  times?: number;
}

class Stretch {
  readonly latencies = new LatencyHistogram();
  count = 0;
  failed = 0;

  merge(other: Stretch): void {
    this.latencies.merge(other.latencies);
    this.count += other.count;
    this.failed += other.failed;
  }
}

/** Requests one by one, kept as distributions: of the whole, by operation, and over time, in bounded memory. */
export class SampleCounters {
  readonly #latencies = new LatencyHistogram();
  readonly #operations = new Map<string, LatencyHistogram>();
  #stretches: Stretch[] = [];
  #stretchMs = 1_000;
  #count = 0;
  #failed = 0;
  #startMs: number | undefined;
  #endMs = 0;

  /** `startMs` is when the run began, if that is known before the first request. */
  constructor(startMs?: number) {
    this.#startMs = startMs;
  }

  /** When the first request began, in the time of the samples; undefined without any. */
  get startMs(): number | undefined {
    return this.#startMs;
  }

  /** Adds a request. Throws a RangeError for numbers that can't be a time or a latency. */
  add({ endedMs, latencyMs, ok, operation, times = 1 }: Sample): void {
    if (!(Number.isFinite(endedMs) && Number.isFinite(latencyMs) && latencyMs >= 0))
      throw new RangeError(`a request of ${latencyMs} ms that ended at ${endedMs} ms`);
    if (this.#count + times > maxCount) throw new RangeError('more requests than can be counted');
    this.#startMs ??= endedMs - latencyMs;
    this.#endMs = Math.max(this.#endMs, endedMs);
    this.#count += times;
    const stretch = this.#stretchAt(endedMs - this.#startMs);
    stretch.count += times;
    if (!ok) {
      this.#failed += times;
      stretch.failed += times;
      return;
    }
    const us = latencyMs * 1_000;
    this.#latencies.record(us, times);
    stretch.latencies.record(us, times);
    if (operation === undefined) return;
    const isKnown = this.#operations.has(operation) || this.#operations.size < maxOperations;
    histogramOf(this.#operations, isKnown ? operation.slice(0, 200) : '(others)').record(us, times);
  }

  /** What is known of the run. Throws a RangeError when there was no request. */
  figures(): Pick<ImportedFigures, 'durationMs' | 'metrics' | 'intervals' | 'histogram'> {
    if (this.#startMs === undefined || this.#count === 0) throw new RangeError('there is no request in it');
    const durationMs = Math.max(0, Math.round(this.#endMs - this.#startMs));
    return {
      durationMs,
      metrics: {
        http_req_duration: latencyOf(this.#latencies),
        http_reqs: { count: this.#count, rate: durationMs > 0 ? (this.#count * 1_000) / durationMs : null },
        http_req_failed: failures(this.#failed, this.#count),
        by_operation: Object.fromEntries(
          [...this.#operations].map(([name, histogram]) => [name, latencyOf(histogram)]),
        ),
      },
      intervals: this.#stretches.map((stretch, index) => this.#interval(stretch, index)),
      histogram: encodeHdr(this.#latencies),
    };
  }

  #interval({ latencies, count, failed }: Stretch, index: number): ImportedInterval {
    const percentile = (rank: number): number | null =>
      latencies.count > 0 ? toMs(latencies.percentileUs(rank)) : null;
    return {
      t: ((index + 1) * this.#stretchMs) / 1_000,
      lengthS: this.#stretchMs / 1_000,
      count,
      failed,
      p50: percentile(50),
      p95: percentile(95),
      p99: percentile(99),
      max: latencies.count > 0 ? toMs(latencies.maxUs) : null,
    };
  }

  /** The stretch at a time since the start; what ended before the first request began belongs to the first. */
  #stretchAt(elapsedMs: number): Stretch {
    const elapsed = Math.max(0, elapsedMs);
    while (elapsed >= this.#stretchMs * maxStretches) this.#halve();
    const index = Math.floor(elapsed / this.#stretchMs);
    while (this.#stretches.length <= index) this.#stretches.push(new Stretch());
    return this.#stretches[index] ?? new Stretch();
  }

  #halve(): void {
    this.#stretchMs *= 2;
    const halved: Stretch[] = [];
    this.#stretches.forEach((stretch, index) => {
      const before = halved[Math.floor(index / 2)];
      if (before) before.merge(stretch);
      else halved.push(stretch);
    });
    this.#stretches = halved;
  }
}
