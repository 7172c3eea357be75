import { InvalidArgumentError } from 'commander';

/** Parses a number, or refuses it with what is required of it. */
export function numberOption(check: (value: number) => boolean, requirement: string): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!Number.isFinite(value) || !check(value)) throw new InvalidArgumentError(requirement);
    return value;
  };
}

/** A whole number from 1. */
export const isCount = (value: number): boolean => Number.isInteger(value) && value > 0;

/** Parses a port of TCP; 0 stands for a free one. */
export const portOption = numberOption(
  (value) => Number.isInteger(value) && value >= 0 && value <= 65_535,
  'must be a port number',
);
