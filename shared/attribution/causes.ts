import { formatLatency, formatPercent } from '../units/format';
import type { Cause, PartBand, PartBands } from './attribution';
import { handlerPart, loopPart, partLabel, serverPrefix } from './parts';

/** What was seen beside the requests, on average over the run; null where it is not known. */
export interface Surroundings {
  /** Share of one core that the service used. */
  targetCpu: number | null;
  /** Share of the time in which the service's event loop was busy. */
  targetUtilisation: number | null;
  /** Of each second, how many ms the service's parts (without their prefix) held the event loop. */
  loopHeldMs: Readonly<Record<string, number>>;
  /** Of each second, how many ms the service paused for garbage collection. */
  targetGcMs: number | null;
  /** Of each second, how many ms the service was ready to run and waited for a processor. */
  targetCpuWaitMs: number | null;
  /** Whether the service has a cache; null where it is not known. */
  hasCache: boolean | null;
  /** Hit rate of the first and of the last quarter of the run. */
  firstHitRate: number | null;
  lastHitRate: number | null;
}

const msPerSecond = 1_000;

/** What keeps the service's event loop busy. */
export interface Occupant {
  part: string;
  /** How long it held the loop in every second. */
  heldMs: number;
  /** Its share of the time in which the loop was busy. */
  share: number;
  /** The operation that spends most of the part's time. */
  operation: string | undefined;
}

