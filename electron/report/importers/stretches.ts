import type { ImportedInterval } from '../../../shared/interchange/importedResult';
import { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { toMs } from '../../../shared/statistics/latencySummary';

/** So many stretches are kept at most: then neighbours are merged, and each is twice as long. */
const maxStretches = 300;

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

/** Whole microseconds as seconds, without the noise of binary fractions. */
function seconds(ms: number): number {
  return Math.max(1, Math.round(ms * 1_000)) / 1e6;
}

/** Requests over time, in any order and in bounded memory. */
export class Stretches {
  /** By how many stretches they begin after the first request that was added, which may be less than none. */
  #byIndex = new Map<number, Stretch>();
  #stretchMs: number;
  #originMs: number | undefined;

  /** `stretchMs` is the least length of a stretch, `originMs` where one begins, if that is known. */
  constructor(stretchMs: number, originMs?: number) {
    this.#stretchMs = stretchMs;
    this.#originMs = originMs;
  }

  /** Counts requests that ended at `endedMs`, and their latency when they were successful. */
  add(endedMs: number, latencyMs: number, times: number, ok: boolean): void {
    this.#originMs ??= endedMs - latencyMs;
    const stretch = this.#stretchAt(endedMs);
    stretch.count += times;
    if (ok) stretch.latencies.record(latencyMs * 1_000, times);
    else stretch.failed += times;
  }

  /** All of them since `startMs`, at most 300, the first perhaps shorter than the others. */
  intervals(startMs: number): ImportedInterval[] {
    const indexes = [...this.#byIndex.keys()];
    if (indexes.length === 0) return [];
    this.#shrinkTo(Math.min(this.#indexAt(startMs), ...indexes), Math.max(...indexes));
    const first = this.#indexAt(startMs);
    const last = Math.max(...this.#byIndex.keys());
    const intervals: ImportedInterval[] = [];
    for (let index = first; index <= last; index += 1) {
      const untilMs = (index + 1) * this.#stretchMs + (this.#originMs ?? 0) - startMs;
      intervals.push({
        t: seconds(untilMs),
        lengthS: seconds(Math.min(untilMs, this.#stretchMs)),
        ...figuresOf(this.#byIndex.get(index)),
      });
    }
    return intervals;
  }

  #indexAt(ms: number): number {
    return Math.floor((ms - (this.#originMs ?? 0)) / this.#stretchMs);
  }

  #stretchAt(ms: number): Stretch {
    const found = this.#byIndex.get(this.#indexAt(ms));
    if (found) return found;
    const indexes = [this.#indexAt(ms), ...this.#byIndex.keys()];
    this.#shrinkTo(Math.min(...indexes), Math.max(...indexes));
    const index = this.#indexAt(ms);
    const stretch = this.#byIndex.get(index) ?? new Stretch();
    this.#byIndex.set(index, stretch);
    return stretch;
  }

  /** Merges neighbours until there are few enough from one index to another. */
  #shrinkTo(first: number, last: number): void {
    let [from, to] = [first, last];
    while (to - from >= maxStretches) {
      [from, to] = [Math.floor(from / 2), Math.floor(to / 2)];
      this.#stretchMs *= 2;
      const halved = new Map<number, Stretch>();
      for (const [index, stretch] of this.#byIndex) {
        const half = Math.floor(index / 2);
        const before = halved.get(half);
        if (before) before.merge(stretch);
        else halved.set(half, stretch);
      }
      this.#byIndex = halved;
    }
  }
}

function figuresOf(stretch: Stretch | undefined): Omit<ImportedInterval, 't' | 'lengthS'> {
  const { latencies, count, failed } = stretch ?? new Stretch();
  const percentile = (rank: number): number | null => (latencies.count > 0 ? toMs(latencies.percentileUs(rank)) : null);
  return {
    count,
    failed,
    p50: percentile(50),
    p95: percentile(95),
    p99: percentile(99),
    max: latencies.count > 0 ? toMs(latencies.maxUs) : null,
  };
}
