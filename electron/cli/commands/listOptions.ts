import type { Command } from 'commander';
import { numberOption } from './numberOption';

/** The maximum number of entries in a list, as in a query of the history. */
const mostEntries = 10_000;

/** The options of every command that prints a list. */
export interface ListOptions {
  json?: true;
  /** The maximum number of entries. Without it, all are listed. */
  limit?: number;
}

const isLimit = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= mostEntries;

/** Adds `--json` and `--limit`. `what` names the entries. `most` is the default limit. */
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
