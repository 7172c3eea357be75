/** How the lines of runs differ: the baseline is solid, the others are dashed, each in its way. */
const dashes = [undefined, '7 4', '2 3', '10 3 2 3', '4 2', '12 5'] as const;

/** The dashes of a run's line, by its place; none for the baseline. */
export function dashOf(place: number): string | undefined {
  return dashes[place % dashes.length];
}
