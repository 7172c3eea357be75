import type { Command } from 'commander';
import { numberOption } from './numberOption';

/** The most entries that a list can be asked for: as many as a query of the history may have. */
const mostEntries = 10_000;

/** The options of every command that prints a list. */
export interface ListOptions {
  json?: true;
  /** How many entries at most; all without it. */
  limit?: number;
}

const isLimit = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= mostEntries;

/** Adds `--json` and `--limit`. `what` are the entries, of which `most` are listed unless the user asks for another number. */
export function withListOptions(command: Command, what: string, most?: number): Command {
  return command
    .option('--json', 'print the list as JSON')
    .option(
      '--limit <n>',
      `number of ${what}`,
      numberOption(isLimit, `must be a whole number from 1 to ${mostEntries}`),
      most,
    );
}
