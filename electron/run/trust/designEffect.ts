/** Fewer stretches than this tell nothing of what lies between them. */
const leastStretches = 6;
/** The largest differences are left out: a single event is a part of the run and not a property of all its requests. */
const trimmedShare = 1 / 8;
/** What is left of the variance of a normal variable whose largest eighth of squares is left out. */
const trimmedVariance = 0.569;

/** How many of the cases of a stretch of the run are hits. */
export interface Stretch {
  hits: number;
  cases: number;
}

/**
 * By which factor the variance of a share exceeds that of independent cases, at least 1 (Kish 1965, the design
 * effect): requests that wait in one queue are slow together. Estimated from differences of successive stretches (von
 * Neumann 1941), so that a slow trend, which a check of its own looks at, does not pass for noise.
 */
export function designEffect(stretches: readonly Stretch[]): number {
  const used = stretches.filter(({ cases }) => cases > 0);
  const cases = used.reduce((sum, stretch) => sum + stretch.cases, 0);
  const share = used.reduce((sum, { hits }) => sum + hits, 0) / cases;
  if (used.length < leastStretches || share === 0 || share === 1) return 1;
  const residuals = used.map((stretch) => stretch.hits - share * stretch.cases);
  const squares = residuals
    .slice(1)
    .map((residual, index) => (residual - (residuals[index] ?? 0)) ** 2)
    .sort((a, b) => a - b);
  const kept = squares.slice(0, squares.length - Math.ceil(squares.length * trimmedShare));
  const variance = kept.reduce((sum, square) => sum + square, 0) / kept.length / 2 / trimmedVariance;
  const independent = (share * (1 - share) * cases) / used.length;
  return Math.max(1, variance / independent);
}
