import { Command, Option } from 'commander';
import type { DurabilityTier } from '../../../shared/engines/durability';
import type { Experiment } from '../../../shared/experiment/experiment';
import { floors } from '../../../shared/options/floor';
import { type OptionResult, optionResults } from '../../../shared/options/optionResult';
import { type Recommendation, recommend } from '../../../shared/options/recommend';
import { optionColumns, optionRows } from '../../../shared/report/optionReport';
import { exitCodes } from '../../../shared/run/verdict';
import { readReports } from '../../app/conformance/reportStore';
import { dataFolder } from '../../app/dataFolder';
import { print } from '../../system/terminal';
import { checkWritable, printTable, writeJson } from '../output';
import { printExperiment } from './experiment';
import { type ExperimentOptions, experimentOf, withExperimentOptions } from './experimentOptions';
import { runExperimentInTerminal } from './experimentSession';
import { type Program, withServices } from './withServices';

interface OptionsOptions extends ExperimentOptions {
  floor: DurabilityTier;
}

function renderRecommendation(
  { sentence, reasons, against }: Recommendation,
  results: readonly OptionResult[],
): string {
  const others = [...against].map(([variant, why]) => `  - ${results[variant]?.label}: ${why}`);
  return `\n${[sentence, ...reasons.map((reason) => `  + ${reason}`), ...others].join('\n')}\n`;
}

/** Prints the claims and the measurements of each option, and the recommendation. */
export function printDecision(
  experiment: Experiment,
  results: readonly OptionResult[],
  recommendation: Recommendation,
): void {
  const rows = optionRows(experiment, results);
  const words = (parts: readonly string[]): string => parts.join(', ') || '\u2013';
  print('\n');
  printTable(
    Object.values(optionColumns),
    rows.map(({ label, p95, p99, throughput, capacity, durability, conformance, resources }) => [
      label,
      words(p95),
      words(p99),
      words(throughput),
      words(capacity),
      durability,
      conformance,
      words(resources),
    ]),
  );
  print(renderRecommendation(recommendation, results));
}

async function execute(options: OptionsOptions, program: Program): Promise<number> {
  checkWritable(options.out);
  const measured = await withServices(program, options, (services, signal) =>
    runExperimentInTerminal(experimentOf(options, services), true, services, signal),
  );
  const results = optionResults(measured, readReports(dataFolder(options.dataDir)));
  const recommendation = recommend(measured, results, options.floor);
  printExperiment(measured);
  printDecision(measured, results, recommendation);
  if (options.out !== undefined) writeJson(options.out, measured);
  if (measured.state === 'stopped') return exitCodes.interrupted;
  return recommendation.variant === null ? exitCodes.inconclusive : exitCodes.passed;
}

export function optionsCommand(program: Program): Command {
  const command = new Command('options')
    .description("compare the report's claims about its storage options with measurements, and recommend one")
    .option(
      '--variants <list>',
      'the options; the others are compared with the first',
      'sqlite-json,sqlite,memory,hybrid',
    )
    .option('--no-capacity', 'skip the capacity searches')
    .addOption(new Option('--floor <tier>', 'what must survive a crash').choices(floors).default('process-crash-safe'));
  return withExperimentOptions(command).action(async (options: OptionsOptions) => {
    process.exitCode = await execute(options, program);
  });
}
