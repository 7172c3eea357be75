import { type ImportedLatency, type ImportedResult, toolNames } from '../interchange/importedResult';
import { describeLatency } from '../interchange/latencyDefinition';
import { formatClock, formatLatency, formatNumber, formatRate, formatShare } from '../units/format';
import { type Section, type ShownFigure, sectionOf, type TableRow } from './blocks';
import { statusOfOk, statusText } from './status';

/** The sections of the report of an imported result. */
export type ImportedSectionKey = 'thresholds' | 'figures' | 'meaning' | 'operations' | 'run';

/** The result of another tool as a report. */
export interface ImportedReport {
  /** What was loaded or run. */
  subject: string;
  sections: readonly Section<ImportedSectionKey>[];
}

const unknown = '\u2013';
/** The percentiles that are always shown, even when the file lacks them. */
const mainRanks = ['50', '95', '99'] as const;

/** Returns the percentiles that any part of a result has and the main ones, ascending. */
function ranksOf({ metrics }: ImportedResult): string[] {
  const summaries = [metrics.http_req_duration, ...Object.values(metrics.by_operation)];
  const ranks = new Set([...mainRanks, ...summaries.flatMap(({ percentiles }) => Object.keys(percentiles))]);
  return [...ranks].sort((a, b) => Number(a) - Number(b));
}

/** Returns the main figures of an imported result. A figure that the file does not state is shown as a dash. */
export function importedFigures({ metrics, durationMs }: ImportedResult): ShownFigure[] {
  const { http_req_failed: failed, http_reqs, http_req_duration: duration } = metrics;
  const percentile = (rank: string): ShownFigure => ({
    label: `P${rank}`,
    value: formatLatency(duration.percentiles[rank]),
    note: 'latency',
  });
  return [
    { label: 'Throughput', value: formatRate(http_reqs.rate), note: `${formatNumber(http_reqs.count)} requests` },
    ...mainRanks.map(percentile),
    {
      label: 'Errors',
      value: formatShare(failed?.rate),
      note: failed ? `${formatNumber(failed.count)} failed` : 'not reported',
    },
    { label: 'Duration', value: durationMs === null ? unknown : formatClock(durationMs), note: '' },
  ];
}

function latencyRow(label: string, { count, percentiles, max }: ImportedLatency, ranks: readonly string[]): TableRow {
  return {
    label,
    cells: [
      count === null ? unknown : formatNumber(count),
      ...ranks.map((rank) => formatLatency(percentiles[rank])),
      formatLatency(max),
    ],
  };
}

/** Returns the tool of a result, with its version when the file states it. */
export function toolOf({ tool, toolVersion }: Pick<ImportedResult, 'tool' | 'toolVersion'>): string {
  return `${toolNames[tool]}${toolVersion === null ? '' : ` ${toolVersion}`}`;
}

/** Returns the report of an imported result, in the order of all surfaces. */
export function importedReport(result: ImportedResult): ImportedReport {
  const { metrics, thresholds, notes, latency, file, id, startedAt, importedAt, subject } = result;
  const ranks = ranksOf(result);
  const outcomes = thresholds.map(({ metric, expression, ok }) => {
    const status = statusOfOk(ok);
    return { status, statusText: statusText(status), label: `${metric} ${expression}`, value: '' };
  });
  return {
    subject: subject ?? file,
    sections: [
      ...sectionOf('thresholds', `Thresholds of ${toolNames[result.tool]}`, [
        { kind: 'outcomes', columns: ['Threshold', 'Value', 'Status'], outcomes },
      ]),
      ...sectionOf('figures', 'Summary', [{ kind: 'figures', figures: importedFigures(result) }]),
      ...sectionOf('meaning', 'What the numbers mean', [
        {
          kind: 'sentences',
          sentences: [
            `Latency is measured ${describeLatency(latency)}. Proofload did not make this run and could not check its measurement.`,
          ],
        },
        { kind: 'sentences', sentences: notes },
      ]),
      ...sectionOf('operations', 'Latency', [
        {
          kind: 'table',
          columns: ['Operation', 'Count', ...ranks.map((rank) => `P${rank}`), 'Max'],
          rows: [
            latencyRow('all', metrics.http_req_duration, ranks),
            ...Object.entries(metrics.by_operation).map(([operation, summary]) =>
              latencyRow(operation, summary, ranks),
            ),
          ],
        },
      ]),
      ...sectionOf('run', 'Result', [
        {
          kind: 'facts',
          facts: [
            { label: 'Result', value: `${id}, imported from ${file}` },
            { label: 'Tool', value: toolOf(result) },
            ...(startedAt === null ? [] : [{ label: 'Started', value: startedAt }]),
            { label: 'Imported', value: importedAt },
          ],
        },
      ]),
    ],
  };
}
