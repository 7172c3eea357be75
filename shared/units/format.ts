const noValue = '\u2013';

/** The format of reports, files and the command line, which other people read as well. */
const neutral = { numbers: 'en-US', times: 'en-GB' } as const;
let locale: { readonly numbers: string; readonly times: string } = neutral;

/**
 * Sets the locale for dates and numbers of this process (`de-CH`); undefined is the format of reports and files.
 * Expects a language tag (BCP 47) that the platform knows. Call it before anything is formatted, because all texts of a
 * window must agree.
 */
export function setFormatLocale(tag: string | undefined): void {
  locale = tag === undefined ? neutral : { numbers: tag, times: tag };
  numberFormats.clear();
  timeFormat = undefined;
  dayFormat = undefined;
}

/** Returns the language tag for dates. */
export function timesLocale(): string {
  return locale.times;
}

/** Rounds a number like `toFixed`, without grouping, in the notation of the locale. */
function fixed(value: number, fractionDigits: number): string {
  if (isPlain(value)) return value.toFixed(fractionDigits);
  return numberFormat(fractionDigits, false).format(Number(value.toFixed(fractionDigits)));
}

/**
 * Whether a number needs no platform format, because it is in the notation of reports and not too large for plain
 * digits. Loading the platform's formats takes a short command as long as everything else that it does.
 */
function isPlain(value: number): boolean {
  return locale === neutral && Math.abs(value) < 1e15;
}

/** Formats milliseconds with three significant digits and the unit that keeps the number short. */
export function formatLatency(latencyMs: number | null | undefined): string {
  if (latencyMs === null || latencyMs === undefined) return noValue;
  if (latencyMs >= 10_000) return `${fixed(latencyMs / 1000, 1)} s`;
  if (latencyMs >= 1000) return `${fixed(latencyMs / 1000, 2)} s`;
  if (latencyMs >= 100) return `${fixed(latencyMs, 0)} ms`;
  if (latencyMs >= 10) return `${fixed(latencyMs, 1)} ms`;
  return `${fixed(latencyMs, 2)} ms`;
}

/** Formats requests per second, or another unit. */
export function formatRate(rate: number | null | undefined, unit = 'req/s'): string {
  if (rate === null || rate === undefined) return noValue;
  return `${formatNumber(rate, rate < 100 ? 1 : 0)} ${unit}`;
}

/** Formats a fraction as a percentage. Small fractions keep the digits that distinguish them from zero. */
export function formatShare(fraction: number | null | undefined): string {
  if (fraction === null || fraction === undefined) return noValue;
  const percent = fraction * 100;
  const size = Math.abs(percent);
  const digits = size !== 0 && size < 0.1 ? 3 : size < 10 ? 2 : 1;
  return `${fixed(percent, digits)} %`;
}

/** Formats a fraction as a whole percentage, for sentences. */
export function formatPercent(fraction: number): string {
  return `${Math.round(fraction * 100)} %`;
}

/**
 * By fraction digits and grouping. They are cached, because creating a format takes a hundred times as long as using
 * it.
 */
const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(fractionDigits: number, useGrouping: boolean): Intl.NumberFormat {
  const key = `${fractionDigits} ${useGrouping}`;
  const known = numberFormats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale.numbers, {
    minimumFractionDigits: fractionDigits,
    maximumFractionDigits: fractionDigits,
    useGrouping,
  });
  numberFormats.set(key, made);
  return made;
}

/**
 * Formats a number with thousands separators, in the English notation of reports unless {@link setFormatLocale} changed
 * it.
 */
export function formatNumber(value: number, fractionDigits = 0): string {
  if (isPlain(value) && Number.isInteger(value) && Math.abs(value) < 1_000) return value.toFixed(fractionDigits);
  return numberFormat(fractionDigits, true).format(value);
}

/** Formats elapsed or remaining time as `m:ss`. */
export function formatClock(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/**
 * Formats a second of a run as `m:ss`, as all lists and charts over time do: `1:38`. The warm-up is before 0: `-0:03`.
 * A fraction has one digit: `0:02.5`.
 */
export function formatRunTime(second: number): string {
  const tenths = Math.round(Math.abs(second) * 10);
  const fraction = tenths % 10 === 0 ? '' : fixed((tenths % 10) / 10, 1).slice(1);
  return `${second < 0 && tenths > 0 ? '-' : ''}${formatClock(Math.floor(tenths / 10) * 1_000)}${fraction}`;
}

const dayFields = { day: '2-digit', month: '2-digit', year: 'numeric' } as const;
const clockFields = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;

/** Created on first use, because creating one takes a tenth of the time of a short command. */
let timeFormat: Intl.DateTimeFormat | undefined;
let dayFormat: Intl.DateTimeFormat | undefined;

/** Formats a moment in local time, in digits: `24/11/2026, 14:21:20`, or as in the locale. Expects an ISO 8601 text. */
export function formatTime(iso: string): string {
  timeFormat ??= new Intl.DateTimeFormat(locale.times, { ...dayFields, ...clockFields });
  return timeFormat.format(new Date(iso));
}

/** Formats the day of a moment like {@link formatTime}. */
export function formatDay(iso: string): string {
  dayFormat ??= new Intl.DateTimeFormat(locale.times, dayFields);
  return dayFormat.format(new Date(iso));
}

const minuteMs = 60_000;
/** The minimum age in ms for each unit. A month is a twelfth of a year. */
const ageUnits = [
  ['year', 365 * 24 * 60 * minuteMs],
  ['month', (365 / 12) * 24 * 60 * minuteMs],
  ['day', 24 * 60 * minuteMs],
  ['hour', 60 * minuteMs],
  ['minute', minuteMs],
] as const;

/**
 * Formats the age of a moment in the largest unit that it fills: `3 minutes ago`. A moment in the future is `just now`.
 */
export function formatAge(iso: string, nowMs: number): string {
  const ageMs = nowMs - Date.parse(iso);
  const [unit, unitMs] = ageUnits.find(([, leastMs]) => ageMs >= leastMs) ?? [];
  if (unit === undefined || unitMs === undefined) return 'just now';
  const count = Math.floor(ageMs / unitMs);
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}
