import { Option } from 'commander';

/** The outcomes that can be made failures. */
const outcomes = ['worse'] as const;
export type FailOn = (typeof outcomes)[number];

/** `--fail-on worse`: the exit code 99 where `when` is proven. */
export function failOnOption(when: string): Option {
  return new Option('--fail-on <outcome>', `exit with code 99 when ${when}`).choices(outcomes);
}
