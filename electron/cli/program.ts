import { Command, Help, type Option } from 'commander';
import { z } from 'zod';
import packageJson from '../../package.json';
import { redactText } from '../../shared/secrets/redact';
import { dataFolder } from '../app/dataFolder';
import { closeDataFolder } from '../system/privateFiles';
import { print, printToStderr } from '../system/terminal';
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
import { scenarioCommand } from './commands/scenario';
import { serveCommand } from './commands/serve';

/** An option with what it is by default; that a list is empty until something is added needs no words. */
function describeOption(option: Option): string {
  const isEmptyList = Array.isArray(option.defaultValue) && option.defaultValue.length === 0;
  return isEmptyList ? option.description : new Help().optionDescription(option);
}

const dataDirSchema = z.object({ dataDir: z.string().optional() });

/** The data folder that a command was given. */
function dataDirOf(command: Command): string | undefined {
  return dataDirSchema.parse(command.opts()).dataDir;
}

/** The command line with all its commands. `builtFolder` holds the programs of the workers. */
export function buildProgram(builtFolder: string): Command {
  const program = new Command('proofload')
    .description('Stress-test a data service, trust the number, find where the time went, choose the option.')
    .version(packageJson.version)
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: (text) => printToStderr(redactText(text)) })
    .hook('preAction', (_program, command) => closeDataFolder(dataFolder(dataDirOf(command))))
    .configureHelp({ optionDescription: describeOption })
    .showHelpAfterError('(proofload --help lists the commands, proofload run --help the options)');
  const self = { version: packageJson.version, workerFolder: builtFolder };
  program.addCommand(runCommand(self));
  program.addCommand(climbCommand(self));
  program.addCommand(capacityCommand(self));
  program.addCommand(experimentCommand(self));
  program.addCommand(optionsCommand(self));
  program.addCommand(calibrateCommand(self));
  program.addCommand(conformanceCommand(self));
  program.addCommand(serveCommand(self));
  program.addCommand(levelsCommand());
  program.addCommand(enginesCommand());
  program.addCommand(historyCommand());
  program.addCommand(compareCommand());
  program.addCommand(exportCommand());
  program.addCommand(importCommand());
  program.addCommand(scenarioCommand());
  // Sub-commands added as objects do not inherit these settings.
  for (const command of [...program.commands, ...program.commands.flatMap((parent) => parent.commands)])
    command.copyInheritedSettings(program);
  return program;
}
