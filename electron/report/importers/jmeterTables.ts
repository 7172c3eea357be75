import { z } from 'zod';
import type { ImportedLatency } from '../../../shared/interchange/importedResult';
import {
  type DocumentImporter,
  durationAtRate,
  type FileImporter,
  failures,
  type ImportedFigures,
  percentiles,
  UnreadableForm,
  withoutRequests,
  withUnknowns,
} from './importer';
import { headingOf, isTotal } from './jmeterHeadings';
import { countCell, decimalCell, parseDecimal } from './numbers';
import { headerOf, readRuns } from './readRows';
import type { Row } from './rows';

/*
 * The tables that JMeter derives from a result log: `statistics.json` of its dashboard (SamplingStatistic.java), and
 * the Aggregate Report and Summary Report as CSV (SamplingStatCalculator.java), with the headings of the window or,
 * from plugins, their message keys. Latencies include failed samples.
 */

/** A row of such a table. */
interface TableRow {
  label: string;
  count: number;
  /** Null when the table does not state it. */
  failed: number | null;
  /** Per second. */
  rate: number | null;
  latency: ImportedLatency;
}

function figuresOf(total: TableRow, rows: readonly TableRow[], notes: readonly string[]): ImportedFigures {
  const { count, failed, rate, latency } = total;
  const all = rows.reduce((sum, row) => sum + row.count, 0);
  const said = ['Latencies are whole milliseconds.', ...notes];
  if (all > count && count > 0)
    said.push(
      `All rows together have ${all} samples, and the total has ${count}: some rows are transactions of other rows.`,
    );
  if (failed !== 0) said.push('The latencies include failed samples.');
  return withUnknowns({
    tool: 'jmeter',
    durationMs: durationAtRate(count, rate),
    latency: { starts: 'request', ends: 'last-byte', resolution: '1 ms', includesFailures: failed !== 0 },
    metrics: {
      http_req_duration: latency,
      http_reqs: { count, rate },
      http_req_failed: failed === null ? null : failures(failed, count),
      by_operation: Object.fromEntries(rows.slice(0, 1_000).map((row) => [row.label.slice(0, 200), row.latency])),
    },
    notes: said,
  });
}

const figure = z.number().nonnegative();
const statisticSchema = z.object({
  transaction: z.string(),
  sampleCount: z.int().nonnegative(),
  errorCount: z.int().nonnegative(),
  meanResTime: figure,
  medianResTime: figure.optional(),
  minResTime: figure,
  maxResTime: figure,
  pct1ResTime: figure,
  pct2ResTime: figure,
  pct3ResTime: figure,
  throughput: figure,
});
type Statistic = z.infer<typeof statisticSchema>;

function rowOfStatistic(statistic: Statistic): TableRow {
  const { transaction, sampleCount, errorCount, meanResTime, medianResTime, minResTime, maxResTime, throughput } =
    statistic;
  return {
    label: transaction,
    count: sampleCount,
    failed: errorCount,
    rate: throughput,
    latency: {
      count: sampleCount,
      min: minResTime,
      mean: meanResTime,
      max: maxResTime,
      percentiles: percentiles({
        50: medianResTime,
        90: statistic.pct1ResTime,
        95: statistic.pct2ResTime,
        99: statistic.pct3ResTime,
      }),
    },
  };
}

/** Reads `statistics.json`, which the dashboard writes beside its page. */
export const jmeterStatistics: DocumentImporter = {
  accepts: (value) =>
    !Array.isArray(value) &&
    Object.values(value).some(
      (entry: unknown) =>
        typeof entry === 'object' && entry !== null && 'sampleCount' in entry && 'pct1ResTime' in entry,
    ),
  read: (value) => {
    const { Total: total, ...others } = z.record(z.string(), statisticSchema).parse(value);
    if (!total) throw new TypeError('"Total" is missing');
    return [
      figuresOf(rowOfStatistic(total), Object.values(others).map(rowOfStatistic), [
        'The percentiles are assumed to be P90, P95 and P99, which aggregate_rpt_pct1, 2 and 3 can change.',
        'The file does not say when the run started.',
      ]),
    ];
  },
};

