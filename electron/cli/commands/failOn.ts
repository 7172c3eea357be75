import { type Command, Option } from 'commander';

/** The outcomes that can be made failures. */
const outcomes = ['worse'] as const;
type FailOn = (typeof outcomes)[number];

/** The options for the exit code of a comparison that is not better. */
export interface FailOptions {
  failOn?: FailOn;
  /** An undecided comparison is not a success. */
  strict?: true;
}

/** Adds `--fail-on worse` (exit code 99 when `when` is proven) and `--strict` (exit code 75 when that is undecided). */
export function withFailOptions(command: Command, when: string): Command {
  return command
    .addOption(new Option('--fail-on <outcome>', `exit with code 99 when ${when}`).choices(outcomes))
    .option('--strict', "exit with code 75 when the comparison can't tell");
}
