/** Quantiles of Student's t distribution for 1 to 10 degrees of freedom (Abramowitz and Stegun, table 26.10). */
const tables = {
  0.95: [6.314, 2.92, 2.353, 2.132, 2.015, 1.943, 1.895, 1.86, 1.833, 1.812],
  0.975: [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228],
} as const;
const normal = { 0.95: 1.644854, 0.975: 1.959964 } as const;

/**
 * Returns a quantile of Student's t distribution, accurate to 0.1 %. Beyond the table it uses the expansion (ibid.,
 * 26.7.5).
 */
export function studentT(quantile: 0.95 | 0.975, degreesOfFreedom: number): number {
  const tabulated = tables[quantile][Math.floor(degreesOfFreedom) - 1];
  if (tabulated !== undefined) return tabulated;
  const z = normal[quantile];
  const n = degreesOfFreedom;
  return z + (z ** 3 + z) / (4 * n) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * n ** 2);
}
