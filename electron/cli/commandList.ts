import { toolNames } from '../../shared/interchange/importedResult';

/** The entry of a command in the list of all commands. */
export interface ListedCommand {
  /** Its name and arguments, as `proofload --help` shows them. */
  synopsis: string;
  description: string;
}

/**
 * The commands in the order of the help. Each command repeats its description, but loading the code of all commands
 * takes as long as everything else.
 */
export const commandList = {
  run: { synopsis: 'run [options] <level-or-file>', description: 'run a level or a scenario file' },
  climb: { synopsis: 'climb [options]', description: 'run the levels in order until one stays locked' },
  capacity: {
    synopsis: 'capacity [options] [level-or-file]',
    description:
      'find the highest arrival rate at which all thresholds pass, in journeys per second if the scenario has journeys',
  },
  experiment: {
    synopsis: 'experiment [options]',
    description: 'compare engines, settings or services in interleaved runs, with a verdict',
  },
  options: {
    synopsis: 'options [options]',
    description: "compare the report's claims about its storage options with measurements, and recommend one",
  },
  calibrate: {
    synopsis: 'calibrate [options]',
    description: "measure the limits of this machine's load generator, in about half a minute",
  },
  conformance: {
    synopsis: 'conformance [options]',
    description: 'check an engine for lost writes, mixed-up tenants and stale reads',
  },
  serve: {
    synopsis: 'serve [options] [level-or-file]',
    description: 'start the document service for another load generator; Ctrl-C ends it',
  },
  levels: { synopsis: 'levels [options]', description: 'list the levels of the ladder' },
  engines: {
    synopsis: 'engines [options]',
    description: 'list the storage engines and their settings; PROOFLOAD_STORAGE chooses the default',
  },
  history: { synopsis: 'history', description: 'list, show and edit saved runs' },
  compare: {
    synopsis: 'compare [options] <runs...>',
    description: 'compare saved or imported runs with the first of them',
  },
  export: {
    synopsis: 'export [options] <level-or-run>',
    description: 'export a saved run, or a scenario as a script for k6 or Artillery',
  },
  import: {
    synopsis: 'import [options] <files...>',
    description: `import results of ${Object.values(toolNames).join(', ')}, or runs of another Proofload`,
  },
  scenario: {
    synopsis: 'scenario',
    description: 'make a scenario file from requests that you have, check one, and try its journeys',
  },
} as const satisfies Record<string, ListedCommand>;

export type CommandName = keyof typeof commandList;

export const commandNames = Object.keys(commandList).filter(isCommandName);

/** Whether a word names a command. */
export function isCommandName(word: string): word is CommandName {
  return Object.hasOwn(commandList, word);
}

/** The command in the arguments, or the command whose help they request. Undefined when they name none. */
export function askedCommand(args: readonly string[]): CommandName | undefined {
  const [first, second] = args.filter((argument) => !argument.startsWith('-'));
  const asked = first === 'help' ? second : first;
  return asked !== undefined && isCommandName(asked) ? asked : undefined;
}
