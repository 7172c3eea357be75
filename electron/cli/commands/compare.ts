import { Command } from 'commander';
import type { Comparison } from '../../../shared/comparison/comparison';
import { comparedColumns, comparisonReport } from '../../../shared/report/comparisonReport';
import { stateWord } from '../../../shared/report/status';
import { exitCodes } from '../../../shared/run/verdict';
import { compareRuns } from '../../app/comparison/compareRuns';
import { print, printJson } from '../../system/terminal';
import { printTable, writeJson } from '../output';
import { type FailOn, failOnOption } from './failOn';
import { withHistory } from './withHistory';

/** Prints runs beside each other, and the differences of each to the first. */
export function printComparison(comparison: Comparison): void {
  const { runs, differences, noise, warnings } = comparisonReport(comparison);
  printTable(
    ['', 'Run', 'Verdict', 'Name', ...comparedColumns],
    runs.map(({ letter, run, cells }) => [letter, run.id, stateWord(run.state), run.name, ...cells]),
  );
  print('\n');
  printTable(
    ['Against A', 'Metric', 'Difference', 'Outcome', ''],
    differences.map(({ letter, metric, value, mark, word, reason = '' }) => [
      letter,
      metric,
      value,
      `${mark} ${word}`,
      reason,
    ]),
  );
  if (noise !== undefined) print(`\n${noise}\n`);
  for (const warning of warnings) print(`! ${warning}\n`);
}

interface CompareOptions {
  json?: true;
  out?: string;
  failOn?: FailOn;
  dataDir?: string;
}

/** `failsOnWorse`: what is surely worse than the first run is a failure; what can't be told is none. */
export function exitCodeOf({ deltas }: Pick<Comparison, 'deltas'>, failsOnWorse: boolean): number {
  return failsOnWorse && deltas.some(({ outcome }) => outcome === 'worse') ? exitCodes.failed : exitCodes.passed;
}

export function compareCommand(): Command {
  return new Command('compare')
    .description('compare saved or imported runs with the first of them')
    .argument('<runs...>', 'the ids of two to six runs; the first is the baseline')
    .option('--json', 'print the comparison as JSON')
    .option('--out <file>', 'write the comparison as JSON to this file')
    .addOption(failOnOption('a run is worse than the first by any metric'))
    .option('--data-dir <dir>', 'data folder, where runs are saved')
    .action(async (ids: string[], { json, out, failOn, dataDir }: CompareOptions) => {
      const comparison = await withHistory(dataDir, (history) => compareRuns(history, ids));
      if (out !== undefined) writeJson(out, comparison);
      if (json) printJson(comparison);
      else printComparison(comparison);
      process.exitCode = exitCodeOf(comparison, failOn === 'worse');
    });
}
