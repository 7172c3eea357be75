import { formatLatency, formatPercent } from '../units/format';
import type { Cause, PartBand, PartBands } from './attribution';
import { handlerPart, loopPart, partLabel, serverPrefix } from './parts';

/** Measurements outside the requests, on average over the run; null when unknown. */
export interface RunContext {
  /** Share of one core that the service used. */
  targetCpu: number | null;
  /** Share of the time in which the service's event loop was busy. */
  targetUtilisation: number | null;
  /** How many ms of each second the service's parts (without their prefix) blocked the event loop. */
  loopHeldMs: Readonly<Record<string, number>>;
  /** How many ms of each second the service paused for garbage collection. */
  targetGcMs: number | null;
  /** How many ms of each second the service was runnable but waited for a processor. */
  targetCpuWaitMs: number | null;
  /** Whether the service has a cache; null when unknown. */
  hasCache: boolean | null;
  /** The hit rates of the first and the last quarter of the run. */
  firstHitRate: number | null;
  lastHitRate: number | null;
}

const msPerSecond = 1_000;

/** A part that keeps the service's event loop busy. */
export interface Occupant {
  part: string;
  /** How many ms of each second it blocked the loop. */
  heldMs: number;
  /** Its share of the time in which the loop was busy. */
  share: number;
  /** The operation that spends the most time in this part. */
  operation: string | undefined;
}

