import { Command } from 'commander';
import type { Comparison } from '../../../shared/comparison/comparison';
import { comparedColumns, comparisonReport } from '../../../shared/report/comparisonReport';
import { stateWord } from '../../../shared/report/status';
import { exitCodes } from '../../../shared/run/verdict';
import { compareRuns } from '../../app/comparison/compareRuns';
import { comparisonPage } from '../../report/exporters/comparisonPage';
import { print, printJson } from '../../system/terminal';
import { checkWritable, printTable, writeJson, writeText } from '../output';
import { type FailOptions, withFailOptions } from './failOn';
import { withHistory } from './withHistory';

/** Prints runs side by side, and the differences of each from the first. */
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

interface CompareOptions extends FailOptions {
  json?: true;
  out?: string;
  html?: string;
  dataDir?: string;
}

/**
 * A run that is proven worse than the first can count as a failure. An undecided comparison does not, but with
 * `--strict` it is not a success.
 */
export function exitCodeOf({ deltas }: Pick<Comparison, 'deltas'>, { failOn, strict }: FailOptions): number {
  const outcomes = new Set(deltas.map(({ outcome }) => outcome));
  if (failOn === 'worse' && outcomes.has('worse')) return exitCodes.failed;
  return strict && outcomes.has('unknown') ? exitCodes.inconclusive : exitCodes.passed;
}

export function compareCommand(): Command {
  const command = new Command('compare')
    .description('compare saved or imported runs with the first of them')
    .argument('<runs...>', 'the ids of two to six runs; the first is the baseline')
    .option('--json', 'print the comparison as JSON')
    .option('--out <file>', 'write the comparison as JSON to this file')
    .option('--html <file>', 'write a self-contained HTML page with charts to this file')
    .option('--data-dir <dir>', 'data folder, where runs are saved');
  return withFailOptions(command, 'a run is worse than the first by any metric').action(
    async (ids: string[], { json, out, html, dataDir, ...fails }: CompareOptions) => {
      for (const file of [out, html]) checkWritable(file);
      const comparison = await withHistory(dataDir, (history) => compareRuns(history, ids));
      if (out !== undefined) writeJson(out, comparison);
      if (html !== undefined) writeText(html, comparisonPage(comparison));
      if (json) printJson(comparison);
      else printComparison(comparison);
      process.exitCode = exitCodeOf(comparison, fails);
    },
  );
}
