import { Command } from 'commander';
import type { Experiment } from '../../../shared/experiment/experiment';
import { experimentReport, experimentState } from '../../../shared/report/experimentReport';
import { distrustOf } from '../../../shared/report/wording/describeExperiment';
import { exitCodes } from '../../../shared/run/verdict';
import { print } from '../../system/terminal';
import { checkWritable, printTable, writeJson } from '../output';
import { type ExperimentOptions, experimentOf, withExperimentOptions } from './experimentOptions';
import { runExperimentInTerminal } from './experimentSession';
import { type FailOptions, withFailOptions } from './failOn';
import { type Program, withServices } from './withServices';

/** Prints the results of an experiment: first what can't be trusted, then a sentence for each comparison. */
export function printExperiment(experiment: Experiment): void {
  const { distrust, comparisons, noise, columns, variants } = experimentReport(experiment);
  const { id, scenario, runs } = experiment;
  let text = `\nexperiment ${id}, ${experimentState(experiment)}: ${scenario.name}, ${runs.length} runs\n\n`;
  if (distrust !== undefined) text += `${distrust}\n\n`;
  for (const { isDecisive, sentence } of comparisons) text += `  ${isDecisive ? '*' : ' '} ${sentence}\n`;
  print(`${text}\n  * decides; the other metrics are for information\n  ${noise}\n\n`);
  printTable(
    columns,
    variants.map(({ label, cells }) => [label, ...cells]),
  );
}

/**
 * The exit code by the metric that decides. With `failOn` alone, an undecided comparison is a success; with `strict` it
 * is not. An experiment that can't be trusted is always inconclusive.
 */
export function exitCodeOf(experiment: Experiment, { failOn, strict }: FailOptions): number {
  if (experiment.state === 'stopped') return exitCodes.interrupted;
  if (distrustOf(experiment) !== undefined) return exitCodes.inconclusive;
  const decisive = experiment.comparisons.filter(({ metric }) => metric === experiment.plan.metric);
  const outcomes = new Set(decisive.map(({ outcome }) => outcome));
  if (failOn === 'worse' && outcomes.has('worse')) return exitCodes.failed;
  const isToBeKnown = strict === true || failOn === undefined;
  return isToBeKnown && outcomes.has('unknown') ? exitCodes.inconclusive : exitCodes.passed;
}

async function execute(options: ExperimentOptions, program: Program): Promise<number> {
  checkWritable(options.out);
  const result = await withServices(program, options, (services, signal) =>
    runExperimentInTerminal(experimentOf(options, services), false, services, signal),
  );
  printExperiment(result);
  if (options.out !== undefined) writeJson(options.out, result);
  return exitCodeOf(result, options);
}

export function experimentCommand(program: Program): Command {
  const command = new Command('experiment')
    .description('compare engines, settings or services in interleaved runs, with a verdict')
    .option(
      '--variants <list>',
      'two to six: ENGINE, "ENGINE:NAME=VALUE;cache=off" or a URL; the first is the baseline',
    )
    .option('--capacity', 'also search the capacity of each variant');
  const failing = withFailOptions(command, 'a variant is worse than the first by the deciding metric');
  return withExperimentOptions(failing).action(async (options: ExperimentOptions) => {
    process.exitCode = await execute(options, program);
  });
}
