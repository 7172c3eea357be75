import type { Moment } from '../../../shared/moments/moments';

/** The seconds that are shown on each side of a moment, enough to see the normal level. */
const marginS = 10;

/** The range in which to show a moment: with the margin on both sides, within the run. */
export function zoomAround(
  { t, durationS }: Pick<Moment, 't' | 'durationS'>,
  endS: number,
): { from: number; to: number } {
  const margin = Math.max(marginS, Math.ceil(durationS / 2));
  const from = t - 1;
  return { from: Math.max(0, from - margin), to: Math.min(Math.max(endS, 1), from + durationS + margin) };
}