/** Returns the part that keeps the event loop busy most; undefined when the service does not report it. */
function loopOccupant(
  byOperation: Readonly<Record<string, PartBands>>,
  { loopHeldMs, targetUtilisation }: Pick<RunContext, 'loopHeldMs' | 'targetUtilisation'>,
): Occupant | undefined {
  const [held] = Object.entries(loopHeldMs).sort(([, a], [, b]) => b - a);
  const busyMs = Math.max((targetUtilisation ?? 0) * msPerSecond, sum(Object.values(loopHeldMs)));
  if (!held || busyMs <= 0) return undefined;
  const part = serverPrefix + held[0];
  const spent = Object.entries(byOperation).map(
    ([operation, { all }]) => [operation, (all?.count ?? 0) * (all?.parts[part] ?? 0)] as const,
  );
  const [most] = spent.sort(([, a], [, b]) => b - a);
  return { part, heldMs: held[1], share: held[1] / busyMs, operation: most && most[1] > 0 ? most[0] : undefined };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Parts that convert documents to text or rows and back. */
const conversions = ['server.decode', 'server.encode', 'server.serialise'];

/** Returns the share of conversion in an operation's time in the service, which the report suspects as the cause. */
function conversionShare({ all }: PartBands): number | undefined {
  const parts = Object.entries(all?.parts ?? {}).filter(([part]) => part.startsWith(serverPrefix) && part !== loopPart);
  const total = sum(parts.map(([, meanMs]) => meanMs));
  if (total === 0) return undefined;
  return sum(parts.filter(([part]) => conversions.includes(part)).map(([, meanMs]) => meanMs)) / total;
}

/** Describes the shares of conversion by operation in one sentence; null when the service names no parts. */
export function conversionSentence(byOperation: Readonly<Record<string, PartBands>>): string | null {
  const shares = Object.entries(byOperation).flatMap(([operation, bands]) => {
    const share = conversionShare(bands);
    return share === undefined ? [] : [`${formatPercent(share)} of ${operation}`];
  });
  return shares.length === 0
    ? null
    : `Conversion of documents (JSON, rows to objects) is ${shares.join(', ')} in the handler.`;
}

/** Whether an operation only waits for others, because its own work is almost none of its time in the service. */
function waitsForOthers({ all }: PartBands): boolean {
  if (!all || all.mean <= 0) return false;
  const ownMs = sum(Object.entries(all.parts).map(([part, meanMs]) => (occupiesLoop(part) ? meanMs : 0)));
  return (all.parts[loopPart] ?? 0) > 0.9 * all.mean && ownMs < 0.02 * all.mean;
}

/** Whether a part is the service's own work, not waiting for others. */
function occupiesLoop(part: string): boolean {
  return part.startsWith(serverPrefix) && part !== loopPart && part !== `${serverPrefix}wait`;
}

/**
 * Names the operations that are delayed by others (head-of-line blocking) in one sentence; null when there are none.
 */
export function headOfLineSentence(byOperation: Readonly<Record<string, PartBands>>): string | null {
  const held = Object.entries(byOperation).filter(([, bands]) => waitsForOthers(bands));
  if (held.length === 0) return null;
  const words = held.map(([operation, { all }]) => {
    const ownMs = sum(Object.entries(all?.parts ?? {}).map(([part, ms]) => (occupiesLoop(part) ? ms : 0)));
    return `${operation} (${formatLatency(ownMs)} of work in ${formatLatency(all?.mean)})`;
  });
  return `Held up by the requests before them, as one event loop serves all: ${words.join(', ')}.`;
}

/** A part is the cause of the waiting of others when it fills at least this share of the time. */
const dominantShare = 1 / 3;
/** How many ms of each second a service may wait for a processor or collect garbage before it is mentioned. */
const withheldMs = 200;
const muchGarbageMs = 100;
/** A service is slow in all parts when it waits for a processor for at least this share of the time that it has one. */
const withheldShare = 0.5;
/** Causes with a smaller share of the slowest requests' time are not mentioned. */
const worthSaying = 0.1;

function bandWords({ slowest_1, slowest_5 }: PartBands): string {
  if (slowest_1) return 'The slowest 1 %';
  return slowest_5 ? 'The slowest 5 %' : 'All requests';
}

/**
 * Returns the causes of slow requests, heaviest first, from the parts of the slowest 5 %. Measurements outside the
 * requests explain some parts further. Waiting for the event loop is caused by what keeps it busy, by garbage
 * collection, or by a processor that was withheld. Reading from the engine may be caused by a cache that is off or
 * cold.
 */
export function findCauses(
  all: PartBands,
  byOperation: Readonly<Record<string, PartBands>>,
  context: RunContext,
): Cause[] {
  const band = all.slowest_5 ?? all.all;
  if (!band || band.mean <= 0) return [];
  const words = bandWords({ ...all, slowest_1: null });
  const causes = new Map<string, Cause>();
  for (const [part, meanMs] of Object.entries(band.parts)) {
    const share = meanMs / band.mean;
    const cause = causeOf(part, share, `${words} spend ${formatPercent(share)} of their ${formatLatency(band.mean)}`, {
      byOperation,
      context,
    });
    const known = causes.get(cause.cause);
    // Of two parts with the same cause, the heavier one reports it.
    const told = known && known.share > share ? known : cause;
    causes.set(cause.cause, { ...told, share: share + (known?.share ?? 0) });
  }
  return [...causes.values()].filter(({ share }) => share >= worthSaying).sort((a, b) => b.share - a.share);
}

interface Evidence {
  byOperation: Readonly<Record<string, PartBands>>;
  context: RunContext;
}

function causeOf(part: string, share: number, start: string, evidence: Evidence): Cause {
  const withheld =
    part.startsWith(serverPrefix) || part === 'network' || part === 'network_and_waiting'
      ? withheldCause(evidence.context)
      : undefined;
  if (withheld) return { cause: 'processor-withheld', share, sentence: `${start} ${spentOn(part)}: ${withheld}` };
  if (part === loopPart || part === handlerPart) return loopCause(part, share, start, evidence);
  if (part === 'server.fetch' || part === 'server.prepare' || part === 'server.decode') {
    const cache = cacheCause(evidence.context);
    if (cache && share >= dominantShare)
      return { cause: cache.cause, share, sentence: `${start} ${spentOn(part)}: ${cache.why}` };
  }
  return { cause: part, share, sentence: `${start} ${spentOn(part)}.` };
}

function loopCause(part: string, share: number, start: string, { byOperation, context }: Evidence): Cause {
  const { targetGcMs, targetCpu } = context;
  const where = `${start} ${spentOn(part)}`;
  const gcMs = targetGcMs ?? 0;
  const occupant = part === loopPart ? loopOccupant(byOperation, context) : undefined;
  if (gcMs > muchGarbageMs && gcMs > (occupant?.heldMs ?? 0)) {
    const sentence = `${where}: for ${ofEverySecond(gcMs)} the service collected garbage.`;
    return { cause: 'garbage-collection', share, sentence };
  }
  const held = occupant && describeOccupant(occupant, targetCpu);
  if (occupant && occupant.share >= dominantShare) {
    const garbage = gcMs > muchGarbageMs ? `; ${ofEverySecond(gcMs)} go into garbage collection` : '';
    return { cause: occupant.part, share, sentence: `${where}: ${held}${garbage}.` };
  }
  return { cause: part, share, sentence: held ? `${where}: no part fills a third of it (${held}).` : `${where}.` };
}

function ofEverySecond(durationMs: number): string {
  return `${Math.round(durationMs)} ms of every second`;
}

/** Explains a service that was slow in everything because it waited for a processor; undefined when it did not wait. */
function withheldCause({ targetCpuWaitMs, targetCpu }: RunContext): string | undefined {
  if (targetCpuWaitMs === null || targetCpuWaitMs <= withheldMs) return undefined;
  if (targetCpuWaitMs <= withheldShare * (targetCpu ?? 0) * msPerSecond) return undefined;
  return `for ${ofEverySecond(targetCpuWaitMs)} the service was ready to run and had no processor.`;
}

/** What time is spent on: `in commit (fsync)`, but `waiting for the service's event loop`. */
function spentOn(part: string): string {
  const label = partLabel(part);
  return /^\w+ing /.test(label) ? label : `in ${label}`;
}

function describeOccupant({ part, share, operation }: Occupant, targetCpu: number | null): string {
  const of = operation === undefined ? '' : ` of ${operation}`;
  const processor =
    targetCpu === null ? '' : `, and the service's processor is ${formatPercent(Math.min(1, targetCpu))} busy`;
  return `${partLabel(part)}${of} takes ${formatPercent(share)} of the event loop's busy time${processor}`;
}

function cacheCause({ hasCache, firstHitRate, lastHitRate }: RunContext): { cause: string; why: string } | undefined {
  if (hasCache === false) return { cause: 'cache-off', why: 'there is no cache, so every read goes to the engine.' };
  if (firstHitRate === null || lastHitRate === null || lastHitRate - firstHitRate < 0.2) return undefined;
  return {
    cause: 'cache-cold',
    why: `the cache was cold (${formatPercent(firstHitRate)} hits in the first quarter, ${formatPercent(lastHitRate)} in the last).`,
  };
}

/**
 * Describes where slow requests spend the time that the median request does not need, in one sentence; null with too
 * few requests.
 */
export function tailSentence(bands: PartBands): string | null {
  const { median } = bands;
  const slow = bands.slowest_1 ?? bands.slowest_5;
  if (!median || !slow) return null;
  const words = bandWords(bands);
  const extraMs = slow.mean - median.mean;
  if (extraMs < 0.5 * median.mean) {
    const [part, share] = heaviest(median, { count: 0, mean: 0, parts: {} });
    return `${words} (${formatLatency(slow.mean)}) are like the median request (${formatLatency(median.mean)}), which spends ${formatPercent(share)} ${spentOn(part)}.`;
  }
  const [part, share] = heaviest(slow, median);
  return `${words} take ${formatLatency(slow.mean)} where the median request takes ${formatLatency(median.mean)}, and spend ${formatPercent(share)} of their extra time ${spentOn(part)}.`;
}

/** Returns the part with the largest excess over another band, and its share of the total excess. */
function heaviest(band: PartBand, than: PartBand): [part: string, share: number] {
  const extra = Object.entries(band.parts).map(([part, meanMs]) => [part, meanMs - (than.parts[part] ?? 0)] as const);
  const [part, extraMs] = extra.reduce((most, next) => (next[1] > most[1] ? next : most), ['unattributed', 0] as const);
  const total = band.mean - than.mean;
  return [part, total > 0 ? Math.min(1, extraMs / total) : 0];
}
