/** A cost at one size. */
export interface Measured {
  size: number;
  cost: number;
}

/** How a cost grows: along a line, or by a power of the size. */
export interface Growth {
  /** `a + b n`, or `a n^b`, with the numbers to three digits. */
  formula: string;
  /** The cost at a size, also at one that was not measured. */
  costAt(size: number): number;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The slope and the intercept of a line by least squares, each point with its weight. */
function line(points: readonly { x: number; y: number; weight: number }[]): { slope: number; intercept: number } {
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  const weighted = (of: (point: { x: number; y: number }) => number): number =>
    points.reduce((sum, point) => sum + point.weight * of(point), 0) / total;
  const [meanX, meanY] = [weighted(({ x }) => x), weighted(({ y }) => y)];
  const slope = weighted(({ x, y }) => (x - meanX) * (y - meanY)) / weighted(({ x }) => (x - meanX) ** 2);
  return { slope, intercept: meanY - slope * meanX };
}

const short = (value: number): string => value.toPrecision(3);

function fitLine(measured: readonly Measured[]): Growth {
  // Relative errors count: the smallest size would not matter otherwise.
  const { slope, intercept } = line(measured.map(({ size, cost }) => ({ x: size, y: cost, weight: 1 / cost ** 2 })));
  return { formula: `${short(intercept)} + ${short(slope)} n`, costAt: (size) => intercept + slope * size };
}

function fitPower(measured: readonly Measured[]): Growth {
  const { slope, intercept } = line(
    measured.map(({ size, cost }) => ({ x: Math.log(size), y: Math.log(cost), weight: 1 })),
  );
  const factor = Math.exp(intercept);
  return { formula: `${short(factor)} n^${slope.toFixed(2)}`, costAt: (size) => factor * size ** slope };
}

function errorOf(growth: Growth, measured: readonly Measured[]): number {
  return mean(measured.map(({ size, cost }) => (growth.costAt(size) / cost - 1) ** 2));
}

/** Fits a line and a power, and returns the one that is nearer. Sizes and costs are greater than zero. */
export function fitGrowth(measured: readonly Measured[]): Growth {
  const [along, by] = [fitLine(measured), fitPower(measured)];
  return errorOf(along, measured) <= errorOf(by, measured) ? along : by;
}
