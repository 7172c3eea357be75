import { Command } from 'commander';
import type { Experiment } from '../../../shared/experiment/experiment';
import { experimentReport, experimentState } from '../../../shared/report/experimentReport';
import { distrustOf } from '../../../shared/report/wording/describeExperiment';
import { exitCodes } from '../../../shared/run/verdict';
import { print } from '../../system/terminal';
import { checkWritable, printTable, writeJson } from '../output';
import { type ExperimentOptions, experimentOf, withExperimentOptions } from './experimentOptions';
import { runExperimentInTerminal } from './experimentSession';
import { failOnOption } from './failOn';
import { type Program, withServices } from './withServices';

/** Prints what an experiment has found: what can't be trusted first, then a sentence for each comparison. */
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

/** `failsOnWorse`: what is surely worse than the first variant by the metric that decides is a failure. */
export function exitCodeOf(experiment: Experiment, failsOnWorse: boolean): number {
  if (experiment.state === 'stopped') return exitCodes.interrupted;
  const decisive = experiment.comparisons.filter(({ metric }) => metric === experiment.plan.metric);
  const isTrusted = distrustOf(experiment) === undefined;
  if (failsOnWorse && isTrusted && decisive.some(({ outcome }) => outcome === 'worse')) return exitCodes.failed;
  const isKnown = isTrusted && decisive.every(({ outcome }) => outcome !== 'unknown');
  return isKnown ? exitCodes.passed : exitCodes.inconclusive;
}

async function execute(options: ExperimentOptions, program: Program): Promise<number> {
  checkWritable(options.out);
  const result = await withServices(program, options, (services, signal) =>
    runExperimentInTerminal(experimentOf(options, services), false, services, signal),
  );
  printExperiment(result);
  if (options.out !== undefined) writeJson(options.out, result);
  return exitCodeOf(result, options.failOn === 'worse');
}

export function experimentCommand(program: Program): Command {
  const command = new Command('experiment')
    .description('compare engines, settings or services in interleaved runs, with a verdict')
    .option(
      '--variants <list>',
      'two to six: ENGINE, "ENGINE:NAME=VALUE;cache=off" or a URL; the first is the baseline',
    )
    .option('--capacity', 'also search the capacity of each variant')
    .addOption(failOnOption('a variant is worse than the first by the deciding metric'));
  return withExperimentOptions(command).action(async (options: ExperimentOptions) => {
    process.exitCode = await execute(options, program);
  });
}
