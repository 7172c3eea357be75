/** Documents of people have a tenth of it; what walks over them calls itself once for each. */
const maxDepth = 500;

/**
 * Throws a RangeError for a document whose values are too far inside of each other, or that holds itself, as YAML can
 * by its aliases.
 */
export function checkDepth(value: unknown, depth = 0): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth >= maxDepth) throw new RangeError(`it has more than ${maxDepth} values inside of each other`);
  for (const part of Object.values(value)) checkDepth(part, depth + 1);
}
