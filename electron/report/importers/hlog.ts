import { HlogRun, unitNames } from './hlogRun';
import { type FileImporter, type ImportedFigures, startedAtOf } from './importer';

/*
 * An HdrHistogram log, format version 1.3 (HistogramLogWriter, HistogramLogReader): one histogram per line, with an
 * optional tag. The file does not state the unit of the values. Beside each histogram stands its maximum, by convention
 * in milliseconds, and the two together reveal the unit.
 */

const rowPattern =
  /^\s*(?:Tag=([^,\s]{1,200}),)?\s*(\d+(?:\.\d+)?),\s*(\d+(?:\.\d+)?),\s*(\d+(?:\.\d+)?),\s*"?(HIST[A-Za-z0-9+/=]+)"?\s*$/;
const ownComment = '#[Proofload: response time in microseconds';

/** Returns the seconds in a comment such as `#[StartTime: 1441812279.474 (seconds since epoch), ...]`. */
function secondsIn(line: string, name: 'StartTime' | 'BaseTime'): number | undefined {
  const [, seconds] = new RegExp(`^#\\[${name}: (\\d+(?:\\.\\d+)?)`).exec(line) ?? [];
  return seconds === undefined ? undefined : Number(seconds);
}

/** Whether a line belongs to the header of a log; a second header starts a second log. */
function isHead(line: string): boolean {
  return /^#\[(StartTime: |Histogram log format|Logged with)/.test(line);
}

/** Adds a row to a log, or the times in its header. Throws on a row that is neither. */
function readLine(line: string, run: HlogRun): void {
  run.startS = secondsIn(line, 'StartTime') ?? run.startS;
  run.baseS = secondsIn(line, 'BaseTime') ?? run.baseS;
  const [, tag, start, length, max, blob = ''] = rowPattern.exec(line) ?? [];
  if (start !== undefined) run.add({ tag, startS: Number(start), lengthS: Number(length), maxMs: Number(max), blob });
  else if (line.includes('HISTFA')) throw new TypeError(`the line "${line.slice(0, 60)}..." is not a row of a log`);
}

/** Reads the rows of each log in a file. */
async function readLogs(lines: AsyncIterable<string>, isOwn: boolean): Promise<HlogRun[]> {
  const begin = (): HlogRun => new HlogRun(isOwn ? 1 : undefined);
  let run = begin();
  const runs = [run];
  for await (const line of lines) {
    if (isHead(line) && !run.isEmpty) {
      run = begin();
      if (runs.push(run) > 100) throw new RangeError('it has more than 100 logs');
    }
    readLine(line, run);
  }
  return runs.filter((each) => !each.isEmpty || runs.length === 1);
}

function figuresOf(run: HlogRun, isOwn: boolean): ImportedFigures {
  const { metrics, intervals, startMs, notes: timing, ...others } = run.figures();
  const notes = ['An HdrHistogram log does not say what failed.', ...timing];
  if (!isOwn)
    notes.push(
      run.unitUs === undefined
        ? 'The file does not name the unit of its values: nanoseconds are assumed, as HdrHistogram records them.'
        : `The unit of the values is assumed to be ${unitNames.get(run.unitUs)}: then the maximum of an interval is the one that the log states in milliseconds.`,
    );
  const startedAt = startedAtOf(startMs);
  if (startedAt === null) notes.push('The log does not say when it started.');
  return {
    tool: 'hdrhistogram',
    toolVersion: null,
    subject: isOwn ? 'Proofload' : null,
    latency: {
      starts: isOwn ? 'intended' : 'request',
      ends: 'last-byte',
      resolution: 'as recorded',
      includesFailures: !isOwn,
    },
    thresholds: [],
    ...others,
    startedAt,
    notes,
    metrics: { ...metrics, http_req_failed: null },
    intervals: intervals.map((interval) => ({ ...interval, failed: null })),
  };
}

export const hlog: FileImporter = {
  accepts: (head) =>
    /^#\[Histogram log format/m.test(head) ||
    /^"StartTimestamp","Interval_Length"/m.test(head) ||
    // A log without a header.
    rowPattern.test(head.slice(0, head.indexOf('\n')).trimEnd()),
  read: async (file) => {
    const isOwn = file.head.startsWith(ownComment);
    return (await readLogs(file.lines(), isOwn)).map((run) => figuresOf(run, isOwn));
  },
};
