import { axisTicks, latencyTick, roomAbove } from '../../../shared/charts/axis';
import { chartPoints, shownSeconds } from '../../../shared/charts/chartData';
import { escapeXml } from '../../../shared/charts/escapeXml';
import { svgFigure } from '../../../shared/charts/svgChart';
import { percentilePoints } from '../../../shared/comparison/distribution';
import type { Block, Section, ShownFigure } from '../../../shared/report/blocks';
import { type MomentMark, momentMarks } from '../../../shared/report/charts/momentMarks';
import { chartsOf, type RunChart } from '../../../shared/report/charts/runCharts';
import { type RunSectionKey, runReport } from '../../../shared/report/runReport';
import { momentTexts } from '../../../shared/report/sections/moments';
import type { RunDocument } from '../../../shared/run/document';
import { decodeHdr } from '../../hdr/hdrCodec';
import { htmlStyle } from './htmlStyle';
import { paperColor } from './paperColors';

type Row = readonly string[];

function cells(row: Row, tag: 'td' | 'th'): string {
  return row
    .map((text, column) => `<${column === 0 ? 'th' : tag}>${escapeXml(text)}</${column === 0 ? 'th' : tag}>`)
    .join('');
}

function table(head: Row | undefined, rows: readonly Row[]): string {
  const titles = head === undefined ? '' : `<thead><tr>${cells(head, 'th')}</tr></thead>`;
  return `<table>${titles}<tbody>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</tbody></table>`;
}

function paragraphs(sentences: readonly string[]): string {
  return sentences.map((sentence) => `<p>${escapeXml(sentence)}</p>`).join('');
}

function tile({ label, value, note }: ShownFigure): string {
  return `<div><dt>${escapeXml(label)}</dt><dd>${escapeXml(value)}</dd><dd class="note">${escapeXml(note)}</dd></div>`;
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'sentences':
      return paragraphs(block.sentences);
    case 'facts':
      return table(
        undefined,
        block.facts.map(({ label, value }) => [label, value]),
      );
    case 'figures':
      return `<dl class="tiles">${block.figures.map(tile).join('')}</dl>`;
    case 'outcomes':
      return table(
        block.columns,
        block.outcomes.map(({ label, value, statusText }) => [label, value, statusText]),
      );
    case 'findings':
      return table(
        block.columns,
        block.findings.map(({ label, value, effectText }) => [label, value, effectText]),
      );
    case 'table':
      return table(
        block.columns,
        block.rows.map(({ label, cells: rest }) => [label, ...rest]),
      );
    case 'details':
      return `<details><summary>${escapeXml(block.summary)}</summary>${blockHtml({ kind: 'facts', facts: block.facts })}</details>`;
  }
}

function sectionHtml({ title, blocks }: Section): string {
  return `<section><h2>${escapeXml(title)}</h2>${blocks.map(blockHtml).join('')}</section>`;
}

/** Lines over the seconds of a run, with its moments. */
function timeChart(chart: RunChart, { scenario, intervals }: RunDocument, moments: readonly MomentMark[]): string {
  const { title, series, limits = [], formatAxis, atLeast = 0, fixedTop } = chart;
  const durationS = shownSeconds(scenario, intervals);
  const points = chartPoints(intervals, series, durationS);
  const most = Math.max(atLeast, ...points.flatMap(({ values }) => Object.values(values).map((value) => value ?? 0)));
  return svgFigure({
    title,
    xEnd: durationS,
    xTicks: [0, 0.25, 0.5, 0.75, 1].map((share) => [durationS * share, `${Math.round(durationS * share)} s`] as const),
    yTicks: axisTicks(fixedTop ?? roomAbove(most)).map((value) => [value, formatAxis(value)] as const),
    limits: limits.map(({ value, label }) => [value, label] as const),
    bands: moments.map(({ fromS, toS, text }) => ({ from: fromS, to: toS, title: text })),
    lines: series.map(({ key, name, tone, dashed }, place) => ({
      name,
      color: paperColor(tone, place),
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
        color: paperColor('throughput', 0),
        points: points.map(([percentile, ms]) => [nines(percentile), ms] as const),
      },
    ],
  });
}

function charts(document: RunDocument): string {
  const moments = momentMarks(momentTexts(document).shown);
  const overTime = chartsOf(document.scenario, document.intervals).map((chart) => timeChart(chart, document, moments));
  return `<div class="charts">${[...overTime, distributionChart(document)].join('')}</div>`;
}

/** The charts stand before what explains them. */
const behindCharts: ReadonlySet<RunSectionKey> = new Set(['profile', 'checks', 'operations']);

/** A run as a self-contained page: no script, nothing from elsewhere, made for the screen and for paper. */
export function toHtml(document: RunDocument): string {
  const { subject, verdict, sections } = runReport(document);
  const place = sections.findIndex(({ key }) => behindCharts.has(key));
  const body = [
    `<header data-verdict="${verdict.verdict}"><p>${escapeXml(subject)}</p><h1><span>${verdict.word}</span> ${escapeXml(verdict.sentence)}</h1></header>`,
    ...sections.slice(0, place).map(sectionHtml),
    charts(document),
    ...sections.slice(place).map(sectionHtml),
  ].join('\n');
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>${escapeXml(subject)} · ${verdict.word} · Proofload</title>
<style>${htmlStyle}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
