/** The dash patterns of the runs. The baseline is solid, each of the others has its own pattern. */
const dashes = [undefined, '7 4', '2 3', '10 3 2 3', '4 2', '12 5'] as const;

/** The dash pattern of a run by its position. Undefined for the baseline. */
export function dashOf(place: number): string | undefined {
  return dashes[place % dashes.length];
}
