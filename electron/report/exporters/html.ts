import type { PartBands } from '../../../shared/attribution/attribution';
import { partLabel, partRank } from '../../../shared/attribution/parts';
import { axisTicks, latencyTick, roomAbove } from '../../../shared/charts/axis';
import { chartPoints, type Series, shownSeconds } from '../../../shared/charts/chartData';
import { escapeXml } from '../../../shared/charts/escapeXml';
import { type SvgLine, svgFigure } from '../../../shared/charts/svgChart';
import { percentilePoints } from '../../../shared/comparison/distribution';
import { type Adjusted, adjustedName, adjustedOf, formatAdjusted, unboundedText } from '../../../shared/run/adjusted';
import type { RunDocument } from '../../../shared/run/document';
import { doubtsOf, effectText, outcomeText } from '../../../shared/run/doubts';
import { stateWord, verdictSentence } from '../../../shared/run/headline';
import { memorySentences, summariseMemory } from '../../../shared/run/memorySummary';
import { successRateOf } from '../../../shared/run/metrics';
import { targetLabel } from '../../../shared/run/target';
import { statusText } from '../../../shared/run/thresholdOutcome';
import { statusOf } from '../../../shared/run/verdict';
import { describeDuration, describeLoad, describeMarks, isOpen } from '../../../shared/scenario/describe';
import { stageName, thresholdName } from '../../../shared/scenario/stageMarks';
import { type LatencySummary, samplesNeeded } from '../../../shared/statistics/latencySummary';
import { latencyLimits, type ThresholdResult } from '../../../shared/thresholds/evaluate';
import { formatLatency, formatNumber, formatRate, formatShare } from '../../../shared/units/format';
import { decodeHdr } from '../../hdr/hdrCodec';
import { htmlStyle } from './htmlStyle';

type Row = readonly string[];

function table(head: Row, rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const cells = (row: Row, tag: 'td' | 'th'): string =>
    row
      .map((text, column) => `<${column === 0 ? 'th' : tag}>${escapeXml(text)}</${column === 0 ? 'th' : tag}>`)
      .join('');
  return `<table><thead><tr>${cells(head, 'th')}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</tbody></table>`;
}

function section(title: string, content: string): string {
  return content === '' ? '' : `<section><h2>${escapeXml(title)}</h2>${content}</section>`;
}

function paragraphs(sentences: readonly string[]): string {
  return sentences.map((sentence) => `<p>${escapeXml(sentence)}</p>`).join('');
}

function latencyRow(name: string, { count, p50, p90, p95, p99, max }: LatencySummary): Row {
  const shown = (percentile: number, ms: number): string =>
    formatLatency(count >= samplesNeeded(percentile) ? ms : null);
  return [
    name,
    formatNumber(count),
    shown(50, p50),
    shown(90, p90),
    shown(95, p95),
    shown(99, p99),
    formatLatency(max),
  ];
}

function adjustedRow({ count, percentiles: { p50, p90, p95, p99 } }: Adjusted): Row {
  const shown = (percentile: number, ms: number | null): string => formatAdjusted(percentile, ms, count);
  return [
    adjustedName,
    formatNumber(count),
    shown(50, p50),
    shown(90, p90),
    shown(95, p95),
    shown(99, p99),
    unboundedText,
  ];
}

const latencyHead: Row = ['', 'Count', 'P50', 'P90', 'P95', 'P99', 'Max'];

function tiles({ metrics, intervals }: RunDocument): string {
  const { http_reqs, http_req_duration: response, http_req_failed, cache_hit } = metrics;
  const percentile = (rank: number, ms: number): string =>
    formatLatency(response.count >= samplesNeeded(rank) ? ms : null);
  const hasCache = intervals.some(({ cacheLookups }) => cacheLookups > 0);
  const shown: readonly (readonly [string, string])[] = [
    ['Throughput', formatRate(http_reqs.rate)],
    ...(http_req_failed.count > 0 ? [['Right answers', formatRate(successRateOf(metrics))] as const] : []),
    ['P50', percentile(50, response.p50)],
    ['P95', percentile(95, response.p95)],
    ['P99', percentile(99, response.p99)],
    ['Errors', formatShare(http_req_failed.rate)],
    ['Cache hits', formatShare(hasCache ? cache_hit.rate : null)],
  ];
  return `<dl class="tiles">${shown.map(([name, value]) => `<div><dt>${name}</dt><dd>${escapeXml(value)}</dd></div>`).join('')}</dl>`;
}

type TimeSeries = Series & Pick<SvgLine, 'color' | 'dashed'>;

