import type { Resource } from './insomniaSchema';

/* The resources of an Insomnia export, which refer to each other. */

/** Yields values by name; nested values have names such as `outer.inner`. */
export function* namedValues(
  values: Readonly<Record<string, unknown>>,
  before = '',
  depth = 0,
): Generator<[string, string]> {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'object' || value === null) yield [`${before}${name}`, String(value ?? '')];
    else if (depth < 5) yield* namedValues({ ...value }, `${before}${name}.`, depth + 1);
  }
}

/**
 * Builds a tree from a list of resources, which refer to their parents. A resource that is its own ancestor is left
 * out.
 */
export function treeOf(resources: readonly Resource[]): unknown[] {
  const byParent = new Map<string, Resource[]>();
  for (const resource of resources) {
    const siblings = byParent.get(resource.parentId) ?? [];
    siblings.push(resource);
    byParent.set(resource.parentId, siblings);
  }
  const ids = new Set(resources.map(({ _id }) => _id));
  const childrenOf = (parentId: string, depth: number): unknown[] =>
    (byParent.get(parentId) ?? []).flatMap((resource): unknown[] => {
      if (resource._type === 'request') return [resource];
      if (!/^(?:request_group|workspace)$/.test(resource._type) || depth > 50) return [];
      const children = childrenOf(resource._id, depth + 1);
      // The workspace is the collection itself, not a folder.
      return resource._type === 'workspace' ? children : [{ ...resource, children }];
    });
  return [...byParent.keys()].filter((parent) => !ids.has(parent)).flatMap((parent) => childrenOf(parent, 0));
}

/** Returns the values of the base environment with those of the first environment below it, and the names of all below. */
export function environmentOf(resources: readonly Resource[]): { values: [string, string][]; names: string[] } {
  const all = resources.filter(({ _type }) => _type === 'environment');
  const ids = new Set(all.map(({ _id }) => _id));
  const isBelow = ({ parentId }: Resource): boolean => ids.has(parentId);
  const below = all.filter(isBelow).sort((a, b) => a.metaSortKey - b.metaSortKey);
  const taken = [...all.filter((one) => !isBelow(one)), ...below.slice(0, 1)];
  return { values: taken.flatMap(({ data }) => [...namedValues(data)]), names: below.map(({ name }) => name) };
}
