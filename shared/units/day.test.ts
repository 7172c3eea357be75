import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { dayPattern, firstWeekday, formatDate, parseDay } from './day';
import { setFormatLocale } from './format';

afterEach(() => setFormatLocale(undefined));

/** Every order of the parts, other calendars (th, fa) and other digits (fa, ar-EG). */
const locales = ['en-GB', 'en-US', 'de-CH', 'sv-SE', 'ja-JP', 'hu-HU', 'ko-KR', 'fr-CA', 'th-TH', 'fa-IR', 'ar-EG'];

describe('a day', () => {
  it.each([
    ['en-GB', '24/11/2026'],
    ['en-US', '11/24/2026'],
    ['de-CH', '24.11.2026'],
    ['sv-SE', '2026-11-24'],
    ['ja-JP', '2026/11/24'],
  ])('is written in %s as %s', (locale, written) => {
    setFormatLocale(locale);
    expect(formatDate('2026-11-24')).toBe(written);
  });

  it.each([
    ['en-GB', 'dd/mm/yyyy'],
    ['en-US', 'mm/dd/yyyy'],
    ['de-CH', 'dd.mm.yyyy'],
    ['sv-SE', 'yyyy-mm-dd'],
  ])('has a pattern in %s: %s', (locale, pattern) => {
    setFormatLocale(locale);
    expect(dayPattern()).toBe(pattern);
  });

  it.each(locales)('is read in %s as it is written', (locale) => {
    setFormatLocale(locale);
    const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const day = date.toISOString().slice(0, 10);
        expect(parseDay(formatDate(day))).toBe(day);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ['en-GB', '3/4/2026', '2026-04-03'],
    ['en-US', '3/4/2026', '2026-03-04'],
    ['de-CH', ' 3. 4. 2026 ', '2026-04-03'],
    ['de-CH', '3.4.26', '2026-04-03'],
    ['sv-SE', '2026 4 3', '2026-04-03'],
    ['en-US', '2026-04-03', '2026-04-03'],
    ['th-TH', '3/4/2569', '2026-04-03'],
    ['fa-IR', '1405/9/3', '2026-11-24'],
  ])('is read in %s from "%s"', (locale, text, day) => {
    setFormatLocale(locale);
    expect(parseDay(text)).toBe(day);
  });

  it.each([
    ['en-GB', '31/02/2026'],
    ['en-GB', '11/24/2026'],
    ['en-GB', '24/11'],
    ['en-GB', '24/11/2026 14:21'],
    ['en-GB', '0/1/2026'],
    ['en-GB', '24/111/2026'],
    ['en-GB', '24/11/20266'],
    ['en-GB', '2026-02-31'],
    ['en-US', '24/11/2026'],
    ['de-CH', 'gestern'],
    ['de-CH', ''],
  ])('is not read in %s from "%s"', (locale, text) => {
    setFormatLocale(locale);
    expect(parseDay(text)).toBeUndefined();
  });

  it.each([
    ['en-US', 0],
    ['de-CH', 1],
    ['ar-EG', 6],
  ])('begins the week in %s with %i', (locale, weekday) => {
    setFormatLocale(locale);
    expect(firstWeekday()).toBe(weekday);
  });
});
