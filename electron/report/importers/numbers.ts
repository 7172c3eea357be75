import { z } from 'zod';

/* Numbers, durations and times as the texts of tools have them. What is none is NaN, never zero. */

const plain = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * A number in a cell, with a point or, as spreadsheets of many countries write it, a comma before its fraction.
 * Thousands are never set apart: `1,234` is a little more than one, which no count accepts.
 */
export function parseDecimal(text: string): number {
  const trimmed = text.trim();
  if (plain.test(trimmed)) return Number(trimmed);
  return /^[+-]?\d+,\d+$/.test(trimmed) ? Number(trimmed.replace(',', '.')) : Number.NaN;
}

/** A cell that must hold a number from 0. */
export const decimalCell = z.string().transform(parseDecimal).pipe(z.number().nonnegative());
/** A cell that must hold a whole number from 0. */
export const countCell = z.string().transform(parseDecimal).pipe(z.int().nonnegative());

/** Units of time in ms. Whatever is not ASCII before an `s` is a micro sign, damaged by a code page or not. */
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

/** A duration as tools print it, in ms: `1.5ms`, `2 secs`, `1m30.5s` of Go. NaN for anything else. */
export function parseDurationMs(text: string): number {
  const trimmed = text.trim();
  if (trimmed === '0') return 0;
  const parts = [...trimmed.matchAll(/(\d+(?:[.,]\d+)?)\s*([a-z]+|[^\x20-\x7e]+s)/gi)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== trimmed.replace(/(?<=[a-z])\s+(?=\d)/gi, ''))
    return Number.NaN;
  const sum = parts.reduce((total, [, amount = '', unit = '']) => total + parseDecimal(amount) * unitMs(unit), 0);
  // The noise of binary fractions.
  return Math.round(sum * 1e6) / 1e6;
}

/** The time of an RFC 3339 text in ms since 1970, with all digits of its fraction. NaN for anything else. */
export function parseTimeMs(text: string): number {
  const [, head = '', fraction = '0', zone = ''] =
    /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:?\d\d)$/i.exec(text) ?? [];
  return Date.parse(`${head.replace(' ', 'T')}${zone}`) + Number(`0.${fraction}`) * 1_000;
}

/** What is known, or null for NaN and what is missing. */
export function known(value: number | null | undefined): number | null {
  return value === null || value === undefined || !Number.isFinite(value) ? null : value;
}

/** The first number that `pattern` captures in a text; undefined without one. */
export function numberIn(text: string, pattern: RegExp): number | undefined {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? undefined : parseDecimal(found);
}
