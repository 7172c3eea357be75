import { InvalidArgumentError } from 'commander';
import { parseDurationMs } from '../../../shared/units/duration';

/** Checks a duration in k6's notation, and leaves it as it was written. */
export function durationOption(text: string): string {
  if (parseDurationMs(text) === undefined)
    throw new InvalidArgumentError('must be a duration such as 500ms, 30s or 2m');
  return text;
}
