import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { deltaText } from '../report/wording/describeComparison';
import {
  formatAge,
  formatDay,
  formatLatency,
  formatNumber,
  formatRate,
  formatRunTime,
  formatShare,
  formatTime,
  setFormatLocale,
} from './format';

const moment = '2026-11-24T14:21:20Z';

afterEach(() => setFormatLocale(undefined));

/** Formats everything that depends on the locale, in one text. */
function everything(): string {
  return [
    formatLatency(12.34),
    formatLatency(806.4),
    formatLatency(12_345),
    formatLatency(3_600_040),
    formatRate(24_000),
    formatShare(0.0012),
    formatNumber(1_234.5, 1),
    deltaText({ ratio: 1.061, low: 1.04, high: 1.0001 }),
  ].join(' | ');
}

describe('seconds of a run', () => {
  it.each([
    [0, '0:00'],
    [7, '0:07'],
    [98, '1:38'],
    [3_661, '61:01'],
    [2.5, '0:02.5'],
    [-0.02, '0:00'],
    [-2.5, '-0:02.5'],
    [-3, '-0:03'],
    [59.96, '1:00'],
  ])('%d is %s', (second, text) => {
    expect(formatRunTime(second)).toBe(text);
  });

  it('have the decimal sign of the locale', () => {
    setFormatLocale('de-CH');
    expect(formatRunTime(0.5)).toBe('0:00.5');
    setFormatLocale('de-DE');
    expect(formatRunTime(0.5)).toBe('0:00,5');
  });
});

describe('numbers and times', () => {
  it('look the same with and without the formats of the platform', () => {
    const intl = (value: number, digits: number, useGrouping: boolean): string =>
      new Intl.NumberFormat('en-US', {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        useGrouping,
      }).format(value);
    const whole = fc.integer({ min: -1_500, max: 1_500 });
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 9.9, noNaN: true }), whole, (latencyMs, number) => {
        expect(formatLatency(latencyMs)).toBe(`${intl(Number(latencyMs.toFixed(2)), 2, false)} ms`);
        expect(formatLatency(latencyMs * 1e7)).toMatch(/^[\d.]+ m?s$/);
        expect(formatNumber(number)).toBe(intl(number, 0, true));
        expect(formatNumber(number, 1)).toBe(intl(number, 1, true));
      }),
    );
  });

  it('are written as reports and files have them where nobody says otherwise', () => {
    expect(everything()).toBe(
      '12.3 ms | 806 ms | 12.3 s | 3600.0 s | 24,000 req/s | 0.12 % | 1,234.5 | +6.1 % (95 % +4.0 % to 0 %)',
    );
    expect(formatDay(moment)).toBe('24/11/2026');
    expect(formatTime(moment)).toMatch(/^24\/11\/2026, \d\d:21:20$/);
  });

  it('are written by the locale of the user in all their forms', () => {
    setFormatLocale('de-DE');
    expect(everything()).toBe(
      '12,3 ms | 806 ms | 12,3 s | 3600,0 s | 24.000 req/s | 0,12 % | 1.234,5 | +6,1 % (95 % +4,0 % to 0 %)',
    );
    expect([formatDay(moment), formatTime(moment).slice(0, 12)]).toEqual(['24.11.2026', '24.11.2026, ']);
    setFormatLocale('en-US');
    expect(formatDay(moment)).toBe('11/24/2026');
  });

  it.each([
    [0, 'just now'],
    [-5_000, 'just now'],
    [59_999, 'just now'],
    [60_000, '1 minute ago'],
    [3_599_999, '59 minutes ago'],
    [7_200_000, '2 hours ago'],
    [86_400_000, '1 day ago'],
    [29 * 86_400_000, '29 days ago'],
    [31 * 86_400_000, '1 month ago'],
    [364 * 86_400_000, '11 months ago'],
    [2 * 365 * 86_400_000, '2 years ago'],
  ])('have an age of %i ms: %s', (ageMs, text) => {
    expect(formatAge(moment, Date.parse(moment) + ageMs)).toBe(text);
  });
});
