/** The minimum number of stretches from which the differences between them can be estimated. */
const leastStretches = 6;
/**
 * One event, such as a freeze, makes two great differences. It is a part of the run and not a property of its requests.
 */
const differencesOfAnEvent = 2;
/** The mean share of a variance that is left when its two greatest squares are cut down to the third. */
const cutVariance = 0.85;
/**
 * Stretches are joined in these numbers while there are enough. What lasts longer than one stretch is not chance
 * either.
 */
const joined = [1, 2, 4];
const leastJoined = 12;

/** How many of the cases in a stretch of the run are hits. */
export interface Stretch {
  hits: number;
  cases: number;
}

/** Joins neighbours, `size` at a time. The remainder at the end is left out. */
function join(stretches: readonly Stretch[], size: number): Stretch[] {
  return Array.from({ length: Math.floor(stretches.length / size) }, (_, index) =>
    stretches
      .slice(index * size, (index + 1) * size)
      .reduce((sum, { hits, cases }) => ({ hits: sum.hits + hits, cases: sum.cases + cases }), { hits: 0, cases: 0 }),
  );
}

/** The design effect for stretches of one length. */
function effectOf(stretches: readonly Stretch[]): number {
  const cases = stretches.reduce((sum, stretch) => sum + stretch.cases, 0);
  const share = stretches.reduce((sum, { hits }) => sum + hits, 0) / cases;
  const residuals = stretches.map((stretch) => stretch.hits - share * stretch.cases);
  const squares = residuals
    .slice(1)
    .map((residual, index) => (residual - (residuals[index] ?? 0)) ** 2)
    .sort((a, b) => a - b);
  const most = squares.at(-1 - differencesOfAnEvent) ?? 0;
  const sum = squares.reduce((total, square) => total + Math.min(square, most), 0);
  const variance = sum / squares.length / 2 / cutVariance;
  return variance / ((share * (1 - share) * cases) / stretches.length);
}

/**
 * The factor by which the variance of a share exceeds that of independent cases, at least 1 (the design effect, Kish
 * 1965). Requests that wait in one queue are slow together. The factor is estimated from the differences of successive
 * stretches (von Neumann 1941), so that a slow trend, which has a check of its own, does not count as noise.
 */
export function designEffect(stretches: readonly Stretch[]): number {
  const used = stretches.filter(({ cases }) => cases > 0);
  const hits = used.reduce((sum, stretch) => sum + stretch.hits, 0);
  const cases = used.reduce((sum, stretch) => sum + stretch.cases, 0);
  if (used.length < leastStretches || hits === 0 || hits === cases) return 1;
  const sizes = joined.filter((size) => size === 1 || used.length / size >= leastJoined);
  return Math.max(1, ...sizes.map((size) => effectOf(join(used, size))));
}
