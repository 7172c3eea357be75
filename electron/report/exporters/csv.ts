import type { RunDocument } from '../../../shared/run/document';
import type { RunInterval } from '../../../shared/run/metrics';
import type { ScenarioPart } from '../../../shared/scenario/schema';

type Cell = string | number | null;
type Column = readonly [name: string, of: (interval: RunInterval) => Cell];
type IterationEnds = NonNullable<RunInterval['iterations']>[string];

/** The columns of the table of seconds. Their names contain the units. */
const columns: readonly Column[] = [
  ['second', ({ t }) => t],
  ['requests', ({ count }) => count],
  ['rate_per_s', ({ rate }) => rate],
  ['p50_ms', ({ p50 }) => p50],
  ['p95_ms', ({ p95 }) => p95],
  ['p99_ms', ({ p99 }) => p99],
  ['max_ms', ({ max }) => max],
  ['failed', ({ failed }) => failed],
  ['cache_hit_fraction', ({ cacheHitRate }) => cacheHitRate],
  ['in_flight', ({ inFlight }) => inFlight],
  ['asked', ({ asked }) => asked],
  ['sent', ({ sent }) => sent],
  ['dropped', ({ dropped }) => dropped],
  ['generator_busy_fraction', ({ generatorUtilisation }) => generatorUtilisation],
  ['target_cores', ({ targetCpu }) => targetCpu],
  ['target_loop_busy_fraction', ({ targetUtilisation }) => targetUtilisation],
  ['target_memory_mb', ({ targetRssMb }) => targetRssMb],
  ['target_gc_ms', ({ targetGcMs }) => targetGcMs],
  ['target_written_mb', ({ targetWrittenMb }) => targetWrittenMb],
];

/**
 * Returns a cell as in RFC 4180. A text that a spreadsheet would take for a formula is marked as text, as OWASP
 * advises.
 */
function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function line(cells: readonly Cell[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** Returns the columns of one of several scenarios: the sums over its journeys. */
function columnsOf({ name, journeys }: ScenarioPart): Column[] {
  const sumOf = (interval: RunInterval, pick: (ends: IterationEnds) => number): number =>
    journeys.reduce((sum, journey) => {
      const ends = interval.iterations?.[journey];
      return sum + (ends ? pick(ends) : 0);
    }, 0);
  return [
    [`${name}_iterations`, (interval) => sumOf(interval, ({ completed, failed }) => completed + failed)],
    [`${name}_failed_iterations`, (interval) => sumOf(interval, ({ failed }) => failed)],
    [`${name}_dropped`, ({ droppedByScenario }) => droppedByScenario?.[name] ?? 0],
  ];
}

/**
 * Returns the seconds of a run as CSV (RFC 4180). After the columns of the whole run come those of several scenarios, if
 * the run has them. The last columns have the mean time that requests spent in each part, in ms. An unknown value is an
 * empty cell.
 */
export function toCsv({ intervals, scenario: { load } }: Pick<RunDocument, 'intervals' | 'scenario'>): string {
  const parts = [...new Set(intervals.flatMap((interval) => Object.keys(interval.parts)))].sort();
  const all: readonly Column[] = [
    ...columns,
    ...(load.executor === 'scenarios' ? load.scenarios.flatMap(columnsOf) : []),
    ...parts.map((part): Column => [`${part}_ms`, (interval) => interval.parts[part] ?? null]),
  ];
  const rows = intervals.map((interval) => line(all.map(([, of]) => of(interval))));
  return line(all.map(([name]) => name)) + rows.join('');
}
