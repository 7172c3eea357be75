import { createElement, type ReactElement, type ReactNode } from 'react';
import { prerender } from 'react-dom/static';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Block, Section } from '../../shared/report/blocks';
import { importedReport } from '../../shared/report/importedReport';
import { type RunSectionKey, runReport } from '../../shared/report/runReport';
import { statusText } from '../../shared/report/status';
import type { RunDocument } from '../../shared/run/document';
import { emptyRunView, reduceRun, replayEvents } from '../../shared/run/reducer';
import { importedCase, reportCases } from '../../tests/support/reportCases';
import { asRead, missingIn, wordsOf, wordsOfSection } from '../../tests/support/reportRows';

const words = vi.hoisted(() => {
  // The bridge of the preload script is looked up when the window is loaded, and called by nothing that is drawn here.
  vi.stubGlobal('window', { proofload: {} });
  return { areOther: false };
});
/* Where statuses have other words, what shows the usual ones all the same has words of its own. */
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
// Charts are drawn on a canvas, which is not there; their figures are in their tables, which a click shows.
vi.mock('uplot', () => ({ default: class {} }));
vi.mock('../charts/frame/ChartFrame', () => ({
  ChartFrame: ({ title, legend, table }: { title: string; legend: ReactNode; table(): ReactNode }) =>
    createElement('figure', {}, title, legend, table()),
}));

const { RunReport } = await import('./run/RunReport');
const { ResultReport } = await import('./history/ResultReport');

/** What an element reads like, with what is loaded later. */
async function rendered(element: ReactElement): Promise<string> {
  const { prelude } = await prerender(element);
  return asRead(await new Response(prelude).text());
}

function windowOf(document: RunDocument): Promise<string> {
  const view = replayEvents(document).reduce(reduceRun, emptyRunView);
  return rendered(createElement(RunReport, { view }));
}

/** The window has its own places for these, and a name for each. */
const withoutTitle: ReadonlySet<RunSectionKey> = new Set(['thresholds', 'figures', 'capacity']);
/** The flame graph stands for the heaviest functions; who has measured and how is the business of exports. */
const leftOut: ReadonlySet<RunSectionKey> = new Set(['profile', 'run', 'setup', 'log']);

/** The waterfall has the share of each part beside it. */
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
  it.each(reportCases)('has every row of the report: %s', async (_name, document, statuses) => {
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
