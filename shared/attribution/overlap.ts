import { formatLatency } from '../units/format';
import { PartProfile, type SparseProfile } from './partProfile';
import { handlerPart, longestInner, loopPart, serverPrefix } from './parts';

/**
 * Parts of a service that cannot all be consecutive, because their sum exceeds the available time. `Server-Timing` does
 * not state which metrics contain others (W3C Server Timing leaves this open), so it is derived from the numbers.
 */
export interface Overlap {
  /** Parts that contain all parts after them, outermost first. */
  containers: readonly string[];
  /** The parts within the last container. */
  inner: readonly string[];
  /** Whether the inner parts overlap, so that it is unknown to which of them a time belongs. */
  isParallel: boolean;
  /** The sum of the parts, and the time available for them: means over the requests in which they do not fit, in us. */
  sumUs: number;
  roomUs: number;
}

/** Figures are rounded, and clocks are read at different times. A smaller excess is not an overlap. */
const tolerance = 0.02;

/** The content of a bucket of a profile, by the name of the part. */
type Row = Map<string, number>;

function rowsOf({ parts, buckets, sumsUs }: SparseProfile): Row[] {
  const width = parts.length + 1;
  return Array.from(
    buckets,
    (_, row) => new Map(parts.map((part, column) => [part, sumsUs[row * width + 1 + column] ?? 0])),
  );
}

function isInner(part: string): boolean {
  return part.startsWith(serverPrefix) && part !== loopPart && part !== handlerPart;
}

function sumOf(row: Row, parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + (row.get(part) ?? 0), 0);
}

/** Returns by how much the inner parts of a row exceed what contains them: the handler, or all of the waiting. */
function excessOf(row: Row): number {
  return -Math.min(0, row.get(handlerPart) ?? 0) - Math.min(0, row.get('unattributed') ?? 0);
}

/**
 * Determines which parts contain others. The longest part contains all others if it is the longest in every request
 * (see longestInner; where that was not recorded, if it is as long as the others together). Within a container, the
 * next part contains the rest if it is as long as the rest together; otherwise the parts overlap.
 */
function arrange(names: readonly string[], total: Row): Pick<Overlap, 'containers' | 'inner' | 'isParallel'> {
  const inner = [...names].sort((a, b) => (total.get(b) ?? 0) - (total.get(a) ?? 0));
  const containers: string[] = [];
  const longestUs = total.get(longestInner) ?? 0;
  let roomUs = 0;
  for (let outer = inner[0]; outer !== undefined; outer = inner[0]) {
    const outerUs = total.get(outer) ?? 0;
    const othersUs = sumOf(total, inner) - outerUs;
    if (outerUs + othersUs <= roomUs * (1 + tolerance)) return { containers, inner, isParallel: false };
    const isLongest = containers.length === 0 && longestUs > 0 ? longestUs <= outerUs * (1 + tolerance / 2) : undefined;
    if (inner.length === 1 || !(isLongest ?? outerUs >= othersUs)) break;
    containers.push(outer);
    inner.shift();
    roomUs = outerUs;
  }
  return { containers, inner, isParallel: inner.length > 1 };
}

function findOverlap(rows: readonly Row[], counts: ArrayLike<number>): Overlap | undefined {
  const total: Row = new Map();
  let count = 0;
  let sumUs = 0;
  let excessUs = 0;
  rows.forEach((row, index) => {
    const inner = [...row.keys()].filter(isInner);
    for (const part of [...inner, longestInner]) total.set(part, (total.get(part) ?? 0) + (row.get(part) ?? 0));
    if (excessOf(row) === 0) return;
    count += counts[index] ?? 0;
    sumUs += sumOf(row, inner);
    excessUs += excessOf(row);
  });
  const names = [...total.keys()].filter((part) => isInner(part) && (total.get(part) ?? 0) > 0);
  if (names.length < 2 || excessUs <= tolerance * (sumOf(total, names) - excessUs)) return undefined;
  return { ...arrange(names, total), sumUs: sumUs / count, roomUs: (sumUs - excessUs) / count };
}

/** Counts shared time only once: for the innermost part, or for overlapping parts in proportion. */
function separate(row: Row, { containers, inner, isParallel }: Overlap): void {
  const before = sumOf(row, [...containers, ...inner]);
  let insideUs = sumOf(row, inner);
  if (isParallel && insideUs > 0) {
    // They took at least as long as the longest of them. More is not known.
    const recorded = containers.length === 0 ? (row.get(longestInner) ?? 0) : 0;
    const leastUs = Math.max(recorded, ...inner.map((part) => row.get(part) ?? 0));
    const factor = Math.min(1, leastUs / insideUs);
    for (const part of inner) row.set(part, (row.get(part) ?? 0) * factor);
    insideUs *= factor;
  }
  for (const container of [...containers].reverse()) {
    const ownUs = Math.max(0, (row.get(container) ?? 0) - insideUs);
    row.set(container, ownUs);
    insideUs += ownUs;
  }
  const rest = (row.get(handlerPart) ?? 0) < 0 || (row.get('unattributed') ?? 0) === 0 ? handlerPart : 'unattributed';
  row.set(rest, (row.get(rest) ?? 0) + before - insideUs);
}

