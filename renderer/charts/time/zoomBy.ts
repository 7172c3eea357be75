type Range = readonly [from: number, to: number];

/** The minimum visible range. Fewer seconds show no trend. */
const leastS = 4;

/**
 * The range when `range` becomes `factor` times as long, around `second` or around its middle. Undefined when that is
 * the full range (`full`).
 */
export function zoomBy(
  [from, to]: Range,
  second: number | undefined,
  factor: number,
  [first, last]: Range,
): { from: number; to: number } | undefined {
  const lengthS = Math.max(leastS, (to - from) * factor);
  if (lengthS >= last - first) return undefined;
  const middle = second ?? (from + to) / 2;
  const start = Math.min(last - lengthS, Math.max(first, middle - lengthS / 2));
  return { from: start, to: start + lengthS };
}
