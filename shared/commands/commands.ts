import { quickDuration } from '../run/quickRun';

/** The groups of commands: menus, and headings in the palette. */
export const commandGroups = ['file', 'run', 'view', 'help'] as const;
export type CommandGroup = (typeof commandGroups)[number];

export const groupTitles: Record<CommandGroup, string> = { file: 'File', run: 'Run', view: 'View', help: 'Help' };

export interface CommandDescription {
  title: string;
  group: CommandGroup;
  /**
   * The key of the command: a single letter or sign, or Electron's notation with `CmdOrCtrl+`, which is Cmd on macOS
   * and Ctrl elsewhere.
   */
  key?: string;
}

/** All commands of the menu, of keys and of the palette. A command that is missing here is missing in all three. */
export const commands = {
  'new-scenario': { title: 'New scenario', group: 'file' },
  'open-sample': { title: 'Open the sample run', group: 'file' },
  import: { title: 'Import results …', group: 'file', key: 'CmdOrCtrl+O' },
  'export-page': { title: 'Save the run as HTML …', group: 'file', key: 'CmdOrCtrl+S' },
  'copy-text': { title: 'Copy the run as text', group: 'file' },
  'copy-markdown': { title: 'Copy the run as Markdown', group: 'file', key: 'CmdOrCtrl+Shift+C' },
  'copy-link': { title: 'Copy a link to the run', group: 'file' },
  'new-window': { title: 'New window', group: 'file', key: 'CmdOrCtrl+N' },
  'show-settings': { title: 'Settings', group: 'file', key: 'CmdOrCtrl+,' },
  start: { title: 'Run the selected level', group: 'run', key: 'R' },
  stop: { title: 'Stop the run', group: 'run', key: 'S' },
  climb: { title: 'Climb the levels', group: 'run' },
  quick: { title: `Turn quick runs of ${quickDuration} on or off`, group: 'run', key: 'Q' },
  calibrate: { title: 'Calibrate the generator', group: 'run' },
  baseline: { title: 'Set or clear the open run as the baseline', group: 'run', key: 'B' },
  'show-overview': { title: 'Overview', group: 'view', key: 'V' },
  'show-run': { title: 'Run screen', group: 'view', key: 'G' },
  'show-scenarios': { title: 'Scenarios', group: 'view', key: 'E' },
  'show-options': { title: 'Options and experiments', group: 'view', key: 'O' },
  'show-history': { title: 'History', group: 'view', key: 'H' },
  'show-compare': { title: 'Compare runs', group: 'view', key: 'C' },
  'show-integrity': { title: 'Engine integrity', group: 'view', key: 'I' },
  'theme-dark': { title: 'Dark theme', group: 'view' },
  'theme-light': { title: 'Light theme', group: 'view' },
  'theme-system': { title: 'System theme', group: 'view' },
  palette: { title: 'Find a command or a run', group: 'help', key: 'CmdOrCtrl+K' },
  keys: { title: 'Keyboard shortcuts', group: 'help', key: '?' },
} as const satisfies Record<string, CommandDescription>;

export type CommandId = keyof typeof commands;

function isCommandId(text: string): text is CommandId {
  return Object.hasOwn(commands, text);
}

/** In the order of menus and palette. */
export const commandIds: readonly CommandId[] = Object.keys(commands).filter(isCommandId);

/** Returns the description of a command, with its key if it has one. */
export function describeCommand(id: CommandId): CommandDescription {
  return commands[id];
}
