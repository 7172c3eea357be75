import { Command } from 'commander';
import type { CheckResult, ConformanceReport } from '../../../shared/engines/conformance';
import { checkCounts, checkText, conformanceText } from '../../../shared/report/status';
import { formatDuration } from '../../../shared/units/duration';
import type { AppServices } from '../../app/services';
import { chooseEngine } from '../../app/targets/defaultEngine';
import { print, printJson, printToStderr } from '../../system/terminal';
import { errorExitCode } from '../exitCodes';
import { type EngineOptions, typedSettings, withEngineOptions } from './engineOptions';
import { allowHostOption } from './hostOptions';
import { secretOption } from './secretOptions';
import { type Program, type ServiceOptions, withServices } from './withServices';

interface ConformanceOptions extends ServiceOptions, EngineOptions {
  seed: number;
  json?: true;
}

const conformsExitCode = 0;
const failedExitCode = 99;

function render({ id, title, status, evidence }: CheckResult): string {
  return `${checkText(status).padEnd(15)}  ${id.padEnd(20)} ${title}\n${evidence.map((line) => `      ${line}\n`).join('')}`;
}

function summary({ config, backend, durability, checks, conforms, durationMs }: ConformanceReport): string {
  const verdict = conformanceText(conforms ? 'conforms' : 'fails');
  return `\n${verdict}: ${config.engine} on ${backend}, ${checkCounts(checks)} in ${formatDuration(Math.round(durationMs / 1000) * 1000)}. Durability: ${durability}.\n`;
}

async function execute(options: ConformanceOptions, services: AppServices, signal: AbortSignal): Promise<number> {
  const config = chooseEngine(services.dataFolder, options.engine, typedSettings(options));
  const onResult = (result: CheckResult): void => {
    if (!options.json) print(render(result));
  };
  try {
    const report = await services.testConformance(config, { onResult, signal, seed: options.seed });
    if (options.json) printJson(report);
    else print(summary(report));
    return report.conforms ? conformsExitCode : failedExitCode;
  } catch (error) {
    if (!signal.aborted) throw error;
    printToStderr('proofload: the suite was stopped; nothing was saved\n');
    return errorExitCode('interrupted');
  }
}

export function conformanceCommand(program: Program): Command {
  const command = new Command('conformance').description(
    'check an engine for lost writes, mixed-up tenants and stale reads',
  );
  return withEngineOptions(command)
    .addOption(secretOption())
    .option('--allow-remote', 'allow a database that is not on this machine')
    .addOption(allowHostOption())
    .option('--seed <n>', 'seed of the random operations and of the times of the crashes', Number, 1)
    .option('--data-dir <dir>', 'data folder, where the report is saved')
    .option('--json', 'print the report as JSON')
    .action(async (options: ConformanceOptions) => {
      process.exitCode = await withServices(program, options, (services, signal) => execute(options, services, signal));
    });
}
