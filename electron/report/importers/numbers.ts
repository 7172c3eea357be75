import { z } from 'zod';

/* Numbers, durations and times as tools write them. Anything else is NaN, never zero. */

/** JMeter writes less than one without a zero: `.28663`. */
const plain = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * Parses the number in a cell. The decimal separator is a point or, as spreadsheets of many countries write it, a
 * comma. There are no thousands separators: `1,234` is a little more than one, which no count accepts.
 */
export function parseDecimal(text: string): number {
  const trimmed = text.trim();
  if (plain.test(trimmed)) return Number(trimmed);
  return /^[+-]?\d*,\d+$/.test(trimmed) ? Number(trimmed.replace(',', '.')) : Number.NaN;
}

/** A cell that must hold a number from 0. */
export const decimalCell = z.string().transform(parseDecimal).pipe(z.number().nonnegative());
/** A cell that must hold a whole number from 0. */
export const countCell = z.string().transform(parseDecimal).pipe(z.int().nonnegative());

/** Returns a unit of time in ms. Any non-ASCII text before `s` is a micro sign, intact or damaged by a code page. */
function unitMs(unit: string): number {
  if (/^[^\x20-\x7e]+s$/.test(unit)) return 0.001;
  switch (unit.toLowerCase()) {
    case 'ns':
      return 1e-6;
    case 'us':
      return 0.001;
    case 'ms':
      return 1;
    case 's':
    case 'sec':
    case 'secs':
    case 'second':
    case 'seconds':
      return 1_000;
    case 'm':
    case 'min':
      return 60_000;
    case 'h':
    case 'hour':
      return 3_600_000;
    default:
      return Number.NaN;
  }
}

/** Parses a duration as tools print it, in ms: `1.5ms`, `2 secs`, or `1m30.5s` of Go. Returns NaN for anything else. */
export function parseDurationMs(text: string): number {
  const trimmed = text.trim();
  if (trimmed === '0') return 0;
  const parts = [...trimmed.matchAll(/(\d+(?:[.,]\d+)?)\s*([a-z]+|[^\x20-\x7e]+s)/gi)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== trimmed.replace(/(?<=[a-z])\s+(?=\d)/gi, ''))
    return Number.NaN;
  const sum = parts.reduce((total, [, amount = '', unit = '']) => total + parseDecimal(amount) * unitMs(unit), 0);
  // Removes the rounding noise of binary fractions.
  return Math.round(sum * 1e6) / 1e6;
}

/** Parses an RFC 3339 time, in ms since 1970, with all digits of its fraction. Returns NaN for anything else. */
export function parseTimeMs(text: string): number {
  const [, head = '', fraction = '0', zone = ''] =
    /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:?\d\d)$/i.exec(text) ?? [];
  return Date.parse(`${head.replace(' ', 'T')}${zone}`) + Number(`0.${fraction}`) * 1_000;
}

/** Returns a known value, and null for NaN or a missing one. */
export function known(value: number | null | undefined): number | null {
  return value === null || value === undefined || !Number.isFinite(value) ? null : value;
}

/** Returns the first number that `pattern` captures; undefined without a match. */
export function numberIn(text: string, pattern: RegExp): number | undefined {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? undefined : parseDecimal(found);
}
