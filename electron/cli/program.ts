import { Command, Help, type Option } from 'commander';
import { z } from 'zod';
import packageJson from '../../package.json';
import { redactText } from '../../shared/secrets/redact';
import { dataFolder } from '../app/dataFolder';
import { closeDataFolder } from '../system/privateFiles';
import { print, printToStderr } from '../system/terminal';
import { type CommandName, commandList, commandNames, isCommandName } from './commandList';
import type { Program } from './commands/withServices';

/** The code of each command, loaded on demand. */
const makers: Readonly<Record<CommandName, (self: Program) => Promise<Command>>> = {
  run: async (self) => (await import('./commands/run')).runCommand(self),
  climb: async (self) => (await import('./commands/climb')).climbCommand(self),
  capacity: async (self) => (await import('./commands/capacity')).capacityCommand(self),
  experiment: async (self) => (await import('./commands/experiment')).experimentCommand(self),
  options: async (self) => (await import('./commands/options')).optionsCommand(self),
  calibrate: async (self) => (await import('./commands/calibrate')).calibrateCommand(self),
  conformance: async (self) => (await import('./commands/conformance')).conformanceCommand(self),
  serve: async (self) => (await import('./commands/serve')).serveCommand(self),
  levels: async () => (await import('./commands/levels')).levelsCommand(),
  engines: async () => (await import('./commands/engines')).enginesCommand(),
  history: async () => (await import('./commands/history')).historyCommand(),
  compare: async () => (await import('./commands/compare')).compareCommand(),
  export: async () => (await import('./commands/export')).exportCommand(),
  import: async () => (await import('./commands/import')).importCommand(),
  scenario: async (self) => (await import('./commands/scenario')).scenarioCommand(self),
};

/** The description of an option with its default value, unless that is an empty list. */
function describeOption(option: Option): string {
  const isEmptyList = Array.isArray(option.defaultValue) && option.defaultValue.length === 0;
  return isEmptyList ? option.description : new Help().optionDescription(option);
}

/** A command as the list shows it, with all its subcommands. */
function describeCommand(command: Command): string {
  const name = command.name();
  const isListed = command.parent?.parent === null && isCommandName(name);
  return isListed ? commandList[name].synopsis : new Help().subcommandTerm(command);
}

const dataDirSchema = z.object({ dataDir: z.string().optional() });

/** The data folder in the options of a command. */
function dataDirOf(command: Command): string | undefined {
  return dataDirSchema.parse(command.opts()).dataDir;
}

/**
 * The command line. The commands in `asked` can be run. Of the others it has only the help text, and the names for
 * suggestions about misspelt commands. `builtFolder` holds the programs of the workers.
 */
export async function buildProgram(builtFolder: string, asked: readonly CommandName[]): Promise<Command> {
  const program = new Command('proofload')
    .description(
      'Stress-test a data service: see whether to trust the result, where the time went, and which option to choose.',
    )
    .version(packageJson.version)
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: (text) => printToStderr(redactText(text)) })
    .hook('preAction', (_program, command) => closeDataFolder(dataFolder(dataDirOf(command))))
    .configureHelp({ optionDescription: describeOption, subcommandTerm: describeCommand })
    .showHelpAfterError('(proofload --help lists the commands, proofload run --help the options)');
  const self = { version: packageJson.version, workerFolder: builtFolder };
  const made = commandNames.map((name) =>
    asked.includes(name) ? makers[name](self) : new Command(name).description(commandList[name].description),
  );
  for (const command of await Promise.all(made)) program.addCommand(command);
  // Subcommands that are added as objects do not inherit these settings.
  for (const command of [...program.commands, ...program.commands.flatMap((parent) => parent.commands)])
    command.copyInheritedSettings(program);
  return program;
}
