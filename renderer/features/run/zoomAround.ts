import type { Moment } from '../../../shared/moments/moments';

/** What is shown on each side of a moment, in seconds: enough to see what is usual. */
const marginS = 10;

/** The stretch of seconds to look at a moment in: with what is usual on both sides, within the run. */
export function zoomAround(
  { t, durationS }: Pick<Moment, 't' | 'durationS'>,
  endS: number,
): { from: number; to: number } {
  const margin = Math.max(marginS, Math.ceil(durationS / 2));
  const from = t - 1;
  return { from: Math.max(0, from - margin), to: Math.min(Math.max(endS, 1), from + durationS + margin) };
}
