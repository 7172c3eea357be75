import { histogramOf } from '../../../shared/statistics/histogramMap';
import { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { encodeHdr } from '../../hdr/hdrCodec';
import { failures, type ImportedFigures, latencyOf, recordMs, startedAtOf, withoutRequests } from './importer';
import { Stretches } from './stretches';

/** The maximum number of operations that are counted separately; the others are counted together. */
const maxOperations = 100;
/** The maximum count of a bucket of a histogram. */
export const maxCount = 2 ** 32 - 1;
/** A pause of at least this length, and of half of the whole time, looks like the gap between two runs. */
const leastPauseS = 60;

/** A request in the file of another tool. */
export interface Sample {
  /** Its end, in ms since 1970 or since the start; null when the file does not state it. */
  endedMs: number | null;
  latencyMs: number;
  ok: boolean;
  operation?: string | undefined;
  /** How many equal requests this is; 1 by default. */
  times?: number;
}

/** What is known about the times in a file. */
interface Times {
  /** The start of the run, in the time of the samples, if the file states it; otherwise the earliest sample. */
  startMs?: number;
  /** The shortest stretch over time. */
  stretchMs?: number;
  /** The counters of the part before it in the file, which may {@link SampleCounters.absorb} these. */
  before?: SampleCounters | undefined;
}

type Counted = Pick<ImportedFigures, 'startedAt' | 'durationMs' | 'metrics' | 'intervals' | 'histogram' | 'notes'>;

const wholeSeconds =
  'Times in the file are whole seconds: the start is known to the second, and duration and rate are unknown.';

/**
 * Counts single requests, in any order, into distributions: of the whole, by operation and over time. Memory is
 * bounded.
 */
export class SampleCounters {
  readonly #latencies = new LatencyHistogram();
  readonly #operations = new Map<string, LatencyHistogram>();
  readonly #stretches: Stretches;
  readonly #knownStartMs: number | undefined;
  #count = 0;
  #failed = 0;
  #timeless = 0;
  #startMs = Number.POSITIVE_INFINITY;
  #endMs = Number.NEGATIVE_INFINITY;

  constructor({ startMs, stretchMs = 1_000, before }: Times = {}) {
    this.#knownStartMs = startMs;
    this.#stretches = new Stretches(stretchMs, startMs ?? before?.originMs);
  }

  /** Where a stretch over time starts, in ms; undefined without requests and a known start. */
  get originMs(): number | undefined {
    return this.#stretches.originMs;
  }

  /** How many requests were added. */
  get count(): number {
    return this.#count;
  }

  /**
   * Adds a request. Throws a RangeError for a value that cannot be a time or latency, and `UnreadableForm` for a latency
   * that is too long.
   */
  add({ endedMs, latencyMs, ok, operation, times = 1 }: Sample): void {
    if (!(Number.isFinite(endedMs ?? 0) && Number.isFinite(latencyMs) && latencyMs >= 0))
      throw new RangeError(`a request of ${latencyMs} ms that ended at ${endedMs} ms`);
    if (this.#count + times > maxCount) throw new RangeError('more requests than can be counted');
    this.#count += times;
    if (endedMs === null) this.#timeless += times;
    else {
      const sinceMs = Math.max(endedMs, this.#knownStartMs ?? endedMs);
      this.#startMs = Math.min(this.#startMs, endedMs - latencyMs);
      this.#endMs = Math.max(this.#endMs, sinceMs);
      this.#stretches.add(sinceMs, latencyMs, times, ok);
    }
    if (!ok) {
      this.#failed += times;
      return;
    }
    recordMs(this.#latencies, latencyMs, times);
    if (operation !== undefined) recordMs(this.#ofOperation(operation), latencyMs, times);
  }

  /** Adds a latency that is not that of a request, such as that of a transaction, to an operation. */
  addApart(operation: string, latencyMs: number): void {
    recordMs(this.#ofOperation(operation), latencyMs);
  }

  /** Adds the requests of another part of the same file, whose counters were created with these as `before`. */
  absorb(other: SampleCounters): void {
    if (this.#count + other.#count > maxCount) throw new RangeError('more requests than can be counted');
    this.#latencies.merge(other.#latencies);
    for (const [name, histogram] of other.#operations) this.#ofOperation(name).merge(histogram);
    this.#stretches.absorb(other.#stretches);
    this.#count += other.#count;
    this.#failed += other.#failed;
    this.#timeless += other.#timeless;
    this.#startMs = Math.min(this.#startMs, other.#startMs);
    this.#endMs = Math.max(this.#endMs, other.#endMs);
  }

  /**
   * Returns the figures of the run. With `areTimesWholeSeconds` duration and rate are unknown, because each end could
   * be off by up to a second. Throws `UnreadableForm` when there was no request.
   */
  figures({ areTimesWholeSeconds = false } = {}): Counted {
    if (this.#count === 0) throw withoutRequests();
    const startMs = this.#knownStartMs ?? this.#startMs;
    const isTimed = this.#endMs >= startMs;
    const durationMs = isTimed && !areTimesWholeSeconds ? Math.round((this.#endMs - startMs) * 1_000) / 1_000 : null;
    const timed = this.#count - this.#timeless;
    const intervals = isTimed ? this.#stretches.intervals(startMs) : [];
    return {
      startedAt: isTimed ? startedAtOf(Math.floor(startMs)) : null,
      durationMs,
      metrics: {
        http_req_duration: latencyOf(this.#latencies),
        http_reqs: { count: this.#count, rate: durationMs ? (timed * 1_000) / durationMs : null },
        http_req_failed: failures(this.#failed, this.#count),
        by_operation: Object.fromEntries(
          [...this.#operations].map(([name, histogram]) => [name, latencyOf(histogram)]),
        ),
      },
      intervals,
      histogram: encodeHdr(this.#latencies),
      notes: [
        ...(areTimesWholeSeconds && isTimed ? [wholeSeconds] : []),
        ...(this.#timeless > 0 ? [this.#timelessNote()] : []),
        ...pauseNote(this.#stretches.longestPauseS(), intervals.at(-1)?.t ?? 0),
      ],
    };
  }

  #ofOperation(operation: string): LatencyHistogram {
    const name = operation.slice(0, 200);
    const isKnown = this.#operations.has(name) || this.#operations.size < maxOperations;
    // A record drops a key that would be the prototype of an object.
    return histogramOf(this.#operations, isKnown && name !== '__proto__' ? name : '(others)');
  }

  #timelessNote(): string {
    return this.#timeless === this.#count
      ? 'The file does not say when requests were sent: start, duration and rate are unknown.'
      : `${this.#timeless} requests have no time: duration and rate are those of the others.`;
  }
}

/** Returns a note about the longest pause, when it looks like the gap between two runs in one file. */
function pauseNote(pauseS: number, wholeS: number): string[] {
  if (pauseS < leastPauseS || pauseS < wholeS / 2) return [];
  return [
    `For ${Math.round(pauseS)} of ${Math.round(wholeS)} s, no request was in flight: if the file holds two runs, duration and rate are those of neither.`,
  ];
}