/** Parts that the client measured itself. The service's figures must fit between them. */
const measured: ReadonlySet<string> = new Set(['send_wait', 'connect', 'receive', longestInner]);

/**
 * Takes negative remainders from the other parts. They come from rounding, or from a service that reports more time
 * than the client waited.
 */
function settle(row: Row): void {
  const shared = [...row].filter(([part]) => !measured.has(part));
  const positiveUs = shared.reduce((sum, [, us]) => sum + Math.max(0, us), 0);
  const deficitUs = shared.reduce((sum, [, us]) => sum - Math.min(0, us), 0);
  if (deficitUs === 0 || positiveUs === 0) return;
  const factor = Math.max(0, 1 - deficitUs / positiveUs);
  for (const [part, us] of shared) row.set(part, Math.max(0, us) * factor);
}

function nameOf(part: string): string {
  return part.slice(serverPrefix.length);
}

/** Renames a part whose figure differs from the one that the service sent, to avoid confusion. */
function renamed(part: string, { containers, inner, isParallel }: Overlap): string {
  const depth = containers.indexOf(part);
  if (depth >= 0) {
    const within = [...containers.slice(depth + 1), ...inner];
    const others = within.length > 2 ? 'the parts in it' : within.map(nameOf).join(' and ');
    return `${part} without ${others}`;
  }
  return isParallel && inner.includes(part) ? `${part}, overlapping` : part;
}

/**
 * Converts a profile with the parts that the service sent (requestParts.ts) to consecutive, non-negative parts that add
 * up to the response time. Also returns the assumptions that this needed. A profile that needs no change is returned
 * unchanged.
 */
export function resolveOverlap(profile: PartProfile): { profile: PartProfile; overlap?: Overlap } {
  const sparse = profile.toSparse();
  if (!sparse.sumsUs.some((us) => us < 0)) return { profile };
  const rows = rowsOf(sparse);
  const overlap = findOverlap(rows, sparse.counts);
  const width = sparse.parts.length + 1;
  rows.forEach((row, index) => {
    if (overlap) separate(row, overlap);
    settle(row);
    sparse.parts.forEach((part, column) => {
      sparse.sumsUs[index * width + 1 + column] = part === longestInner ? 0 : (row.get(part) ?? 0);
    });
  });
  if (overlap) sparse.parts = sparse.parts.map((part) => renamed(part, overlap));
  const resolved = new PartProfile();
  resolved.mergeSparse(sparse);
  return overlap ? { profile: resolved, overlap } : { profile: resolved };
}

/** Describes the overlaps in the parts of operations, one sentence per arrangement. */
export function overlapNotes(byOperation: Iterable<readonly [operation: string, profile: PartProfile]>): string[] {
  const found = new Map<string, { operations: string[]; overlap: Overlap }>();
  for (const [operation, profile] of byOperation) {
    const { overlap } = resolveOverlap(profile);
    if (!overlap) continue;
    const key = JSON.stringify([overlap.containers, overlap.inner, overlap.isParallel]);
    const known = found.get(key);
    if (known) known.operations.push(operation);
    else found.set(key, { operations: [operation], overlap });
  }
  return [...found.values()].map(({ operations, overlap }) => sentenceOf(operations, overlap));
}

function sentenceOf(operations: readonly string[], { containers, inner, isParallel, sumUs, roomUs }: Overlap): string {
  const names = [...containers, ...inner].map(nameOf);
  const start = `The parts that the service names for ${operations.join(', ')} (${names.join(', ')}) add up to ${formatLatency(sumUs / 1_000)} where there are ${formatLatency(roomUs / 1_000)} for them, so some are nested or run side by side.`;
  const nested = containers.map((container, depth) => {
    const within = [...containers.slice(depth + 1), ...inner].map(nameOf);
    return ` ${nameOf(container)} is taken to contain ${within.join(', ')}, and shown without them.`;
  });
  const beside = isParallel
    ? ` ${inner.map(nameOf).join(', ')} overlap, and are shown in proportion, together as long as the longest of them.`
    : '';
  return start + nested.join('') + beside;
}
