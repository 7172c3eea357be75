/* The tree of an OpenAPI document and the references in it. */

/** An object of a document. */
export type Dictionary = Record<string, unknown>;

export function isDictionary(value: unknown): value is Dictionary {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The maximum number of references that lead to other references. */
const maxHops = 10;
const maxReferenceLength = 1_000;

function decoded(part: string): string {
  try {
    return decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return part;
  }
}

function at(target: unknown, key: string): unknown {
  if (Array.isArray(target)) return target[Number(key)];
  return isDictionary(target) && Object.hasOwn(target, key) ? target[key] : undefined;
}

/** The search stops here: it has found more references to other documents than a note names. */
const maxForeign = 100;

/** Returns the references of a document that lead out of it, except those in responses, which are not read. */
export function foreignReferences(value: unknown, found: Set<string> = new Set()): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null || found.size >= maxForeign) return found;
  for (const [key, part] of Object.entries(value)) {
    if (key === '$ref' && typeof part === 'string' && !part.startsWith('#')) found.add(part.slice(0, 200));
    else if (key !== 'responses') foreignReferences(part, found);
  }
  return found;
}

/** Returns what a reference points to (RFC 6901); undefined when it leaves the document or is circular. */
export function resolve(root: unknown, value: unknown, hops = 0): unknown {
  if (!isDictionary(value) || value.$ref === undefined) return value;
  const { $ref } = value;
  if (typeof $ref !== 'string' || $ref.length > maxReferenceLength || !$ref.startsWith('#/') || hops > maxHops)
    return undefined;
  let target: unknown = root;
  for (const part of $ref.slice(2).split('/')) target = at(target, decoded(part));
  return resolve(root, target, hops + 1);
}

/** Returns an object, following references; an empty one for anything else. */
export function dictionaryAt(root: unknown, value: unknown): Dictionary {
  const found = resolve(root, value);
  return isDictionary(found) ? found : {};
}

/** The texts of a list. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/**
 * Returns the example of a parameter or media type: `example`, or the first of `examples`; undefined when it has none.
 */
export function namedExample(root: unknown, { example, examples }: Dictionary): unknown {
  if (example !== undefined) return example;
  const [first] = isDictionary(examples) ? Object.values(examples) : [];
  return dictionaryAt(root, first).value;
}