/** What keeps the event loop busy most; undefined when the service does not report it. */
function loopOccupant(
  byOperation: Readonly<Record<string, PartBands>>,
  { loopHeldMs, targetUtilisation }: Pick<Surroundings, 'loopHeldMs' | 'targetUtilisation'>,
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

/** Parts in which documents are turned into text or rows and back. */
const conversions = ['server.decode', 'server.encode', 'server.serialise'];

/** Which share of an operation's time in the service is conversion: the report's suspect. */
function conversionShare({ all }: PartBands): number | undefined {
  const parts = Object.entries(all?.parts ?? {}).filter(([part]) => part.startsWith(serverPrefix) && part !== loopPart);
  const total = sum(parts.map(([, meanMs]) => meanMs));
  if (total === 0) return undefined;
  return sum(parts.filter(([part]) => conversions.includes(part)).map(([, meanMs]) => meanMs)) / total;
}

/** The shares of conversion by operation in one sentence; null of a service that names no parts. */
export function conversionSentence(byOperation: Readonly<Record<string, PartBands>>): string | null {
  const shares = Object.entries(byOperation).flatMap(([operation, bands]) => {
    const share = conversionShare(bands);
    return share === undefined ? [] : [`${formatPercent(share)} of ${operation}`];
  });
  return shares.length === 0
    ? null
    : `Conversion of documents (JSON, rows to objects) is ${shares.join(', ')} in the handler.`;
}

/** Whether an operation waits for others only: next to nothing of its time in the service is its own work. */
function waitsForOthers({ all }: PartBands): boolean {
  if (!all || all.mean <= 0) return false;
  const ownMs = sum(Object.entries(all.parts).map(([part, meanMs]) => (occupiesLoop(part) ? meanMs : 0)));
  return (all.parts[loopPart] ?? 0) > 0.9 * all.mean && ownMs < 0.02 * all.mean;
}

/** Parts of an operation's own work in the service, without the waiting for others. */
function occupiesLoop(part: string): boolean {
  return part.startsWith(serverPrefix) && part !== loopPart && part !== `${serverPrefix}wait`;
}

/** Operations that are held up by others (head-of-line blocking), in one sentence; null when there are none. */
export function headOfLineSentence(byOperation: Readonly<Record<string, PartBands>>): string | null {
  const held = Object.entries(byOperation).filter(([, bands]) => waitsForOthers(bands));
  if (held.length === 0) return null;
  const words = held.map(([operation, { all }]) => {
    const ownMs = sum(Object.entries(all?.parts ?? {}).map(([part, ms]) => (occupiesLoop(part) ? ms : 0)));
    return `${operation} (${formatLatency(ownMs)} of work in ${formatLatency(all?.mean)})`;
  });
  return `Held up by the requests before them, as one event loop serves all: ${words.join(', ')}.`;
}

/** A part is the cause of what it keeps from running when it fills this much of the time. */
const dominantShare = 1 / 3;
/** Of each second, in ms: how long a service may wait for a processor or collect garbage before it is mentioned. */
const withheldMs = 200;
const muchGarbageMs = 100;
/** A service that waits for a processor for this much of the time that it has one is stretched in all its parts. */
const withheldShare = 0.5;
/** A cause with a lesser share of the slowest requests' time is not mentioned. */
const worthSaying = 0.1;

function bandWords({ slowest_1, slowest_5 }: PartBands): string {
  if (slowest_1) return 'The slowest 1 %';
  return slowest_5 ? 'The slowest 5 %' : 'All requests';
}

/**
 * What makes the slow requests slow, the heaviest first. The parts of the slowest 5 % are the measure, and what was
 * seen beside the requests says more of some of them: waiting for the event loop is the fault of what keeps it busy,
 * or of pauses for garbage collection, or of a processor that was withheld; reading from the engine may be the fault
 * of a cache that is off or cold.
 */
export function findCauses(
  all: PartBands,
  byOperation: Readonly<Record<string, PartBands>>,
  surroundings: Surroundings,
): Cause[] {
  const band = all.slowest_5 ?? all.all;
  if (!band || band.mean <= 0) return [];
  const words = bandWords({ ...all, slowest_1: null });
  const causes = new Map<string, Cause>();
  for (const [part, meanMs] of Object.entries(band.parts)) {
    const share = meanMs / band.mean;
    const cause = causeOf(part, share, `${words} spend ${formatPercent(share)} of their ${formatLatency(band.mean)}`, {
      byOperation,
      surroundings,
    });
    const known = causes.get(cause.cause);
    // The heavier of two parts with one cause reports it.
    const told = known && known.share > share ? known : cause;
    causes.set(cause.cause, { ...told, share: share + (known?.share ?? 0) });
  }
  return [...causes.values()].filter(({ share }) => share >= worthSaying).sort((a, b) => b.share - a.share);
}

interface Evidence {
  byOperation: Readonly<Record<string, PartBands>>;
  surroundings: Surroundings;
}

function causeOf(part: string, share: number, start: string, evidence: Evidence): Cause {
  const withheld =
    part.startsWith(serverPrefix) || part === 'network' || part === 'network_and_waiting'
      ? withheldCause(evidence.surroundings)
      : undefined;
  if (withheld) return { cause: 'processor-withheld', share, sentence: `${start} in ${partLabel(part)}: ${withheld}` };
  if (part === loopPart || part === handlerPart) return loopCause(part, share, start, evidence);
  if (part === 'server.fetch' || part === 'server.prepare' || part === 'server.decode') {
    const cache = cacheCause(evidence.surroundings);
    if (cache && share >= dominantShare)
      return { cause: cache.cause, share, sentence: `${start} in ${partLabel(part)}: ${cache.why}` };
  }
  return { cause: part, share, sentence: `${start} in ${partLabel(part)}.` };
}

function loopCause(part: string, share: number, start: string, { byOperation, surroundings }: Evidence): Cause {
  const { targetGcMs, targetCpu } = surroundings;
  const where = `${start} in ${partLabel(part)}`;
  const gcMs = targetGcMs ?? 0;
  const occupant = part === loopPart ? loopOccupant(byOperation, surroundings) : undefined;
  if (gcMs > muchGarbageMs && gcMs > (occupant?.heldMs ?? 0)) {
    const sentence = `${where}: for ${ofEverySecond(gcMs)} the service collected garbage.`;
    return { cause: 'garbage-collection', share, sentence };
  }
  const held = occupant && describeOccupant(occupant, targetCpu);
  if (occupant && occupant.share >= dominantShare) {
    const garbage = gcMs > muchGarbageMs ? `; ${ofEverySecond(gcMs)} go into collecting its garbage` : '';
    return { cause: occupant.part, share, sentence: `${where}: ${held}${garbage}.` };
  }
  return { cause: part, share, sentence: held ? `${where}: no part fills a third of it (${held}).` : `${where}.` };
}

function ofEverySecond(durationMs: number): string {
  return `${Math.round(durationMs)} ms of every second`;
}

/** Why the service was slow in everything it did, when it had to wait for a processor; undefined when it had not. */
function withheldCause({ targetCpuWaitMs, targetCpu }: Surroundings): string | undefined {
  if (targetCpuWaitMs === null || targetCpuWaitMs <= withheldMs) return undefined;
  if (targetCpuWaitMs <= withheldShare * (targetCpu ?? 0) * msPerSecond) return undefined;
  return `for ${ofEverySecond(targetCpuWaitMs)} the service was ready to run and had no processor.`;
}

function describeOccupant({ part, share, operation }: Occupant, targetCpu: number | null): string {
  const of = operation === undefined ? '' : ` of ${operation}`;
  const processor = targetCpu === null ? '' : `, and its processor is ${formatPercent(Math.min(1, targetCpu))} busy`;
  return `${partLabel(part)}${of} fills ${formatPercent(share)} of the time in which it is busy${processor}`;
}

function cacheCause({ hasCache, firstHitRate, lastHitRate }: Surroundings): { cause: string; why: string } | undefined {
  if (hasCache === false) return { cause: 'cache-off', why: 'there is no cache, so every read goes to the engine.' };
  if (firstHitRate === null || lastHitRate === null || lastHitRate - firstHitRate < 0.2) return undefined;
  return {
    cause: 'cache-cold',
    why: `the cache was cold (${formatPercent(firstHitRate)} hits in the first quarter, ${formatPercent(lastHitRate)} in the last).`,
  };
}

/** What the slow requests do with the time that the median request does not take, in one sentence; null without enough requests. */
export function tailSentence(bands: PartBands): string | null {
  const { median } = bands;
  const slow = bands.slowest_1 ?? bands.slowest_5;
  if (!median || !slow) return null;
  const words = bandWords(bands);
  const extraMs = slow.mean - median.mean;
  if (extraMs < 0.5 * median.mean) {
    const [part, share] = heaviest(median, { count: 0, mean: 0, parts: {} });
    return `${words} (${formatLatency(slow.mean)}) are like the median request (${formatLatency(median.mean)}), which spends ${formatPercent(share)} in ${partLabel(part)}.`;
  }
  const [part, share] = heaviest(slow, median);
  return `${words} take ${formatLatency(slow.mean)} where the median request takes ${formatLatency(median.mean)}, and spend ${formatPercent(share)} of their extra time in ${partLabel(part)}.`;
}

/** The part with the most time beyond another band's, and its share of all the time beyond. */
function heaviest(band: PartBand, than: PartBand): [part: string, share: number] {
  const extra = Object.entries(band.parts).map(([part, meanMs]) => [part, meanMs - (than.parts[part] ?? 0)] as const);
  const [part, extraMs] = extra.reduce((most, next) => (next[1] > most[1] ? next : most), ['unattributed', 0] as const);
  const total = band.mean - than.mean;
  return [part, total > 0 ? Math.min(1, extraMs / total) : 0];
}
