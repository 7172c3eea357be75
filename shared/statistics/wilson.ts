import type { Interval } from './binomialInterval';

/**
 * The score interval of a proportion, `z` standard normal deviations to each side (E. B. Wilson, JASA 22, 1927):
 * unlike that of the plain normal approximation it holds with few occurrences, none included. `of` may be an effective
 * number of cases and need not be whole; without a case nothing is known.
 */
export function wilsonInterval(count: number, of: number, z: number): Interval {
  if (of <= 0) return { low: 0, high: 1 };
  const share = count / of;
  const square = z ** 2 / of;
  const centre = (share + square / 2) / (1 + square);
  const reach = (z * Math.sqrt((share * (1 - share)) / of + square / (4 * of))) / (1 + square);
  // Without an occurrence, or with nothing else, an end is exact; rounding would leave a trace.
  return { low: count <= 0 ? 0 : centre - reach, high: count >= of ? 1 : centre + reach };
}
