#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import packageJson from '../../package.json';
import { toAppError } from '../../shared/errors/appError';
import { calibrateCommand } from './commands/calibrate';
import { capacityCommand } from './commands/capacity';
import { climbCommand } from './commands/climb';
import { compareCommand } from './commands/compare';
import { conformanceCommand } from './commands/conformance';
import { enginesCommand } from './commands/engines';
import { experimentCommand } from './commands/experiment';
import { exportCommand } from './commands/export';
import { historyCommand } from './commands/history';
import { importCommand } from './commands/import';
import { levelsCommand } from './commands/levels';
import { optionsCommand } from './commands/options';
import { runCommand } from './commands/run';
import { serveCommand } from './commands/serve';
import { errorExitCode, usageExitCode } from './exitCodes';
import { printError } from './output';

function buildProgram(): Command {
  const program = new Command('proofload')
    .description('Stress-test a data service, trust the number, find where the time went, choose the option.')
    .version(packageJson.version)
    .exitOverride()
    .showHelpAfterError('(proofload --help lists the commands, proofload run --help the options)');
  program.addCommand(runCommand(packageJson.version, import.meta.dirname));
  program.addCommand(climbCommand(packageJson.version, import.meta.dirname));
  program.addCommand(capacityCommand(packageJson.version, import.meta.dirname));
  program.addCommand(experimentCommand(packageJson.version, import.meta.dirname));
  program.addCommand(optionsCommand(packageJson.version, import.meta.dirname));
  program.addCommand(calibrateCommand(packageJson.version, import.meta.dirname));
  program.addCommand(conformanceCommand(import.meta.dirname));
  program.addCommand(serveCommand(import.meta.dirname));
  program.addCommand(levelsCommand());
  program.addCommand(enginesCommand());
  program.addCommand(historyCommand());
  program.addCommand(compareCommand());
  program.addCommand(exportCommand());
  program.addCommand(importCommand());
  // Sub-commands added as objects do not inherit these settings.
  for (const command of [...program.commands, ...program.commands.flatMap((parent) => parent.commands)])
    command.copyInheritedSettings(program);
  return program;
}

async function main(): Promise<number> {
  try {
    await buildProgram().parseAsync();
    return process.exitCode === undefined ? 0 : Number(process.exitCode);
  } catch (thrown) {
    // Commander has printed its message; help and version come as "errors" with exit code 0.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : usageExitCode;
    const error = toAppError(thrown);
    printError(error);
    return errorExitCode(error.code);
  }
}

process.exitCode = await main();
