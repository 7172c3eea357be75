/** Documents written by people are about a tenth as deep. Code that walks a document recurses once per level. */
const maxDepth = 500;

/**
 * Throws a RangeError for a document that is nested too deeply, or that contains itself, which aliases make possible in
 * YAML.
 */
export function checkDepth(value: unknown, depth = 0): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth >= maxDepth) throw new RangeError(`it has more than ${maxDepth} levels of nesting`);
  for (const part of Object.values(value)) checkDepth(part, depth + 1);
}
