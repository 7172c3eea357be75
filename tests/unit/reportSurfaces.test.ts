import { describe, expect, it } from 'vitest';
import { toCsv } from '../../electron/report/exporters/csv';
import { exportRun } from '../../electron/report/exporters/exportRun';
import { toJunit } from '../../electron/report/exporters/junit';
import { resultToText } from '../../electron/report/exporters/text';
import { chartsOf } from '../../shared/report/charts/runCharts';
import { importedReport } from '../../shared/report/importedReport';
import { type RunSectionKey, runReport, runSectionKeys } from '../../shared/report/runReport';
import { statusText } from '../../shared/report/status';
import type { RunDocument } from '../../shared/run/document';
import { importedCase, reportCases, sectionCases } from '../support/reportCases';
import { asRead, missingIn, wordsOfSection } from '../support/reportRows';

interface Surface {
  format: 'text' | 'html' | 'markdown';
  leftOut: readonly RunSectionKey[];
  heading(title: string): string;
}

/** Exports, and the sections that each leaves out; a section that one shows says what shared/report says. */
const surfaces: readonly Surface[] = [
  { format: 'text', leftOut: ['setup', 'log'], heading: (title) => `\n${title}\n` },
  { format: 'html', leftOut: [], heading: (title) => `<h2>${title}</h2>` },
  {
    format: 'markdown',
    leftOut: ['profile', 'stages', 'memory', 'phases', 'setup', 'log'],
    heading: (title) => `### ${title}\n`,
  },
];

function shownIn({ leftOut }: Surface, document: RunDocument) {
  return runReport(document).sections.filter(({ key }) => !leftOut.includes(key));
}

it('each section is in a run that the surfaces are held to', () => {
  const keys = sectionCases.flatMap(([, document]) => runReport(document).sections.map(({ key }) => key));
  expect(runSectionKeys.filter((key) => !keys.includes(key))).toEqual([]);
});

describe.each(surfaces)('a run as $format', (surface) => {
  it.each(sectionCases)('has every row of the report: %s', (_name, document, statuses) => {
    const { verdict } = runReport(document);
    const read = asRead(exportRun({ document, histograms: () => [] }, surface.format));
    const words = shownIn(surface, document).flatMap(wordsOfSection);
    expect(missingIn(read, [verdict.word, verdict.sentence, ...words, ...statuses.map(statusText)])).toEqual([]);
  });

  it.each(sectionCases)('shows the sections in the one order: %s', (_name, document) => {
    const written = exportRun({ document, histograms: () => [] }, surface.format);
    const places = shownIn(surface, document).map(({ title }) => written.indexOf(surface.heading(title)));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});

it.each(reportCases)(
  'a run as JUnit XML agrees with the report on every threshold: %s',
  (_name, document, statuses) => {
    const cases = [
      ...toJunit(document).matchAll(
        /<testcase name="([^"]*)"[^>]*?(?:\/>|>\s*<(failure|skipped) message="([^"]*)"[^>]*\/>)/g,
      ),
    ].filter(([, name]) => name !== 'verdict');
    const kinds = { passed: undefined, failed: 'failure', undecided: 'skipped' } as const;
    expect(cases.map(([, , kind]) => kind)).toEqual(statuses.map((status) => kinds[status]));
    const blocks = runReport(document).sections.flatMap((section) =>
      section.key === 'thresholds' ? section.blocks : [],
    );
    const outcomes = blocks.flatMap((block) => (block.kind === 'outcomes' ? block.outcomes : []));
    const expected = outcomes.map(({ status, statusText: text, label, value }) =>
      status === 'passed' ? undefined : `${text}: ${label}, ${value}`,
    );
    expect(cases.map(([, , , message]) => message && asRead(message))).toEqual(
      expected.map((text) => text && asRead(text)),
    );
  },
);

it.each(reportCases)('the seconds as CSV have the figures of the charts: %s', (_name, document) => {
  const columns: Readonly<Record<string, string>> = {
    achieved: 'rate_per_s',
    p50: 'p50_ms',
    p95: 'p95_ms',
    p99: 'p99_ms',
    hits: 'cache_hit_fraction',
    service: 'target_cores',
    loop: 'target_loop_busy_fraction',
    resident: 'target_memory_mb',
  };
  const [head = '', ...rows] = toCsv(document).trimEnd().split('\r\n');
  const names = head.split(',');
  const series = chartsOf(document.scenario, document.intervals).flatMap((chart) => chart.series);
  const drawn = Object.keys(columns).map((key) => series.find((line) => line.key === key));
  for (const [second, interval] of document.intervals.entries()) {
    const cells = rows[second]?.split(',') ?? [];
    expect(Object.values(columns).map((column) => cells[names.indexOf(column)])).toEqual(
      drawn.map((line) => String(line?.value(interval))),
    );
  }
});

it('the result of another tool in the terminal has every row of the report', () => {
  const { subject, sections } = importedReport(importedCase);
  expect(missingIn(asRead(resultToText(importedCase)), [subject, ...sections.flatMap(wordsOfSection)])).toEqual([]);
});
