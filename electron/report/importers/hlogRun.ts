import type { ImportedLatency } from '../../../shared/interchange/importedResult';
import { toMs } from '../../../shared/statistics/latencySummary';
import { forEachHdrBucket } from '../../hdr/hdrCodec';
import type { ImportedFigures } from './importer';
import { maxCount, SampleCounters } from './sampleCounters';

/** Limits what a hostile log can expand to. */
const maxRows = 200_000;
const maxBuckets = 20_000_000;

/** The units in which values may be recorded, in microseconds. */
export const unitNames: ReadonlyMap<number, string> = new Map([
  [0.001, 'nanoseconds'],
  [1, 'microseconds'],
  [1_000, 'milliseconds'],
]);
/** The unit that HdrHistogram's own tools record in. */
const usualUnitUs = 0.001;
/** HistogramLogReader takes times that are this much earlier than the start of the log as relative to it. */
const yearS = 365 * 24 * 3_600;

/** A row of a log, with times in seconds as written. */
interface HlogRow {
  tag: string | undefined;
  startS: number;
  lengthS: number;
  maxMs: number;
  /** HdrHistogram V2, compressed, base64. */
  blob: string;
}

type HlogFigures = Omit<ImportedFigures, 'tool' | 'toolVersion' | 'subject' | 'latency' | 'thresholds'>;

/** Returns the unit, in microseconds, in which the highest value is about `maxMs`; undefined when none fits. */
function unitOf(maxValue: number, maxMs: number): number | undefined {
  if (maxValue <= 0 || maxMs <= 0) return undefined;
  return [...unitNames.keys()].find((unitUs) => Math.abs(Math.log((maxValue * unitUs) / 1_000 / maxMs)) < 0.5);
}

/**
 * The values that HdrHistogram computes from the middle and ends of buckets rather than from their highest equivalent
 * value.
 */
class Moments {
  count = 0;
  sum = 0;
  least = Number.POSITIVE_INFINITY;

  add(least: number, greatest: number, times: number): void {
    this.count += times;
    this.sum += ((least + greatest) / 2) * times;
    this.least = Math.min(this.least, least);
  }
}

/** Rows that belong together: those with one tag, or those without. */
class HlogPart {
  readonly #book: SampleCounters;
  readonly #moments = new Map<string, Moments>();
  #firstMs = Number.POSITIVE_INFINITY;
  #lastMs = 0;

  constructor(startMs: number, lengthMs: number) {
    this.#book = new SampleCounters({ startMs, stretchMs: Math.max(1_000, lengthMs) });
  }

  /** The start of the first row, in ms, in the times of the file. */
  get firstMs(): number {
    return this.#firstMs;
  }

  addInterval(startMs: number, endMs: number): void {
    this.#firstMs = Math.min(this.#firstMs, startMs);
    this.#lastMs = Math.max(this.#lastMs, endMs);
  }

  addBucket(endedMs: number, tag: string | undefined, leastMs: number, greatestMs: number, times: number): void {
    this.#book.add({ endedMs, latencyMs: greatestMs, ok: true, operation: tag, times });
    for (const name of tag === undefined ? [''] : ['', tag]) this.#momentsOf(name).add(leastMs, greatestMs, times);
  }