const percentileSeries: readonly TimeSeries[] = [
  { key: 'p50', name: 'P50', fold: 'worst', color: '#b08900', value: ({ p50 }) => p50 },
  { key: 'p95', name: 'P95', fold: 'worst', color: '#c4551a', value: ({ p95 }) => p95 },
  { key: 'p99', name: 'P99', fold: 'worst', color: '#a01f5b', value: ({ p99 }) => p99 },
];
const achieved: TimeSeries = {
  key: 'achieved',
  name: 'achieved',
  fold: 'mean',
  color: '#0b63ce',
  value: ({ rate }) => rate,
};
const asked: TimeSeries = {
  key: 'asked',
  name: 'asked',
  fold: 'mean',
  color: '#566173',
  dashed: true,
  value: (interval) => interval.asked,
};
const cacheHits: TimeSeries = {
  key: 'hits',
  name: 'hits',
  fold: 'mean',
  color: '#187a4b',
  value: ({ cacheHitRate }) => cacheHitRate,
};

interface Axis {
  format(value: number): string;
  atLeast?: number;
  fixedTop?: number;
  limits?: readonly (readonly [number, string])[];
}

/** Lines over the seconds of a run. */
function timeChart(
  title: string,
  { scenario, intervals }: RunDocument,
  series: readonly TimeSeries[],
  axis: Axis,
): string {
  const durationS = shownSeconds(scenario, intervals);
  const points = chartPoints(intervals, series, durationS);
  const most = Math.max(
    axis.atLeast ?? 0,
    ...points.flatMap(({ values }) => Object.values(values).map((value) => value ?? 0)),
  );
  return svgFigure({
    title,
    xEnd: durationS,
    xTicks: [0, 0.25, 0.5, 0.75, 1].map((share) => [durationS * share, `${Math.round(durationS * share)} s`] as const),
    yTicks: axisTicks(axis.fixedTop ?? roomAbove(most)).map((value) => [value, axis.format(value)] as const),
    limits: axis.limits ?? [],
    lines: series.map(({ key, name, color, dashed }) => ({
      name,
      color,
      ...(dashed ? { dashed } : {}),
      points: points.map(({ t, values }) => [t, values[key] ?? null] as const),
    })),
  });
}

/** Latency against its percentile, on an axis of nines. */
function distributionChart({ histograms }: RunDocument): string {
  const points = percentilePoints(decodeHdr(histograms.http_req_duration));
  const last = points.at(-1);
  if (!last) return '';
  const nines = (percentile: number): number => -Math.log10(1 - percentile / 100);
  const ticks = [0, 50, 90, 99, 99.9, 99.99, 99.999].filter((percentile) => nines(percentile) <= nines(last[0]) + 1e-9);
  return svgFigure({
    title: 'Response time by percentile',
    xEnd: nines(last[0]),
    xTicks: ticks.map((percentile) => [nines(percentile), `${percentile} %`] as const),
    yTicks: axisTicks(roomAbove(last[1])).map((value) => [value, latencyTick(value)] as const),
    lines: [
      {
        name: 'response time',
        color: '#0b63ce',
        points: points.map(([percentile, ms]) => [nines(percentile), ms] as const),
      },
    ],
  });
}

function charts(document: RunDocument): string {
  const { scenario, intervals } = document;
  const limits = latencyLimits(scenario.thresholds);
  const hasCache = intervals.some(({ cacheLookups }) => cacheLookups > 0);
  return [
    timeChart('Throughput', document, isOpen(scenario.load) ? [asked, achieved] : [achieved], {
      format: (value) => formatNumber(value, value < 10 ? 1 : 0),
    }),
    timeChart('Response time', document, percentileSeries, {
      format: latencyTick,
      atLeast: Math.max(0, ...limits.map(({ limitMs }) => limitMs)),
      limits: limits.map(
        ({ percentile, limitMs }) => [limitMs, `P${percentile} limit ${latencyTick(limitMs)}`] as const,
      ),
    }),
    distributionChart(document),
    hasCache
      ? timeChart('Cache hits', document, [cacheHits], { format: (value) => formatShare(value), fixedTop: 1 })
      : '',
  ].join('');
}

function partRows({ median, slowest_5, slowest_1 }: PartBands): Row[] {
  const bands = [median, slowest_5, slowest_1];
  const parts = [...new Set(bands.flatMap((band) => Object.keys(band?.parts ?? {})))];
  const rows = parts
    .sort((a, b) => partRank(a) - partRank(b))
    .map((part): Row => [partLabel(part), ...bands.map((band) => formatLatency(band && (band.parts[part] ?? 0)))]);
  return [...rows, ['together', ...bands.map((band) => formatLatency(band?.mean))]];
}

