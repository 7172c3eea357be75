import type { Interval } from './binomialInterval';

/**
 * Returns the score interval of a proportion, with `z` standard normal deviations to each side (E. B. Wilson, JASA 22,
 * 1927). Unlike the plain normal approximation, it is valid for few or no occurrences. `of` can be a fractional,
 * effective number of cases. Without a case, the interval is 0 to 1.
 */
export function wilsonInterval(count: number, of: number, z: number): Interval {
  if (of <= 0) return { low: 0, high: 1 };
  const share = count / of;
  const square = z ** 2 / of;
  const centre = (share + square / 2) / (1 + square);
  const reach = (z * Math.sqrt((share * (1 - share)) / of + square / (4 * of))) / (1 + square);
  // An end is exact when all or none of the cases are occurrences; rounding would leave a remainder.
  return { low: count <= 0 ? 0 : centre - reach, high: count >= of ? 1 : centre + reach };
}
