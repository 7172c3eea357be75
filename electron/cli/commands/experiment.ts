import { Command } from 'commander';
import type { Experiment, ExperimentMetric } from '../../../shared/experiment/experiment';
import { failedShare } from '../../../shared/experiment/failures';
import { failuresOf } from '../../../shared/experiment/judge';
import { comparisonSentence, distrustOf, noiseSentence } from '../../../shared/experiment/words';
import { formatCapacity } from '../../../shared/run/capacity';
import { exitCodes } from '../../../shared/run/verdict';
import { medianOf } from '../../../shared/statistics/medianOf';
import { formatLatency, formatRate, formatShare } from '../../../shared/units/format';
import { print } from '../../system/terminal';
import { checkWritable, printTable, writeJson } from '../output';
import { type ExperimentOptions, experimentOf, withExperimentOptions } from './experimentOptions';
import { runExperimentInTerminal } from './experimentSession';
import { failOnOption } from './failOn';
import { type Program, withServices } from './withServices';

/** What the runs of each variant measured: medians over its runs, to get an idea; the comparisons rest on pairs. */
function variantRows(experiment: Experiment): string[][] {
  const { variants, runs, capacity } = experiment;
  return variants.map(({ name }, variant) => {
    const own = runs.filter((run) => run.variant === variant);
    const of = (metric: ExperimentMetric): number => medianOf(own.map(({ values }) => values[metric]));
    const latencies = (['p50', 'p95', 'p99'] as const).map((metric) => formatLatency(of(metric)));
    const found = capacity?.results.find((result) => result.variant === variant);
    return [
      name,
      String(own.length),
      formatShare(failedShare(failuresOf(experiment, variant))),
      formatRate(of('throughput')),
      ...latencies,
      ...(capacity ? [formatCapacity(found)] : []),
    ];
  });
}

/** The result for the terminal: what can't be trusted first, then a sentence for each comparison. */
function render(experiment: Experiment): string {
  const distrust = distrustOf(experiment);
  let text = `\nexperiment ${experiment.id}, ${experiment.state}: ${experiment.scenario.name}, ${experiment.runs.length} runs\n\n`;
  if (distrust) text += `Inconclusive: ${distrust}\n\n`;
  for (const comparison of experiment.comparisons) {
    const mark = comparison.metric === experiment.plan.metric ? '*' : ' ';
    text += `  ${mark} ${comparisonSentence(experiment, comparison)}\n`;
  }
  return `${text}\n  * decides; the others are told as well\n  ${noiseSentence(experiment)}\n\n`;
}

/** Prints what an experiment has found. */
export function printExperiment(experiment: Experiment): void {
  print(render(experiment));
  const columns = [
    'variant',
    'runs',
    'failed',
    'median rate',
    'P50',
    'P95',
    'P99',
    ...(experiment.capacity ? ['capacity'] : []),
  ];
  printTable(columns, variantRows(experiment));
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
    .description('compare engines, options or services in interleaved runs, with a verdict')
    .option(
      '--variants <list>',
      'two to six: ENGINE, "ENGINE:NAME=VALUE;cache=off" or a URL; the first is the baseline',
    )
    .option('--capacity', 'search the capacity of each variant as well')
    .addOption(failOnOption('a variant is worse than the first by what decides'));
  return withExperimentOptions(command).action(async (options: ExperimentOptions) => {
    process.exitCode = await execute(options, program);
  });
}
