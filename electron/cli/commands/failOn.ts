import { type Command, Option } from 'commander';

/** The outcomes that can be made failures. */
const outcomes = ['worse'] as const;
type FailOn = (typeof outcomes)[number];

/** What a comparison exits with where it is not better. */
export interface FailOptions {
  failOn?: FailOn;
  /** What can't be told is no success. */
  strict?: true;
}

/** Adds `--fail-on worse`, the exit code 99 where `when` is proven, and `--strict`, 75 where that can't be told. */
export function withFailOptions(command: Command, when: string): Command {
  return command
    .addOption(new Option('--fail-on <outcome>', `exit with code 99 when ${when}`).choices(outcomes))
    .option('--strict', "exit with code 75 when that can't be told");
}