  figures(): HlogFigures {
    const { metrics, ...others } = this.#book.figures();
    const durationMs = Math.round(this.#lastMs - this.#firstMs);
    const { count } = metrics.http_reqs;
    return {
      ...others,
      durationMs,
      metrics: {
        ...metrics,
        http_req_duration: this.#withMoments(metrics.http_req_duration, ''),
        http_reqs: { count, rate: durationMs > 0 ? (count * 1_000) / durationMs : null },
        by_operation: Object.fromEntries(
          Object.entries(metrics.by_operation).map(([tag, summary]) => [tag, this.#withMoments(summary, tag)]),
        ),
      },
    };
  }

  #momentsOf(name: string): Moments {
    const found = this.#moments.get(name) ?? new Moments();
    this.#moments.set(name, found);
    return found;
  }

  #withMoments(summary: ImportedLatency, name: string): ImportedLatency {
    const moments = this.#moments.get(name);
    if (!moments || moments.count !== summary.count) return summary;
    return { ...summary, min: toMs(moments.least * 1_000), mean: toMs((moments.sum / moments.count) * 1_000) };
  }
}

/** One log, with its rows as the samples of a run. */
export class HlogRun {
  /** The start of the log in seconds since 1970, if it states one. */
  startS: number | undefined;
  /** What the times of rows are relative to, in seconds since 1970, if the log states it. */
  baseS: number | undefined;
  unitUs: number | undefined;
  #tagged: HlogPart | undefined;
  #untagged: HlogPart | undefined;
  #rows = 0;
  #buckets = 0;

  /** `unitUs` is the unit of the values in microseconds, if it is known. */
  constructor(unitUs: number | undefined) {
    this.unitUs = unitUs;
  }

  get isEmpty(): boolean {
    return this.#rows === 0;
  }

  /** Adds a row. Throws a RangeError beyond the limits, and a TypeError on a malformed histogram. */
  add({ tag, startS, lengthS, maxMs, blob }: HlogRow): void {
    const buckets: (readonly [least: number, count: number, greatest: number])[] = [];
    forEachHdrBucket(blob, (...bucket) => {
      if (bucket[1] > maxCount) throw new RangeError('more requests at one latency than can be counted');
      buckets.push(bucket);
    });
    this.#rows += 1;
    this.#buckets += buckets.length;
    if (this.#rows > maxRows || this.#buckets > maxBuckets)
      throw new RangeError('more histograms than Proofload reads');
    const startMs = startS * 1_000;
    const endMs = startMs + lengthS * 1_000;
    const part = this.#partOf(tag, startMs, lengthS * 1_000);
    part.addInterval(startMs, endMs);
    this.unitUs ??= unitOf(buckets.at(-1)?.[2] ?? 0, maxMs);
    const msPerValue = (this.unitUs ?? usualUnitUs) / 1_000;
    // The end of a row is the start of the next.
    const endedMs = Math.max(startMs, endMs - 0.01);
    for (const [least, times, greatest] of buckets)
      part.addBucket(endedMs, tag, least * msPerValue, greatest * msPerValue, times);
  }

  /**
   * Returns the figures of the run; `startMs` is in ms since 1970 if the log states what its times are relative to.
   * Rows without a tag are the whole run and tagged rows are parts of it, as for HistogramLogProcessor; if all rows are
   * tagged, together they are the whole. Throws a RangeError without rows.
   */
  figures(): HlogFigures & { startMs: number } {
    const part = this.#untagged ?? this.#tagged;
    if (!part) throw new RangeError('it has no histogram');
    const startMs = this.#originS(part.firstMs / 1_000) * 1_000 + part.firstMs;
    const figures = part.figures();
    if (!this.#untagged || !this.#tagged) return { ...figures, startMs };
    const { by_operation } = this.#tagged.figures().metrics;
    return {
      ...figures,
      startMs,
      metrics: { ...figures.metrics, by_operation },
      notes: [...figures.notes, 'Rows with a tag are not among the requests: they are listed apart.'],
    };
  }

  #partOf(tag: string | undefined, startMs: number, lengthMs: number): HlogPart {
    if (tag === undefined) {
      this.#untagged ??= new HlogPart(startMs, lengthMs);
      return this.#untagged;
    }
    this.#tagged ??= new HlogPart(startMs, lengthMs);
    return this.#tagged;
  }

  /** Returns what the times of rows are relative to, by the rules of HistogramLogReader. */
  #originS(firstS: number): number {
    if (this.baseS !== undefined) return this.baseS;
    return this.startS !== undefined && firstS < this.startS - yearS ? this.startS : 0;
  }
}
