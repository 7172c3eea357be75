/** Ends of an axis that divide into round steps: the factor of a power of ten, and the number of steps. */
const ends: readonly (readonly [factor: number, steps: number])[] = [
  [1, 4],
  [1.5, 3],
  [2, 4],
  [2.5, 5],
  [3, 3],
  [4, 4],
  [5, 5],
  [6, 3],
  [8, 4],
  [10, 5],
];

function endOf(top: number): { end: number; steps: number } {
  const magnitude = 10 ** Math.floor(Math.log10(top));
  const [factor, steps] = ends.find(([candidate]) => candidate * magnitude >= top * (1 - 1e-9)) ?? [10, 5];
  return { end: factor * magnitude, steps };
}

/** A value with a little room above `most`, so that a line does not run along the edge; 1 for an empty chart. */
export function roomAbove(most: number): number {
  return most > 0 ? most * 1.05 : 1;
}

/** The ticks of an axis from 0 to the first round value that is not below `top`. */
export function axisTicks(top: number): number[] {
  const { end, steps } = endOf(top);
  return Array.from({ length: steps + 1 }, (_, step) => (end / steps) * step);
}
