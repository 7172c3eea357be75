/**
 * The test of Mann (1945) and Kendall (1975) for a trend in one direction, as a standard normal variable: above 0 for
 * one that rises, 0 where there is nothing to say. Equal values are taken into account.
 */
export function mannKendall(values: readonly number[]): number {
  const count = values.length;
  let score = 0;
  values.forEach((value, index) => {
    for (const later of values.slice(index + 1)) score += Math.sign(later - value);
  });
  const ties = new Map<number, number>();
  for (const value of values) ties.set(value, (ties.get(value) ?? 0) + 1);
  const spread = (size: number): number => size * (size - 1) * (2 * size + 5);
  const variance = (spread(count) - [...ties.values()].reduce((sum, size) => sum + spread(size), 0)) / 18;
  return variance <= 0 ? 0 : (score - Math.sign(score)) / Math.sqrt(variance);
}
