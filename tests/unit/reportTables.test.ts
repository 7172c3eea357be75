import { expect, it, onTestFinished, vi } from 'vitest';
import { printComparison } from '../../electron/cli/commands/compare';
import { printExperiment } from '../../electron/cli/commands/experiment';
import { printDecision } from '../../electron/cli/commands/options';
import { recommend } from '../../shared/options/recommend';
import { comparisonReport } from '../../shared/report/comparisonReport';
import { experimentReport } from '../../shared/report/experimentReport';
import { optionRows } from '../../shared/report/optionReport';
import { comparisonCase, experimentCase, optionCase } from '../support/reportCases';
import { asRead, missingIn } from '../support/reportRows';

/** What is printed on standard output meanwhile, as it reads. */
function printed(print: () => void): string {
  let text = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  onTestFinished(() => write.mockRestore());
  print();
  return asRead(text);
}

it('a comparison in the terminal has every row of its report', () => {
  const { runs, differences, noise, warnings } = comparisonReport(comparisonCase);
  const words = [
    ...runs.map(({ cells }) => cells.join(' ')),
    ...differences.map(({ metric, value, mark, word }) => `${metric} ${value} ${mark} ${word}`),
    ...differences.flatMap(({ reason }) => reason ?? []),
    ...warnings,
  ];
  expect(
    missingIn(
      printed(() => printComparison(comparisonCase)),
      [...words, noise ?? ''],
    ),
  ).toEqual([]);
  expect(differences.map(({ mark, word }) => `${mark} ${word}`)).toEqual([
    '= alike',
    '▲ better',
    '▼ worse',
    "? can't tell",
  ]);
});

it('an experiment in the terminal has every row of its report, what decides first', () => {
  const { comparisons, noise, variants } = experimentReport(experimentCase);
  const words = [
    ...comparisons.map(({ sentence }) => sentence),
    ...variants.map(({ label, cells }) => [label, ...cells].join(' ')),
  ];
  expect(
    missingIn(
      printed(() => printExperiment(experimentCase)),
      [...words, noise],
    ),
  ).toEqual([]);
  expect(comparisons.map(({ isDecisive }) => isDecisive)).toEqual([true, false, false, false]);
});

it('options in the terminal have every row of their report', () => {
  const decision = recommend(experimentCase, optionCase, 'none');
  const words = optionRows(experimentCase, optionCase).flatMap((row) => [
    ...[row.p95, row.p99, row.throughput, row.resources].map((parts) => parts.join(', ')),
    row.durability,
    row.conformance,
  ]);
  expect(
    missingIn(
      printed(() => printDecision(experimentCase, optionCase, decision)),
      words,
    ),
  ).toEqual([]);
  expect(words).toContain('✓ conforms');
  expect(words).toContain('not durable');
});
