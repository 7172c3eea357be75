/** Values at equal steps of a logarithmic scale, `perDecade` for each ten-fold, both ends included. */
export function seriesOfTen(least: number, decades: number, perDecade: number): number[] {
  return Array.from({ length: decades * perDecade + 1 }, (_, step) => least * 10 ** (step / perDecade));
}
