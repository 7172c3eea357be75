import { describe, expect, it } from 'vitest';
import { toCsv } from '../../electron/report/exporters/csv';
import { exportRun } from '../../electron/report/exporters/exportRun';
import { toJunit } from '../../electron/report/exporters/junit';
import { resultToText } from '../../electron/report/exporters/text';
import { chartsOf } from '../../shared/report/charts/runCharts';
import { importedReport } from '../../shared/report/importedReport';
import { type RunSectionKey, runReport } from '../../shared/report/runReport';
import { statusText } from '../../shared/report/status';
import { importedCase, reportCases } from '../support/reportCases';
import { asRead, wordsOfSection } from '../support/reportRows';

/** The sections that a surface shows, by its name: all of a surface's sections say what shared/report says. */
const surfaces: readonly (readonly [format: 'text' | 'html' | 'markdown', leftOut: readonly RunSectionKey[]])[] = [
  ['text', ['setup', 'log']],
  ['html', []],
  ['markdown', ['capacity', 'profile', 'stages', 'memory', 'phases', 'setup', 'log']],
];

describe.each(surfaces)('a run as %s', (format, leftOut) => {
  it.each(reportCases)('has every word of the report: %s', (_name, document, statuses) => {
    const { verdict, sections } = runReport(document);
    const written = exportRun({ document, histograms: () => [] }, format);
    // Backslashes are Markdown's.
    const read = asRead(format === 'markdown' ? written.replace(/\\(?=[^\w\s])/g, '') : written);
    const shown = sections.filter(({ key }) => !leftOut.includes(key));
    const words = [verdict.word, verdict.sentence, ...shown.flatMap(wordsOfSection)];
    expect(words.filter((word) => !read.includes(asRead(word)))).toEqual([]);
    for (const status of statuses) expect(read).toContain(statusText(status));
  });

  it('shows the sections in the one order', () => {
    for (const [, document] of reportCases) {
      const written = exportRun({ document, histograms: () => [] }, format);
      const heading = {
        text: (title: string) => `\n${title}\n`,
        html: (title: string) => `<h2>${title}</h2>`,
        markdown: (title: string) => `### ${title}\n`,
      };
      const places = runReport(document)
        .sections.filter(({ key }) => !leftOut.includes(key))
        .map(({ title }) => asRead(written).indexOf(asRead(heading[format](title))));
      expect(places).not.toContain(-1);
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }
  });
});

it.each(reportCases)(
  'a run as JUnit XML agrees with the report about every threshold: %s',
  (_name, document, statuses) => {
    const xml = toJunit(document);
    const found = [...xml.matchAll(/<testcase name="([^"]*)"[^>]*?(?:\/>|>\s*<(failure|skipped) message="([^"]*)")/g)]
      .filter(([, name]) => name !== 'verdict')
      .map(([, , kind = 'passed', message = '']) => [kind, asRead(message)] as const);
    const kinds = { passed: 'passed', failed: 'failure', undecided: 'skipped' } as const;
    expect(found.map(([kind]) => kind)).toEqual(statuses.map((status) => kinds[status]));
    const outcomes = runReport(document).sections.flatMap(({ key, blocks }) =>
      key === 'thresholds' ? blocks.flatMap((block) => (block.kind === 'outcomes' ? block.outcomes : [])) : [],
    );
    outcomes.forEach(({ status, statusText: text, value }, index) => {
      const message = found[index]?.[1];
      if (status !== 'passed') expect(message?.startsWith(text) && message.endsWith(value)).toBe(true);
    });
  },
);

it.each(reportCases)('the seconds as CSV have the figures of the charts: %s', (_name, document) => {
  const [head = '', ...rows] = toCsv(document).trimEnd().split('\r\n');
  const names = head.split(',');
  const columns = {
    achieved: 'rate_per_s',
    asked: 'asked',
    p50: 'p50_ms',
    p95: 'p95_ms',
    p99: 'p99_ms',
    hits: 'cache_hit_fraction',
    service: 'target_cores',
    resident: 'target_memory_mb',
  };
  const series = chartsOf(document.scenario, document.intervals).flatMap((chart) => chart.series);
  for (const [key, column] of Object.entries(columns)) {
    const drawn = series.find((line) => line.key === key);
    document.intervals.forEach((interval, index) => {
      const cell = rows[index]?.split(',')[names.indexOf(column)];
      if (drawn) expect(cell).toBe(String(drawn.value(interval) ?? ''));
    });
  }
});

it('the result of another tool in the terminal has every word of the report', () => {
  const read = asRead(resultToText(importedCase));
  const { subject, sections } = importedReport(importedCase);
  expect([subject, ...sections.flatMap(wordsOfSection)].filter((word) => !read.includes(asRead(word)))).toEqual([]);
});
