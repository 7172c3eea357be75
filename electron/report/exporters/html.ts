import { axisTicks, latencyTick, roomAbove } from '../../../shared/charts/axis';
import { chartPoints, shownSeconds } from '../../../shared/charts/chartData';
import { escapeXml } from '../../../shared/charts/escapeXml';
import { nines, ninesTicks } from '../../../shared/charts/ninesAxis';
import { svgFigure } from '../../../shared/charts/svgChart';
import { percentilePoints } from '../../../shared/comparison/distribution';
import type { Block, Section, ShownFigure } from '../../../shared/report/blocks';
import { type MomentMark, momentMarks } from '../../../shared/report/charts/momentMarks';
import { chartsOf, type RunChart, titleWithNote } from '../../../shared/report/charts/runCharts';
import { type RunSectionKey, runReport } from '../../../shared/report/runReport';
import { momentTexts } from '../../../shared/report/sections/moments';
import type { RunDocument } from '../../../shared/run/document';
import { formatRunTime } from '../../../shared/units/format';
import { decodeHdr } from '../../hdr/hdrCodec';
import { htmlPage, htmlParagraphs, htmlSection, htmlTable } from './htmlPage';
import { paperColor } from './paperColors';

function tile({ label, value, note }: ShownFigure): string {
  return `<div><dt>${escapeXml(label)}</dt><dd>${escapeXml(value)}</dd><dd class="note">${escapeXml(note)}</dd></div>`;
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'sentences':
      return htmlParagraphs(block.sentences);
    case 'facts':
      return htmlTable(
        undefined,
        block.facts.map(({ label, value }) => [label, value]),
      );
    case 'figures':
      return `<dl class="tiles">${block.figures.map(tile).join('')}</dl>`;
    case 'outcomes':
      return htmlTable(
        block.columns,
        block.outcomes.map(({ label, value, statusText }) => [label, value, statusText]),
      );
    case 'findings':
      return htmlTable(
        block.columns,
        block.findings.map(({ label, value, effectText }) => [label, value, effectText]),
      );
    case 'table':
      return htmlTable(
        block.columns,
        block.rows.map(({ label, cells: rest }) => [label, ...rest]),
      );
    case 'details':
      return `<details><summary>${escapeXml(block.summary)}</summary>${blockHtml({ kind: 'facts', facts: block.facts })}</details>`;
  }
}

function sectionHtml({ title, blocks }: Section): string {
  return htmlSection(title, blocks.map(blockHtml).join(''));
}

/** Draws a chart over the seconds of a run, with its moments. */
function timeChart(chart: RunChart, { scenario, intervals }: RunDocument, moments: readonly MomentMark[]): string {
  const { series, limits = [], formatAxis, atLeast = 0, fixedTop } = chart;
  const durationS = shownSeconds(scenario, intervals);
  const points = chartPoints(intervals, series, durationS);
  const most = Math.max(atLeast, ...points.flatMap(({ values }) => Object.values(values).map((value) => value ?? 0)));
  return svgFigure({
    title: titleWithNote(chart),
    xEnd: durationS,
    xTicks: [0, 0.25, 0.5, 0.75, 1].map(
      (share) => [durationS * share, formatRunTime(Math.round(durationS * share))] as const,
    ),
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
  return svgFigure({
    title: 'Response time by percentile',
    xEnd: nines(last[0]),
    xTicks: ninesTicks(last[0]),
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

/** The charts come before the first of these sections, which explain them. */
const behindCharts: ReadonlySet<RunSectionKey> = new Set(['profile', 'checks', 'operations']);

/** Returns a run as a self-contained page for the screen and for paper. It has no script and loads nothing. */
export function toHtml(document: RunDocument): string {
  const { subject, verdict, sections } = runReport(document);
  const place = sections.findIndex(({ key }) => behindCharts.has(key));
  const body = [
    `<header data-verdict="${verdict.verdict}"><p>${escapeXml(subject)}</p><h1><span>${verdict.word}</span> ${escapeXml(verdict.sentence)}</h1></header>`,
    ...sections.slice(0, place).map(sectionHtml),
    charts(document),
    ...sections.slice(place).map(sectionHtml),
  ];
  return htmlPage(`${subject} · ${verdict.word}`, body);
}
