import { Command } from 'commander';
import type { Comparison } from '../../../shared/comparison/comparison';
import { deltaText, formatMetric, letterOf, metricNames, outcomeWord } from '../../../shared/comparison/words';
import { experimentMetrics } from '../../../shared/experiment/experiment';
import { exitCodes } from '../../../shared/run/verdict';
import { formatShare } from '../../../shared/units/format';
import { compareRuns } from '../../app/comparison/compareRuns';
import { print, printJson } from '../../system/terminal';
import { printTable, writeJson } from '../output';
import { type FailOn, failOnOption } from './failOn';
import { withHistory } from './withHistory';

function printComparison({ runs, deltas, warnings, noise }: Comparison): void {
  printTable(
    ['', 'run', 'state', 'name', 'throughput', 'P50', 'P95', 'P99', 'errors'],
    runs.map((run, place) => [
      letterOf(place),
      run.id,
      run.state,
      run.name,
      ...experimentMetrics.map((metric) => formatMetric(metric, run.figures[metric])),
      formatShare(run.failedRate),
    ]),
  );
  print('\n');
  printTable(
    ['against A', 'metric', 'difference', 'outcome', ''],
    deltas.map((delta) => [
      letterOf(delta.run),
      metricNames[delta.metric],
      deltaText(delta),
      outcomeWord(delta),
      delta.reason ?? '',
    ]),
  );
  if (noise) print(`\nIntervals are by the noise of this machine, from ${noise.pairs + 1} other runs like A.\n`);
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
    .description('hold saved or imported runs against the first of them')
    .argument('<runs...>', 'the ids of two to six runs; the first is the baseline')
    .option('--json', 'print the comparison as JSON')
    .option('--out <file>', 'write the comparison as JSON to this file')
    .addOption(failOnOption('a run is worse than the first by any metric'))
    .option('--data-dir <dir>', 'where runs are kept')
    .action(async (ids: string[], { json, out, failOn, dataDir }: CompareOptions) => {
      const comparison = await withHistory(dataDir, (history) => compareRuns(history, ids));
      if (out !== undefined) writeJson(out, comparison);
      if (json) printJson(comparison);
      else printComparison(comparison);
      process.exitCode = exitCodeOf(comparison, failOn === 'worse');
    });
}
