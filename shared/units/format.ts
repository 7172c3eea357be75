const noValue = '\u2013';

/** Milliseconds with three significant digits and the unit that keeps the number short. */
export function formatLatency(latencyMs: number | null | undefined): string {
  if (latencyMs === null || latencyMs === undefined) return noValue;
  if (latencyMs >= 10_000) return `${(latencyMs / 1000).toFixed(1)} s`;
  if (latencyMs >= 1000) return `${(latencyMs / 1000).toFixed(2)} s`;
  if (latencyMs >= 100) return `${latencyMs.toFixed(0)} ms`;
  if (latencyMs >= 10) return `${latencyMs.toFixed(1)} ms`;
  return `${latencyMs.toFixed(2)} ms`;
}

/** Requests per second. */
export function formatRate(rate: number | null | undefined): string {
  if (rate === null || rate === undefined) return noValue;
  return `${formatNumber(rate, rate < 100 ? 1 : 0)} req/s`;
}

/** A fraction as per cent; small fractions keep the digits that tell them from zero. */
export function formatShare(fraction: number | null | undefined): string {
  if (fraction === null || fraction === undefined) return noValue;
  const percent = fraction * 100;
  const size = Math.abs(percent);
  const digits = size !== 0 && size < 0.1 ? 3 : size < 10 ? 2 : 1;
  return `${percent.toFixed(digits)} %`;
}

/** A fraction as whole per cent, for sentences. */
export function formatPercent(fraction: number): string {
  return `${Math.round(fraction * 100)} %`;
}

/** By the digits behind the point. Made once: making one costs a hundred times as much as using it. */
const numberFormats = new Map<number, Intl.NumberFormat>();

function numberFormat(fractionDigits: number): Intl.NumberFormat {
  const known = numberFormats.get(fractionDigits);
  if (known) return known;
  const made = new Intl.NumberFormat('en-US', {
    minimumFractionDigits: fractionDigits,
    maximumFractionDigits: fractionDigits,
  });
  numberFormats.set(fractionDigits, made);
  return made;
}

/** A number with thousands separators, always in the English notation that figures in reports use. */
export function formatNumber(value: number, fractionDigits = 0): string {
  return numberFormat(fractionDigits).format(value);
}

/** Elapsed or remaining time as `m:ss`. */
export function formatClock(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Made once, and when it is first needed: making it takes a tenth of the time that a short command takes. */
let timeFormat: Intl.DateTimeFormat | undefined;

/** A moment in the time of this machine: `24/11/2026, 14:21:20`. Takes an ISO 8601 text. */
export function formatTime(iso: string): string {
  timeFormat ??= new Intl.DateTimeFormat('en-GB', {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return timeFormat.format(new Date(iso));
}
