import type { MomentMark } from '../../../shared/report/charts/momentMarks';

/** How far from a second a mark may be to be meant, as a share of what is seen: some ten pixels. */
const reach = 0.01;

/** How far a second, which is drawn at its end, is from those of a mark; 0 within it. */
function distanceS({ fromS, toS }: MomentMark, second: number): number {
  return Math.max(0, fromS + 1 - second, second - toS);
}

/**
 * The mark that is meant by a second in a chart that shows the seconds of `range`: the one that it lies in, or the
 * nearest within a hundredth of the chart.
 */
export function markAt(
  marks: readonly MomentMark[],
  second: number | undefined,
  [from, to]: readonly [number, number],
): MomentMark | undefined {
  if (second === undefined) return undefined;
  let best: MomentMark | undefined;
  let bestS = (to - from) * reach;
  for (const mark of marks) {
    const awayS = distanceS(mark, second);
    if (awayS < bestS) [best, bestS] = [mark, awayS];
  }
  return best;
}

/** The next mark after a second, or the one before it, of those in `range`; without a second the first or the last. */
export function nextMark(
  marks: readonly MomentMark[],
  second: number | undefined,
  direction: 1 | -1,
  [from, to]: readonly [number, number],
): MomentMark | undefined {
  const inRange = marks.filter((mark) => mark.fromS >= from - 1 && mark.toS <= to + 1);
  if (direction > 0) return inRange.find(({ fromS }) => second === undefined || fromS >= second);
  return inRange.findLast(({ toS }) => second === undefined || toS < second);
}