function timeSpent({ attribution }: RunDocument): string {
  if (!attribution) return '';
  const { sentence, causes, notes, all } = attribution;
  const words = [...(sentence === null ? [] : [sentence]), ...causes.map((cause) => cause.sentence), ...notes];
  return paragraphs(words) + table(['Part of a request', 'Median', 'Slowest 5 %', 'Slowest 1 %'], partRows(all));
}

function thresholdRow(threshold: ThresholdResult, { scenario, trust }: RunDocument): Row {
  return [thresholdName(threshold, scenario.load), outcomeText(threshold, trust), statusText(statusOf(threshold))];
}

/** The checks of the measurement: those that found something, and behind a click those that did not. */
function doubts(document: RunDocument): string {
  const { shown, quiet, quietSentence } = doubtsOf(document);
  const loud = table(
    ['Check', 'What it found', 'Effect'],
    shown.map(({ check, text, effect }) => [check, text, effectText(effect)]),
  );
  if (quietSentence === undefined) return loud;
  const rest = table(
    ['Check', 'What it found'],
    quiet.map(({ check, message }) => [check, message]),
  );
  return `${loud}<details><summary>${escapeXml(quietSentence)}</summary>${rest}</details>`;
}

function facts(document: RunDocument): Row[] {
  const { id, startedAt, endedAt, scenario, target, backend, environment, calibration } = document;
  return [
    ['Run', `${id}${describeMarks(document)}`],
    ['Time', `${startedAt} to ${endedAt}`],
    [
      'Scenario',
      `${scenario.name} (${scenario.id}): ${describeLoad(scenario.load)}, ${describeDuration(scenario.load)}, seed ${scenario.seed}`,
    ],
    ['Target', `${targetLabel(target, backend)}${backend ? ` (${backend.name})` : ''}`],
    [
      'Machine',
      `${environment.cpu}, ${environment.cores} cores, ${environment.memoryMb} MB, ${environment.platform} ${environment.osRelease}, power: ${environment.power}`,
    ],
    [
      'Software',
      `Proofload ${environment.proofload}, ${environment.runtime}, SQLite ${environment.sqlite} (${environment.sqliteBuild})`,
    ],
    [
      'Generator',
      calibration
        ? `up to ${formatRate(calibration.highestRate)}, floor P50 ${formatLatency(calibration.floorP50)}`
        : 'not calibrated',
    ],
    [
      'Latency',
      'from the time at which the schedule wanted the request sent to the last byte of the answer; failed requests are kept apart',
    ],
  ];
}

/** A run as a page that stands alone: no script, nothing from elsewhere, made for the screen and for paper. */
export function toHtml(document: RunDocument): string {
  const { scenario, target, backend, verdict, metrics, thresholds, integrity, log } = document;
  const title = `${scenario.name} on ${targetLabel(target, backend)}`;
  const sentence = verdictSentence(document).replace(/^\w+: /, '');
  const adjusted = adjustedOf(metrics);
  const operations = Object.entries(metrics.by_operation).map(([name, summary]) => latencyRow(name, summary));
  const stages = Object.entries(metrics.by_stage).map(([stage, { http_req_duration: summary }]) =>
    latencyRow(stageName(scenario.load, stage), summary),
  );
  const audit = integrity.lostWrites === null ? 'not audited' : `${formatNumber(integrity.lostWrites)} lost`;
  const body = [
    `<header data-verdict="${verdict}"><p>${escapeXml(title)}</p><h1><span>${stateWord(verdict)}</span> ${escapeXml(sentence)}</h1></header>`,
    tiles(document),
    `<div class="charts">${charts(document)}</div>`,
    section('Where did the time go?', timeSpent(document)),
    section(
      'Thresholds',
      table(
        ['Threshold', 'Value', 'State'],
        thresholds.map((threshold) => thresholdRow(threshold, document)),
      ),
    ),
    section(
      'Can I trust this number?',
      doubts(document) +
        (target.kind === 'engine'
          ? paragraphs([
              `${formatNumber(integrity.checked)} answers checked, ${formatNumber(integrity.violations)} wrong; ${formatNumber(integrity.acknowledgedWrites)} documents with acknowledged writes, ${audit}.`,
            ])
          : ''),
    ),
    section(
      'Response time by operation',
      table(latencyHead, adjusted ? [...operations, adjustedRow(adjusted)] : operations),
    ),
    section('Response time by stage', table(latencyHead, stages)),
    section('Memory and garbage collection', paragraphs(memorySentences(summariseMemory(document.intervals)))),
    section('How it was measured', table(['', ''], facts(document))),
    section(
      'Log',
      table(
        ['', ''],
        log.map(({ level, message }) => [level, message]),
      ),
    ),
  ].join('\n');
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>${escapeXml(title)} · ${stateWord(verdict)} · Proofload</title>
<style>${htmlStyle}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
