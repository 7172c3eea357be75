import type { FlameNode } from '../../../shared/profile/flameTree';

/** A frame and its position in the graph. x and width are fractions of the whole. */
export interface FlameFrame {
  node: FlameNode;
  depth: number;
  x: number;
  width: number;
}

/** The frames below a node that are wide enough to be visible, top down. */
export function flameLayout(root: FlameNode, leastWidth: number): FlameFrame[] {
  const frames: FlameFrame[] = [];
  const place = (node: FlameNode, depth: number, x: number): void => {
    const width = root.totalUs > 0 ? node.totalUs / root.totalUs : 0;
    if (width < leastWidth) return;
    frames.push({ node, depth, x, width });
    let childX = x;
    for (const child of node.children) {
      place(child, depth + 1, childX);
      childX += child.totalUs / root.totalUs;
    }
  };
  place(root, 0, 0);
  return frames;
}

/** Whether a frame matches the search by its function or its file. */
export function isFound({ name, place }: FlameNode, search: string): boolean {
  return search !== '' && `${name} ${place}`.toLowerCase().includes(search.toLowerCase());
}

/** The time in matching frames and the frames that they called, in µs. A match within a match counts once. */
export function foundUs(node: FlameNode, search: string): number {
  if (isFound(node, search)) return node.totalUs;
  return node.children.reduce((sum, child) => sum + foundUs(child, search), 0);
}

/** The functions with the most self time, summed over all callers. */
export function heaviestFunctions(root: FlameNode, count: number): FlameNode[] {
  const byName = new Map<string, FlameNode>();
  const visit = (node: FlameNode): void => {
    const key = `${node.name} ${node.place}`;
    const known = byName.get(key);
    byName.set(key, { ...node, selfUs: node.selfUs + (known?.selfUs ?? 0), children: [] });
    for (const child of node.children) visit(child);
  };
  visit(root);
  return [...byName.values()].sort((a, b) => b.selfUs - a.selfUs).slice(0, count);
}
