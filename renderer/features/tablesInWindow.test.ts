import { createElement, Fragment, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { recommend } from '../../shared/options/recommend';
import { comparisonReport } from '../../shared/report/comparisonReport';
import { experimentReport } from '../../shared/report/experimentReport';
import { optionRows } from '../../shared/report/optionReport';
import { comparisonCase, experimentCase, optionCase } from '../../tests/support/reportCases';
import { asRead, missingIn } from '../../tests/support/reportRows';

vi.hoisted(() => {
  // Modules look up the bridge of the preload script when they load. Nothing that is rendered here calls it.
  vi.stubGlobal('window', { proofload: {} });
});

const { ComparedRuns } = await import('./compare/ComparedRuns');
const { Differences } = await import('./compare/Differences');
const { Comparisons } = await import('./options/Comparisons');
const { OptionTable } = await import('./options/OptionTable');

function read(element: ReactElement): string {
  return asRead(renderToStaticMarkup(element));
}

it('a comparison in the window has every row of its report', () => {
  const { runs, differences } = comparisonReport(comparisonCase);
  const words = [
    ...runs.flatMap(({ about, cells }) => [about, cells.join(' ')]),
    ...differences.map(({ mark, word, value }) => `${mark} ${word} ${value}`),
    ...differences.flatMap(({ reason }) => reason ?? []),
  ];
  const tables = [
    createElement(ComparedRuns, { key: 'runs', ...comparisonCase }),
    createElement(Differences, { key: 'differences', ...comparisonCase }),
  ];
  expect(missingIn(read(createElement(Fragment, {}, tables)), words)).toEqual([]);
});

it('an experiment in the window has every sentence of its report, in its order', () => {
  const { comparisons, noise } = experimentReport(experimentCase);
  const shown = read(createElement(Comparisons, { experiment: experimentCase }));
  expect(missingIn(shown, [...comparisons.map(({ sentence }) => sentence), noise])).toEqual([]);
  const places = comparisons.map(({ sentence }) => shown.indexOf(asRead(sentence)));
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

it('options in the window have every row of their report', () => {
  const recommendation = recommend(experimentCase, optionCase, 'none');
  const shown = read(createElement(OptionTable, { experiment: experimentCase, results: optionCase, recommendation }));
  const words = optionRows(experimentCase, optionCase).flatMap((row) => [
    ...[row.p95, row.p99, row.throughput, row.capacity, row.resources].map((parts) => parts.join(' ')),
    `${row.durability} ${row.conformance}`,
  ]);
  expect(missingIn(shown, words)).toEqual([]);
});