const perSecond: Readonly<Record<string, number>> = { '': 1, '/sec': 1, '/min': 60, '/hour': 3_600 };

/** Parses `10.0`, `10.0/sec` or `3.5/min`. */
function rateOf(text: string): number {
  const [, amount = '', unit = ''] = /^\s*([\d.,]+)\s*(\/\w+)?\s*$/.exec(text) ?? [];
  return parseDecimal(amount) / (perSecond[unit] ?? Number.NaN);
}

/** Parses `1.000%`. Without the sign a number could be a fraction or a percentage. */
function failedOf(text: string | undefined, count: number): number | null {
  const [, amount] = /^\s*([\d.,]+)\s*%\s*$/.exec(text ?? '') ?? [];
  const share = amount === undefined ? Number.NaN : parseDecimal(amount) / 100;
  if (share >= 0 && share <= 1) return Math.round(share * count);
  return parseDecimal(text ?? '') === 0 ? 0 : null;
}

function rowOf(record: Row): TableRow {
  const row = Object.fromEntries(Object.entries(record).map(([name, value]) => [headingOf(name), value]));
  const count = countCell.parse(row['# Samples']);
  // Without samples, JMeter writes the ends of its range.
  const figureOf = (name: string): number | undefined =>
    row[name] === undefined || count === 0 ? undefined : decimalCell.parse(row[name]);
  const ranks = Object.keys(row).flatMap((name) => {
    const [, rank] = /^(\d{1,2}(?:\.\d+)?)% Line$/.exec(name) ?? [];
    return rank === undefined ? [] : [[rank, figureOf(name)] as const];
  });
  const rate = rateOf(row.Throughput ?? '');
  return {
    label: row.Label ?? '',
    count,
    failed: failedOf(row['Error %'], count),
    rate: Number.isFinite(rate) ? rate : null,
    latency: {
      count,
      min: figureOf('Min') ?? null,
      mean: figureOf('Average') ?? null,
      max: figureOf('Max') ?? null,
      percentiles: percentiles({ 50: figureOf('Median'), ...Object.fromEntries(ranks) }),
    },
  };
}

/** Returns the row for all samples, or the only one. Throws `UnreadableForm` when there is none. */
function totalOf(rows: readonly TableRow[]): TableRow {
  const total = rows.find(({ label }) => isTotal(label)) ?? (rows.length === 1 ? rows[0] : undefined);
  if (total) return total;
  throw new UnreadableForm(
    'has no row "TOTAL", and the percentiles of several rows can’t be merged',
    'save the table with its last row, or import the result log (-l FILE)',
  );
}

/** Reads the table of an Aggregate or Summary Report. */
export const jmeterTable: FileImporter = {
  accepts: (head) => {
    const names = headerOf(head).names.map(headingOf);
    return ['Label', '# Samples', 'Average', 'Max'].every((name) => names.includes(name));
  },
  read: async (file) => {
    const { delimiter, names } = headerOf(file.head);
    const isSummary = !names.map(headingOf).includes('Median');
    const notes = ['The file does not say when the run started.'];
    if (isSummary)
      notes.push('A Summary Report has no percentiles: import the result log (-l FILE), or the Aggregate Report.');
    const tables = await readRuns<TableRow[]>(
      file,
      { delimiter },
      () => [],
      (rows, row) => {
        if (rows.push(rowOf(row)) > 10_000) throw new RangeError('more rows than a report has');
      },
    );
    return tables.map((rows) => {
      const total = totalOf(rows);
      if (total.count === 0) throw withoutRequests();
      return figuresOf(
        total,
        rows.filter((row) => row !== total || rows.length === 1),
        notes,
      );
    });
  },
};
