import type { ImportedInterval } from '../../../shared/interchange/importedResult';
import { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { toMs } from '../../../shared/statistics/latencySummary';
import { recordMs } from './importer';

/** The maximum number of stretches. When there are more, neighbours are merged, and each becomes twice as long. */
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

/** Converts ms to seconds, rounded to whole microseconds, without the rounding noise of binary fractions. */
function seconds(ms: number): number {
  return Math.max(1, Math.round(ms * 1_000)) / 1e6;
}

/** Counts requests over time, in any order and in bounded memory. A known start is never later than any request. */
export class Stretches {
  /** Keyed by the index of the stretch relative to the first request that was added; may be negative. */
  #byIndex = new Map<number, Stretch>();
  /** The stretches in which a request was in flight. */
  #busy = new Set<number>();
  #stretchMs: number;
  #originMs: number | undefined;

  /** `stretchMs` is the shortest stretch; `originMs` is where one starts, if known. */
  constructor(stretchMs: number, originMs?: number) {
    this.#stretchMs = stretchMs;
    this.#originMs = originMs;
  }

  /** Where a stretch starts, in ms; undefined without requests and a known start. */
  get originMs(): number | undefined {
    return this.#originMs;
  }

  /** Adds other stretches, which have the same origin. */
  absorb(other: Stretches): void {
    this.#originMs ??= other.#originMs;
    while (this.#stretchMs < other.#stretchMs) this.#halve();
    while (other.#stretchMs < this.#stretchMs) other.#halve();
    for (const [index, stretch] of other.#byIndex) {
      const found = this.#byIndex.get(index);
      if (found) found.merge(stretch);
      else this.#byIndex.set(index, stretch);
    }
    for (const index of other.#busy) this.#busy.add(index);
    if (this.#busy.size > 0) this.#shrinkTo(Math.min(...this.#busy), Math.max(...this.#busy));
  }

  /** Adds requests that ended at `endedMs`, and their latency when they were successful. */
  add(endedMs: number, latencyMs: number, times: number, ok: boolean): void {
    this.#originMs ??= endedMs - latencyMs;
    const stretch = this.#stretchFrom(endedMs - latencyMs, endedMs);
    stretch.count += times;
    if (ok) recordMs(stretch.latencies, latencyMs, times);
    else stretch.failed += times;
  }

  /** Returns at most 300 stretches since `startMs`; the first may be shorter than the others. */
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

  /** Returns the longest pause, in seconds, without a request in flight. */
  longestPauseS(): number {
    const indexes = [...this.#busy].sort((a, b) => a - b);
    const gaps = indexes.map((index, at) => index - (indexes[at - 1] ?? index) - 1);
    return Math.max(0, ...gaps) * (this.#stretchMs / 1_000);
  }

  #indexAt(ms: number): number {
    return Math.floor((ms - (this.#originMs ?? 0)) / this.#stretchMs);
  }

  /** Returns the stretch in which a request ended that started at `startedMs`. */
  #stretchFrom(startedMs: number, endedMs: number): Stretch {
    if (!this.#byIndex.has(this.#indexAt(endedMs)) || !this.#busy.has(this.#indexAt(startedMs))) {
      const indexes = [this.#indexAt(startedMs), this.#indexAt(endedMs), ...this.#busy];
      this.#shrinkTo(Math.min(...indexes), Math.max(...indexes));
    }
    const last = this.#indexAt(endedMs);
    for (let index = this.#indexAt(startedMs); index <= last; index += 1) this.#busy.add(index);
    const stretch = this.#byIndex.get(last) ?? new Stretch();
    this.#byIndex.set(last, stretch);
    return stretch;
  }

  /** Merges neighbours until there are few enough from one index to another. */
  #shrinkTo(first: number, last: number): void {
    let [from, to] = [first, last];
    while (to - from >= maxStretches) {
      [from, to] = [Math.floor(from / 2), Math.floor(to / 2)];
      this.#halve();
    }
  }

  /** Merges neighbours: half as many stretches, each twice as long. */
  #halve(): void {
    this.#stretchMs *= 2;
    const halved = new Map<number, Stretch>();
    for (const [index, stretch] of this.#byIndex) {
      const half = Math.floor(index / 2);
      const before = halved.get(half);
      if (before) before.merge(stretch);
      else halved.set(half, stretch);
    }
    this.#byIndex = halved;
    this.#busy = new Set([...this.#busy].map((index) => Math.floor(index / 2)));
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
