import { createElement, type ReactElement, type ReactNode } from 'react';
import { prerender } from 'react-dom/static';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Block, Section } from '../../shared/report/blocks';
import { importedReport } from '../../shared/report/importedReport';
import { type RunSectionKey, runReport } from '../../shared/report/runReport';
import { statusText } from '../../shared/report/status';
import type { RunDocument } from '../../shared/run/document';
import { emptyRunView, reduceRun, replayEvents } from '../../shared/run/reducer';
import { importedCase, reportCases, sectionCases } from '../../tests/support/reportCases';
import { asRead, missingIn, wordsOf, wordsOfSection } from '../../tests/support/reportRows';

const words = vi.hoisted(() => {
  // Modules look up the bridge of the preload script when they load. Nothing that is rendered here calls it.
  vi.stubGlobal('window', { proofload: {} });
  return { areOther: false };
});
/* Replaces the words for statuses. A place that still shows the usual words does not take them from this module. */
vi.mock('../../shared/report/status', async (original) => {
  const own = await original<typeof import('../../shared/report/status')>();
  return {
    ...own,
    statusText: (...args: Parameters<typeof own.statusText>) => (words.areOther ? '«status»' : own.statusText(...args)),
    effectText: (...args: Parameters<typeof own.effectText>) => (words.areOther ? '«effect»' : own.effectText(...args)),
    stateOf: (...args: Parameters<typeof own.stateOf>) =>
      words.areOther ? { mark: '«', word: '«state»' } : own.stateOf(...args),
    stateWord: (...args: Parameters<typeof own.stateWord>) => (words.areOther ? '«state»' : own.stateWord(...args)),
  };
});
// Charts need a canvas, which does not exist here. Their values are in their tables, which a click shows.
vi.mock('uplot', () => ({ default: class {} }));
vi.mock('../charts/frame/ChartFrame', () => ({
  ChartFrame: ({ title, legend, table }: { title: string; legend: ReactNode; table(): ReactNode }) =>
    createElement('figure', {}, title, legend, table()),
}));

const { RunReport } = await import('./run/RunReport');
const { ResultReport } = await import('./history/ResultReport');

/** The text of an element, including parts that are loaded later. */
async function rendered(element: ReactElement): Promise<string> {
  const { prelude } = await prerender(element);
  return asRead(await new Response(prelude).text());
}

function windowOf(document: RunDocument): Promise<string> {
  const view = replayEvents(document).reduce(reduceRun, emptyRunView);
  return rendered(createElement(RunReport, { view }));
}

/** The window shows these in other places, with a name for each. */
const withoutTitle: ReadonlySet<RunSectionKey> = new Set(['thresholds', 'figures', 'capacity']);
/** The flame graph replaces the heaviest functions. The details of the measurement appear only in exports. */
const leftOut: ReadonlySet<RunSectionKey> = new Set(['profile', 'run', 'setup', 'log']);

/** The waterfall shows the share of each part beside it. */
function cellByCell(block: Block): string[] {
  return block.kind === 'table' ? block.rows.flatMap(({ label, cells }) => [label, ...cells]) : wordsOf(block);
}

function expectedOf(section: Section<RunSectionKey>): string[] {
  if (leftOut.has(section.key)) return [];
  if (section.key === 'timeSpent')
    return [section.title, ...section.blocks.flatMap(cellByCell).filter((cell) => cell !== '–')];
  return withoutTitle.has(section.key) ? section.blocks.flatMap(wordsOf) : wordsOfSection(section);
}

describe('a run in the window', () => {
  it.each(sectionCases)('has every row of the report: %s', async (_name, document, statuses) => {
    const { subject, verdict, sections } = runReport(document);
    const expected = [
      subject,
      verdict.word,
      verdict.sentence,
      ...sections.flatMap(expectedOf),
      ...statuses.map(statusText),
    ];
    expect(missingIn(await windowOf(document), expected)).toEqual([]);
  });

  it.each(reportCases)('words no status on its own: %s', async (_name, document, statuses) => {
    words.areOther = true;
    onTestFinished(() => {
      words.areOther = false;
    });
    const read = await windowOf(document);
    expect(read).not.toMatch(/[✓✕✗✔✘‖]|\b(?:passed|undecided|inconclusive|aborted|interrupted)\b/i);
    expect(read.split('«status»').length - 1).toBeGreaterThanOrEqual(statuses.length);
  });
});

it('the result of another tool in the window has every row of the report', async () => {
  const read = await rendered(createElement(ResultReport, { result: importedCase }));
  const { subject, sections } = importedReport(importedCase);
  const expected = sections.flatMap((section) => {
    if (section.key === 'run') return [];
    return section.key === 'figures' ? section.blocks.flatMap(wordsOf) : wordsOfSection(section);
  });
  expect(missingIn(read, [subject, ...expected])).toEqual([]);
});
