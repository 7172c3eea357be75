import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it, vi } from 'vitest';
import { exportRun } from '../../electron/report/exporters/exportRun';
import { resultToText } from '../../electron/report/exporters/text';
import { importedCase, reportCases } from '../support/reportCases';
import { asRead } from '../support/reportRows';

/* Here every status has other words: what shows the usual ones all the same has words of its own. */
vi.mock('../../shared/report/status', async (original) => ({
  ...(await original<typeof import('../../shared/report/status')>()),
  statusText: () => '«status»',
  effectText: () => '«effect»',
  stateOf: () => ({ mark: '«', word: '«state»' }),
  stateWord: () => '«state»',
}));

const usual = /[✓✕✗✔✘‖]|\b(?:passed|undecided|inconclusive|aborted|interrupted)\b/i;

it.each(reportCases)('no export words a status on its own: %s', (_name, document, statuses) => {
  for (const format of ['text', 'html', 'markdown', 'junit'] as const) {
    const written = exportRun({ document, histograms: () => [] }, format);
    // Attributes of XML have the words that are seen.
    const words =
      format === 'junit' ? [...written.matchAll(/message="([^"]*)"/g)].map(([, text]) => text).join(' ') : written;
    expect(asRead(words)).not.toMatch(usual);
    if (format !== 'junit') expect(written.split('«status»').length - 1).toBeGreaterThanOrEqual(statuses.length);
  }
});

it('nor does the result of another tool', () => {
  expect(asRead(resultToText(importedCase))).not.toMatch(usual);
});

const root = resolve(import.meta.dirname, '../..');

function sourcesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
    .map((file) => join(folder, file));
}

it.each(['electron/cli', 'electron/main', 'electron/report', 'renderer'])(
  'nothing in %s has a mark and a word of its own',
  (folder) => {
    const own = sourcesIn(folder).flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      const found = text.match(
        /[✓✕✗✔✘‖]\s*[A-Za-z]+|['"`>](?:\? [a-z]+|Passed|Failed|Inconclusive|Aborted|Interrupted)\b/g,
      );
      return (found ?? []).map((words) => `${file}: ${words}`);
    });
    expect(own).toEqual([]);
  },
);

it('no surface has lines of charts of its own', () => {
  const own = ['electron', 'renderer']
    .flatMap(sourcesIn)
    .filter((file) => /\bfold: ['"]/.test(readFileSync(join(root, file), 'utf8')));
  expect(own).toEqual([]);
});
