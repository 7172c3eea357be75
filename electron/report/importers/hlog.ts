import { forEachHdrBucket } from '../../hdr/hdrCodec';
import type { FileImporter, ImportedFigures } from './importer';
import { maxCount, SampleCounters } from './sampleCounters';

/*
 * A HdrHistogram log, format version 1.3 (HistogramLogWriter): a histogram a line, with an optional tag. The file does
 * not tell the unit of the values; the interval's greatest value stands beside it in milliseconds by convention, so
 * the two tell it.
 */

const rowPattern =
  /^(?:Tag=([^,\s]{1,200}),)?(\d+(?:\.\d+)?),(\d+(?:\.\d+)?),(\d+(?:\.\d+)?),"?(HIST[A-Za-z0-9+/=]+)"?$/;
/** Bounds on what a hostile log can make of its blobs. */
const maxRows = 200_000;
const maxBuckets = 20_000_000;

const unitNames: ReadonlyMap<number, string> = new Map([
  [0.001, 'nanoseconds'],
  [1, 'microseconds'],
  [1_000, 'milliseconds'],
]);
/** What HdrHistogram's own tools record. */
const usualUnitUs = 0.001;
const ownComment = '#[Proofload: response time in microseconds';

/** The unit, in microseconds, in which the greatest value is about `maxMs`; undefined when none fits. */
function unitOf(maxValue: number, maxMs: number): number | undefined {
  if (maxValue <= 0 || maxMs <= 0) return undefined;
  return [...unitNames.keys()].find((unitUs) => Math.abs(Math.log((maxValue * unitUs) / 1_000 / maxMs)) < 0.5);
}

interface Row {
  tag: string | undefined;
  startMs: number;
  endMs: number;
  maxMs: number;
  buckets: (readonly [value: number, count: number])[];
}

function rowOf(text: string): Row | undefined {
  const [, tag, start, length, max, blob = ''] = rowPattern.exec(text) ?? [];
  if (start === undefined) return undefined;
  const buckets: Row['buckets'] = [];
  forEachHdrBucket(blob, (value, count) => {
    if (count > maxCount) throw new RangeError('more requests at one latency than can be counted');
    buckets.push([value, count]);
  });
  const startMs = Number(start) * 1_000;
  return { tag, startMs, endMs: startMs + Number(length) * 1_000, maxMs: Number(max), buckets };
}

/** Reads the rows into a book, and tells what was found of the file beside them. */
async function readHistograms(lines: AsyncIterable<string>, knownUnitUs: number | undefined) {
  let book: SampleCounters | undefined;
  let unitUs = knownUnitUs;
  let baseMs = 0;
  let rows = 0;
  let buckets = 0;
  for await (const text of lines) {
    const [, base] = /^#\[BaseTime: (\d+(?:\.\d+)?)/.exec(text) ?? [];
    if (base !== undefined) baseMs = Number(base) * 1_000;
    const row = rowOf(text);
    if (!row) continue;
    rows += 1;
    buckets += row.buckets.length;
    if (rows > maxRows || buckets > maxBuckets) throw new RangeError('more histograms than are read');
    book ??= new SampleCounters(row.startMs);
    unitUs ??= unitOf(row.buckets.at(-1)?.[0] ?? 0, row.maxMs);
    const msPerValue = (unitUs ?? usualUnitUs) / 1_000;
    // The end of a row is the beginning of the next.
    const endedMs = Math.max(row.startMs, row.endMs - 0.01);
    for (const [value, times] of row.buckets)
      book.add({ endedMs, latencyMs: value * msPerValue, ok: true, operation: row.tag, times });
  }
  return { book, unitUs, baseMs };
}

export const hlog: FileImporter = {
  accepts: (head) => /^#\[Histogram log format/m.test(head) || /^"StartTimestamp","Interval_Length"/m.test(head),
  read: async (file) => {
    const isOwn = file.head.startsWith(ownComment);
    const { book = new SampleCounters(), unitUs, baseMs } = await readHistograms(file.lines(), isOwn ? 1 : undefined);
    const { metrics, intervals, ...others } = book.figures();
    const startMs = baseMs + (book.startMs ?? 0);
    const notes = ['A HdrHistogram log does not tell what failed.'];
    if (!isOwn) {
      notes.push(
        unitUs === undefined
          ? 'The file does not tell the unit of its values: they are taken for nanoseconds, as HdrHistogram records them.'
          : `The values are taken for ${unitNames.get(unitUs)}: then the greatest of an interval is what stands beside it in milliseconds.`,
      );
    }
    const figures: ImportedFigures = {
      tool: 'hdrhistogram',
      toolVersion: null,
      subject: isOwn ? 'Proofload' : null,
      startedAt: startMs > 1e12 && startMs < 1e13 ? new Date(startMs).toISOString() : null,
      latency: {
        starts: isOwn ? 'intended' : 'request',
        ends: 'last-byte',
        resolution: 'as recorded',
        includesFailures: !isOwn,
      },
      thresholds: [],
      notes,
      ...others,
      metrics: { ...metrics, http_req_failed: null },
      intervals: intervals.map((interval) => ({ ...interval, failed: null })),
    };
    return [figures];
  },
};
