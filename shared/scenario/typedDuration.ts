import { formatDuration, parseDurationMs } from '../units/duration';
import { durationField } from './durationFields';

/** A duration in k6's notation, or the problem with the typed text, as a sentence. */
export type TypedDuration = { ok: true; duration: string } | { ok: false; problem: string };

/**
 * Reads a duration from a field of the window. It takes the notation of scenario files, and a plain number as seconds.
 * Files and the command line refuse plain numbers, which k6 takes as milliseconds; a field shows at once how it read
 * one.
 */
export function readTypedDuration(text: string): TypedDuration {
  const typed = text.trim();
  const seconds = /^[\d.]+(?:e\d+)?$/i.test(typed) ? Number(typed) : Number.NaN;
  const duration = Number.isFinite(seconds) ? formatDuration(Math.round(seconds * 1000)) : typed;
  const issue = durationField.safeParse(duration).error?.issues[0];
  if (issue) return { ok: false, problem: `${typed === '' ? 'An empty field' : `"${typed}"`} ${issue.message}.` };
  return (parseDurationMs(duration) ?? 0) < 1000
    ? { ok: false, problem: 'A run takes at least one second.' }
    : { ok: true, duration };
}
