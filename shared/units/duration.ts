const unitMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const durationPattern = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/;

/** The maximum duration in a scenario: one day. */
export const maxDurationMs = 24 * 3_600_000;

/**
 * Parses a duration in k6's (Go's) notation: `500ms`, `30s`, `1m30s`, `1.5h`. Returns milliseconds, or undefined when
 * the text is not a duration.
 */
export function parseDurationMs(text: string): number | undefined {
  if (text === '0') return 0;
  if (!durationPattern.test(text)) return undefined;
  let totalMs = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    totalMs += Number(amount) * (unitMs[unit ?? ''] ?? Number.NaN);
  }
  return Number.isFinite(totalMs) ? totalMs : undefined;
}

/** Returns the shortest notation that {@link parseDurationMs} parses to the same number of milliseconds. */
export function formatDuration(durationMs: number): string {
  if (durationMs === 0) return '0s';
  let restMs = durationMs;
  let text = '';
  for (const unit of ['h', 'm', 's'] as const) {
    const size = unitMs[unit] ?? 1;
    const amount = Math.floor(restMs / size);
    if (amount > 0) text += `${amount}${unit}`;
    restMs -= amount * size;
  }
  return restMs > 0 ? `${text}${restMs}ms` : text;
}
