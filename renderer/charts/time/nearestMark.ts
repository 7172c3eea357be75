import type { MomentMark } from '../../../shared/report/charts/momentMarks';

/** The maximum distance at which a second selects a mark, as a fraction of the visible range: about ten pixels. */
const reach = 0.01;

/** The distance of a second, which is drawn at its end, from a mark. 0 within the mark. */
function distanceS({ fromS, toS }: MomentMark, second: number): number {
  return Math.max(0, fromS + 1 - second, second - toS);
}

/**
 * The mark that a second selects in a chart that shows the seconds of `range`: the mark around it, or the nearest
 * within a hundredth of the chart.
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

/** The next mark in `range` after a second, or the previous one. Without a second, the first or the last. */
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
