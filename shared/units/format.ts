const noValue = '\u2013';

/** How reports, files and the command line are written, which others read as well. */
const neutral = { numbers: 'en-US', times: 'en-GB' } as const;
let locale: { readonly numbers: string; readonly times: string } = neutral;

/**
 * Has this process write dates and numbers as a locale does (`de-CH`); undefined as reports and files have them. Takes a
 * language tag (BCP 47) that the platform knows. To be called before anything is written, as all texts of a window are
 * to agree.
 */
export function setFormatLocale(tag: string | undefined): void {
  locale = tag === undefined ? neutral : { numbers: tag, times: tag };
  numberFormats.clear();
  timeFormat = undefined;
  dayFormat = undefined;
}

/** The language tag that dates are written by. */
export function timesLocale(): string {
  return locale.times;
}

/** A number that is rounded as `toFixed` does and not grouped either, in the notation of the locale. */
function fixed(value: number, fractionDigits: number): string {
  if (isPlain(value)) return value.toFixed(fractionDigits);
  return numberFormat(fractionDigits, false).format(Number(value.toFixed(fractionDigits)));
}

/**
 * Whether a number looks the same without the platform's formats, which take a short command as long to load as all
 * else that it does: in the notation of reports, and not too large for plain digits.
 */
function isPlain(value: number): boolean {
  return locale === neutral && Math.abs(value) < 1e15;
}

/** Milliseconds with three significant digits and the unit that keeps the number short. */
export function formatLatency(latencyMs: number | null | undefined): string {
  if (latencyMs === null || latencyMs === undefined) return noValue;
  if (latencyMs >= 10_000) return `${fixed(latencyMs / 1000, 1)} s`;
  if (latencyMs >= 1000) return `${fixed(latencyMs / 1000, 2)} s`;
  if (latencyMs >= 100) return `${fixed(latencyMs, 0)} ms`;
  if (latencyMs >= 10) return `${fixed(latencyMs, 1)} ms`;
  return `${fixed(latencyMs, 2)} ms`;
}

/** Requests per second, unless the unit says otherwise. */
export function formatRate(rate: number | null | undefined, unit = 'req/s'): string {
  if (rate === null || rate === undefined) return noValue;
  return `${formatNumber(rate, rate < 100 ? 1 : 0)} ${unit}`;
}

/** A fraction as per cent; small fractions keep the digits that tell them from zero. */
export function formatShare(fraction: number | null | undefined): string {
  if (fraction === null || fraction === undefined) return noValue;
  const percent = fraction * 100;
  const size = Math.abs(percent);
  const digits = size !== 0 && size < 0.1 ? 3 : size < 10 ? 2 : 1;
  return `${fixed(percent, digits)} %`;
}

/** A fraction as whole per cent, for sentences. */
export function formatPercent(fraction: number): string {
  return `${Math.round(fraction * 100)} %`;
}

/** By the digits behind the point, and whether thousands are set apart. Made once: making one costs a hundred times as much as using it. */
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

/** A number with thousands separators, in the English notation of reports unless {@link setFormatLocale} says otherwise. */
export function formatNumber(value: number, fractionDigits = 0): string {
  if (isPlain(value) && Number.isInteger(value) && Math.abs(value) < 1_000) return value.toFixed(fractionDigits);
  return numberFormat(fractionDigits, true).format(value);
}

/** Elapsed or remaining time as `m:ss`. */
export function formatClock(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const dayFields = { day: '2-digit', month: '2-digit', year: 'numeric' } as const;
const clockFields = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;

/** Made once, and when they are first needed: making one takes a tenth of the time that a short command takes. */
let timeFormat: Intl.DateTimeFormat | undefined;
let dayFormat: Intl.DateTimeFormat | undefined;

/**
 * A moment in the time of this machine, in digits: `24/11/2026, 14:21:20`, or as the locale has it. Takes an ISO 8601
 * text.
 */
export function formatTime(iso: string): string {
  timeFormat ??= new Intl.DateTimeFormat(locale.times, { ...dayFields, ...clockFields });
  return timeFormat.format(new Date(iso));
}

/** The day of a moment as {@link formatTime} writes it. */
export function formatDay(iso: string): string {
  dayFormat ??= new Intl.DateTimeFormat(locale.times, dayFields);
  return dayFormat.format(new Date(iso));
}

const minuteMs = 60_000;
/** From so many ms on an age is told in this unit. A month is a twelfth of a year. */
const ageUnits = [
  ['year', 365 * 24 * 60 * minuteMs],
  ['month', (365 / 12) * 24 * 60 * minuteMs],
  ['day', 24 * 60 * minuteMs],
  ['hour', 60 * minuteMs],
  ['minute', minuteMs],
] as const;

/** How long ago a moment is, in the largest unit that it fills: `3 minutes ago`. What is to come is `just now`. */
export function formatAge(iso: string, nowMs: number): string {
  const ageMs = nowMs - Date.parse(iso);
  const [unit, unitMs] = ageUnits.find(([, leastMs]) => ageMs >= leastMs) ?? [];
  if (unit === undefined || unitMs === undefined) return 'just now';
  const count = Math.floor(ageMs / unitMs);
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}
