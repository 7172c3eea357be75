import { z } from 'zod';
import { timesLocale } from './format';

const weekdays = [0, 1, 2, 3, 4, 5, 6] as const;
const dayMs = 24 * 60 * 60 * 1000;
/** The first and the last day of four-digit years, in days since 1970. */
const firstDay = Date.UTC(1000, 0, 1) / dayMs;
const lastDay = Date.UTC(9999, 11, 31) / dayMs;

/** A day without a time is the same everywhere. It is formatted in the time zone in which it is computed. */
function digitsFormat(): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(timesLocale(), { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' });
}

/** Formats a day (`2026-11-24`) in the digits and the order of the locale: `24/11/2026`. */
export function formatDate(day: string): string {
  return digitsFormat().format(new Date(day));
}

const weekInfoSchema = z.object({ firstDay: z.int().min(1).max(7) });

/**
 * Returns the first day of a week in the region of the locale, 0 for Sunday; Monday when the platform does not know it.
 */
export function firstWeekday(): 0 | 1 | 2 | 3 | 4 | 5 | 6 {
  const locale: Intl.Locale & { getWeekInfo?(): unknown } = new Intl.Locale(timesLocale());
  const known = weekInfoSchema.safeParse(locale.getWeekInfo?.());
  return weekdays[known.success ? known.data.firstDay % 7 : 1] ?? 1;
}

type Part = 'year' | 'month' | 'day';
const parts: readonly Part[] = ['year', 'month', 'day'];

function isPart(type: string): type is Part {
  return parts.some((part) => part === type);
}

const letters: Record<Part, string> = { day: 'dd', month: 'mm', year: 'yyyy' };

/** Returns the pattern of days in the locale: `dd/mm/yyyy`. */
export function dayPattern(): string {
  return digitsFormat()
    .formatToParts(0)
    .map(({ type, value }) => (isPart(type) ? letters[type] : type === 'literal' ? value : ''))
    .join('');
}

/** Returns the ten digits of a locale, by value. */
function digitsOf(locale: string): string[] {
  return [...new Intl.NumberFormat(locale, { useGrouping: false }).format(9_876_543_210)].reverse();
}

/** Returns the numbers in a text, in the digits of the locale or in 0 to 9. */
function numbersIn(text: string, digits: readonly string[]): string[] {
  const latin = [...text].map((char) => {
    const value = digits.indexOf(char);
    return value < 0 ? char : String(value);
  });
  return latin.join('').match(/\d+/g) ?? [];
}

function isoDay(daysSince1970: number): string {
  return new Date(daysSince1970 * dayMs).toISOString().slice(0, 10);
}

/**
 * Parses a day in the notation of the locale to `2026-11-24`: three numbers in its order, calendar and digits, with any
 * separators. A two-digit year is in this century. ISO 8601 is accepted everywhere. Undefined when there is no such
 * day.
 */
export function parseDay(text: string): string | undefined {
  const iso = /^\s*(\d{4}-\d{2}-\d{2})\s*$/.exec(text)?.[1];
  if (iso !== undefined && !Number.isNaN(Date.parse(iso)) && isoDay(Date.parse(iso) / dayMs) === iso) return iso;
  const format = digitsFormat();
  const digits = digitsOf(timesLocale());
  const numberedParts = (daysSince1970: number) =>
    format.formatToParts(new Date(daysSince1970 * dayMs)).flatMap(({ type, value }) => {
      const [number] = numbersIn(value, digits);
      return isPart(type) && number !== undefined ? [{ type, number: Number(number) }] : [];
    });
  /** Increases from day to day in every calendar that counts years from one epoch. */
  const rankOf = (of: readonly { type: Part; number: number }[]): number =>
    parts.reduce((rank, part) => rank * 100 + (of.find(({ type }) => type === part)?.number ?? 0), 0);

  const today = numberedParts(Math.floor(Date.now() / dayMs));
  const numbers = numbersIn(text, digits);
  if (numbers.length !== today.length) return undefined;
  const typed = today.map(({ type, number: now }, index) => {
    const entered = numbers[index] ?? '';
    const isShort = type === 'year' && entered.length <= 2;
    return { type, number: Number(entered) + (isShort ? now - (now % 100) : 0) };
  });
  if (typed.some(({ type, number }) => type !== 'year' && number > 99)) return undefined;

  const wanted = rankOf(typed);
  let [low, high] = [firstDay, lastDay];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (rankOf(numberedParts(middle)) < wanted) low = middle + 1;
    else high = middle;
  }
  return rankOf(numberedParts(low)) === wanted ? isoDay(low) : undefined;
}
