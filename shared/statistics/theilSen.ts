import { medianOf } from './medianOf';

/** A line through values at equal distances, the first at 0. */
export interface FittedLine {
  slope: number;
  intercept: number;
}

/**
 * The line of Theil and Sen: the median of the slopes of all pairs, which up to 29 % of wild values do not move (Sen
 * 1968). Takes the square of the number of values.
 */
export function theilSen(values: readonly number[]): FittedLine {
  const slopes = values.flatMap((value, index) =>
    values.slice(index + 1).map((later, ahead) => (later - value) / (ahead + 1)),
  );
  const slope = medianOf(slopes);
  return { slope, intercept: medianOf(values.map((value, index) => value - slope * index)) };
}
