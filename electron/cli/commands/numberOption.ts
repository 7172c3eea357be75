import { InvalidArgumentError } from 'commander';

/** Parses a number, or rejects it with the given requirement. */
export function numberOption(check: (value: number) => boolean, requirement: string): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!Number.isFinite(value) || !check(value)) throw new InvalidArgumentError(requirement);
    return value;
  };
}

/** A positive integer. */
export const isCount = (value: number): boolean => Number.isInteger(value) && value > 0;

/** Parses a TCP port. 0 selects a free port. */
export const portOption = numberOption(
  (value) => Number.isInteger(value) && value >= 0 && value <= 65_535,
  'must be a port number',
);
