import { type LineAxisOptions, latencyTick, lineAxis } from '../../../shared/charts/axis';
import { escapeXml } from '../../../shared/charts/escapeXml';
import { nines, ninesTicks } from '../../../shared/charts/ninesAxis';
import { type SvgLine, svgFigure } from '../../../shared/charts/svgChart';
import type { ComparedRun, Comparison } from '../../../shared/comparison/comparison';
import { experimentMetrics } from '../../../shared/experiment/experiment';
import { hasTimeline, type TimelineMetric, timelineMetrics } from '../../../shared/report/charts/comparisonCharts';
import { type ComparisonReport, comparedColumns, comparisonReport } from '../../../shared/report/comparisonReport';
import { stateWord } from '../../../shared/report/status';
import { letterOf, metricNames } from '../../../shared/report/wording/describeComparison';
import { printable } from '../../../shared/text/printable';
import { formatRunTime } from '../../../shared/units/format';
import { htmlPage, htmlParagraphs, htmlSection, htmlTable } from './htmlPage';
import { paperColorOfRun } from './paperColors';

type Points = SvgLine['points'];
type ValueFormat = Pick<TimelineMetric, 'formatAxis'> & LineAxisOptions;

/** Draws a line for each run that has points, in the run's colour: solid for the baseline, dashed for the others. */
function chart(
  title: string,
  lines: readonly { place: number; points: Points }[],
  metric: ValueFormat,
  x: { end: number; ticks: readonly (readonly [at: number, label: string])[] },
): string {
  if (lines.length === 0) return '';
  const { scale, ticks } = lineAxis(
    lines.map(({ points }) => points),
    metric,
  );
  const isLog = scale === 'log';
  const low = ticks[0] ?? 1;
  const at = (value: number): number => (isLog ? Math.max(0, Math.log10(value / low)) : value);
  return svgFigure({
    title: isLog ? `${title}, logarithmic` : title,
    xEnd: x.end,
    xTicks: x.ticks,
    yTicks: ticks.map((value) => [at(value), metric.formatAxis(value)] as const),
    lines: lines.map(({ place, points }) => ({
      name: letterOf(place),
      color: paperColorOfRun(place),
      ...(place > 0 ? { dashed: true } : {}),
      points: points.map(([t, value]) => [t, value === null ? null : at(value)] as const),
    })),
  });
}

function timelineChart(runs: readonly ComparedRun[], metric: TimelineMetric): string {
  const endS = Math.max(1, ...runs.map(({ timeline }) => timeline.at(-1)?.t ?? 0));
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (share) => [endS * share, formatRunTime(Math.round(endS * share))] as const,
  );
  const lines = runs.map(({ timeline }, place) => ({
    place,
    points: timeline.map((point) => [point.t, point[metric.key]] as const),
  }));
  const known = lines.filter(({ points }) => points.some(([, value]) => value !== null));
  return chart(metric.title, known, metric, { end: endS, ticks });
}

/** Latency against its percentile, on an axis of nines. */
function distributionChart(runs: readonly ComparedRun[]): string {
  const lines = runs.map(({ distribution }, place) => ({
    place,
    points: distribution.map(([percentile, ms]) => [nines(percentile), ms] as const),
  }));
  const last = Math.max(0, ...runs.flatMap(({ distribution }) => distribution.map(([percentile]) => percentile)));
  return chart(
    'Latency by percentile',
    lines.filter(({ points }) => points.length > 0),
    { formatAxis: latencyTick, canBeLog: true },
    { end: nines(last), ticks: ninesTicks(last) },
  );
}

/** The runs with their figures, and where each comes from. */
function runTables({ runs }: ComparisonReport): string {
  const figures = runs.map(({ letter, run, cells }) => [letter, run.name, stateWord(run.state), ...cells]);
  const origins = runs.map(({ letter, run, about }) => [letter, run.id, run.target, about]);
  return (
    htmlTable(['Run', 'Name', 'Verdict', ...comparedColumns], figures, true) +
    htmlTable(['Run', 'Id', 'Target', 'Started'], origins)
  );
}

/**
 * Compares each run with the baseline, one row per run. The reasons for "can't tell" stand below the table, each once.
 */
function differenceTable({ runs, differences, noise }: ComparisonReport): string {
  const rows = runs.slice(1).map(({ letter, run }) => {
    const own = differences.filter((difference) => difference.letter === letter);
    return [letter, run.name, ...own.map(({ mark, word, value }) => `${mark} ${word} ${value}`)];
  });
  const byReason = new Map<string, string[]>();
  for (const { letter, metric, reason } of differences)
    if (reason) byReason.set(reason, [...(byReason.get(reason) ?? []), `${letter} ${metric}`]);
  return (
    htmlTable(['Run', 'Name', ...experimentMetrics.map((metric) => metricNames[metric])], rows, true) +
    htmlParagraphs([
      ...[...byReason].map(([reason, which]) => `${which.join(', ')}: ${reason}`),
      ...(noise === undefined ? [] : [noise]),
    ])
  );
}

/**
 * Returns the comparison of two to six runs as a self-contained page, with the style and the parts of the page of one
 * run. It has no script, loads nothing, and is made for the screen and for paper.
 */
export function comparisonPage(comparison: Comparison): string {
  const report = comparisonReport(comparison);
  const names = [...new Set(report.runs.map(({ run }) => run.name))].join(' · ');
  const title = `Comparison of ${report.runs.length} runs`;
  const charts = [
    ...Object.values(timelineMetrics)
      .filter((metric) => hasTimeline(comparison.runs, metric))
      .map((metric) => timelineChart(comparison.runs, metric)),
    distributionChart(comparison.runs),
  ];
  const page = htmlPage(`${title} · ${names}`, [
    `<header><p>${escapeXml(title)}</p><h1>${escapeXml(names)}</h1></header>`,
    htmlParagraphs([...new Set(report.warnings)]),
    htmlSection('Runs', runTables(report)),
    htmlSection('Compared with the baseline', differenceTable(report)),
    `<div class="charts">${charts.join('')}</div>`,
  ]);
  return printable(page);
}
