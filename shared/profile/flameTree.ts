import type { CpuProfile } from './cpuProfile';
import { gcName, idleName, placeOf } from './frames';

/** A frame of a flame graph: a function with the functions that it called. */
export interface FlameNode {
  name: string;
  /** `file.js:12`; empty for a function without a source. */
  place: string;
  /** Time in the function and its callees, in µs. */
  totalUs: number;
  /** Time in the function itself, in µs. */
  selfUs: number;
  /** Heaviest first. */
  children: readonly FlameNode[];
}

interface Growing {
  name: string;
  place: string;
  selfUs: number;
  totalUs: number;
  children: Map<string, Growing>;
}

/** The minimum share of busy time for a visible frame. Smaller frames are left out. */
const leastShare = 0.0005;

function isFrame(name: string): boolean {
  return name !== idleName && name !== '(root)' && name !== '(program)';
}

function selfTimes({ samples, timeDeltas }: CpuProfile): Map<number, number> {
  const selfUs = new Map<number, number>();
  for (const [index, id] of samples.entries()) selfUs.set(id, (selfUs.get(id) ?? 0) + (timeDeltas[index] ?? 0));
  return selfUs;
}

/**
 * Builds a tree of the busy time by call stack. Calls of the same function from the same place share a frame. Idle time
 * is left out.
 */
export function flameTree(profile: CpuProfile): FlameNode {
  const selfUs = selfTimes(profile);
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const root: Growing = { name: '(root)', place: '', selfUs: 0, totalUs: 0, children: new Map() };
  const isChild = new Set(profile.nodes.flatMap(({ children }) => children ?? []));
  const add = (id: number, parent: Growing): number => {
    const node = nodes.get(id);
    if (!node || node.callFrame.functionName === idleName) return 0;
    const { functionName, url, lineNumber } = node.callFrame;
    const frame = isFrame(functionName)
      ? frameOf(parent, functionName || '(anonymous)', placeOf(url, lineNumber))
      : parent;
    const own = selfUs.get(id) ?? 0;
    frame.selfUs += own;
    let total = own;
    for (const child of node.children ?? []) total += add(child, frame);
    if (frame !== parent) frame.totalUs += total;
    return total;
  };
  for (const { id } of profile.nodes) if (!isChild.has(id)) root.totalUs += add(id, root);
  return finish(root, root.totalUs * leastShare);
}

function frameOf(parent: Growing, name: string, place: string): Growing {
  const key = `${name} ${place}`;
  const known = parent.children.get(key);
  if (known) return known;
  const frame: Growing = { name, place, selfUs: 0, totalUs: 0, children: new Map() };
  parent.children.set(key, frame);
  return frame;
}

function finish({ name, place, selfUs, totalUs, children }: Growing, leastUs: number): FlameNode {
  const kept = [...children.values()].filter((child) => child.totalUs > leastUs || child.name === gcName);
  return {
    name,
    place,
    selfUs,
    totalUs,
    children: kept.sort((a, b) => b.totalUs - a.totalUs).map((child) => finish(child, leastUs)),
  };
}
