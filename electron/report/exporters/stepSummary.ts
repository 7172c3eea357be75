import { chartPoints, shownSeconds } from '../../../shared/charts/chartData';
import type { Comparison } from '../../../shared/comparison/comparison';
import { type RunChart, responseTimeChart, throughputChart } from '../../../shared/report/charts/runCharts';
import { comparisonReport } from '../../../shared/report/comparisonReport';
import { type RunSectionKey, runReport } from '../../../shared/report/runReport';
import { stateOf } from '../../../shared/report/status';
import { formatMetric } from '../../../shared/report/wording/describeComparison';
import type { RunDocument } from '../../../shared/run/document';
import { printable } from '../../../shared/text/printable';
import { escapedMarkdown, markdownSection, markdownTable } from './markdown';
import { type MermaidChart, mermaidChart } from './mermaidChart';

/** The sections before the charts and after them. */
const before: ReadonlySet<RunSectionKey> = new Set(['thresholds']);
const behind: ReadonlySet<RunSectionKey> = new Set(['figures', 'failures', 'checks']);

/** Returns the comparison of the baseline with the run that the summary is about. */
function comparisonText(comparison: Comparison): string {
  const { differences, noise, warnings } = comparisonReport(comparison);
  const [base, run] = comparison.runs;
  const rows = differences.map(({ delta, metric, value, mark, word, reason = '' }) => {
    const of = (compared: typeof base): string => formatMetric(delta.metric, compared?.figures[delta.metric] ?? null);
    return [metric, of(base), of(run), value, `${mark} ${word}`, reason].map(escapedMarkdown);
  });
  return [
    `### Compared with the baseline ${escapedMarkdown(base?.id ?? '')}`,
    markdownTable(['Metric', 'Baseline', 'This run', 'Difference', 'Outcome', 'Reason'], rows),
    ...[...warnings, ...(noise === undefined ? [] : [noise])].map(escapedMarkdown),
  ].join('\n\n');
}

function chartOf(
  { series }: RunChart,
  document: RunDocument,
  keys: readonly string[],
): Omit<MermaidChart, 'title' | 'unit'> {
  const endS = shownSeconds(document.scenario, document.intervals);
  const points = chartPoints(document.intervals, series, endS);
  return { endS, lines: keys.map((key) => points.map(({ values }) => values[key] ?? null)) };
}

/**
 * Returns charts of throughput and response time over the run. They have no legend, but percentiles lie in ascending
 * order.
 */
function chartsText(document: RunDocument): string[] {
  const { scenario } = document;
  const rate = chartOf(throughputChart(scenario.load), document, ['achieved']);
  const latency = chartOf(responseTimeChart(scenario), document, ['p50', 'p95', 'p99']);
  return [
    mermaidChart({ title: 'Throughput', unit: 'requests per second', ...rate }) ?? [],
    mermaidChart({ title: 'Response time: P50, P95 and P99, from below', unit: 'ms', ...latency }) ?? [],
  ].flat();
}

/**
 * Returns a run as the step summary of GitHub Actions (GitHub Flavored Markdown): the verdict, the thresholds, the
 * differences from the baseline if there is one, two charts and the main figures.
 */
export function toStepSummary(document: RunDocument, comparison?: Comparison): string {
  const { subject, verdict, sections } = runReport(document);
  const { mark, word } = stateOf(verdict.verdict);
  const those = (keys: ReadonlySet<RunSectionKey>): string[] =>
    sections.filter(({ key }) => keys.has(key)).map(markdownSection);
  const parts = [
    `## ${mark} ${word}: ${escapedMarkdown(subject)}`,
    escapedMarkdown(verdict.sentence),
    ...those(before),
    ...(comparison === undefined ? [] : [comparisonText(comparison)]),
    ...chartsText(document),
    ...those(behind),
  ];
  return `${printable(parts.join('\n\n'))}\n`;
}
