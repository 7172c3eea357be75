import { PartProfile, type SparseProfile } from '../../shared/attribution/partProfile';
import { LatencyHistogram, type SparseHistogram } from '../../shared/statistics/latencyHistogram';
import type { JourneyTick, LoadTick } from '../load/protocol';

type Ticks = readonly [LoadTick, ...LoadTick[]];

function mergeSparse(all: readonly SparseHistogram[]): SparseHistogram {
  const merged = new LatencyHistogram();
  for (const sparse of all) merged.mergeSparse(sparse);
  return merged.toSparse();
}

function mergeProfiles(all: readonly SparseProfile[]): SparseProfile {
  const merged = new PartProfile();
  for (const sparse of all) merged.mergeSparse(sparse);
  return merged.toSparse();
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Merges records by name. `merge` receives all values under a name. */
function mergeRecords<T, U>(records: readonly Record<string, T>[], merge: (values: T[]) => U): Record<string, U> {
  const names = new Set(records.flatMap((record) => Object.keys(record)));
  return Object.fromEntries(
    [...names].map((name) => [name, merge(records.flatMap((record) => record[name] ?? []))] as const),
  );
}

/** Merges what journeys report in addition to their requests. Empty for other scenarios. */
function mergeJourneys(ticks: readonly LoadTick[]): { journeys?: JourneyTick } {
  const all = ticks.flatMap(({ journeys }) => journeys ?? []);
  if (all.length === 0) return {};
  return {
    journeys: {
      durations: mergeRecords(
        all.map(({ durations }) => durations),
        mergeSparse,
      ),
      iterations: mergeRecords(
        all.map(({ iterations }) => iterations),
        (ends) => ({
          completed: sum(ends.map(({ completed }) => completed)),
          failed: sum(ends.map(({ failed }) => failed)),
          interrupted: sum(ends.map(({ interrupted }) => interrupted)),
        }),
      ),
      steps: mergeRecords(
        all.map(({ steps }) => steps),
        (steps) => ({
          sentBytes: sum(steps.map(({ sentBytes }) => sentBytes)),
          receivedBytes: sum(steps.map(({ receivedBytes }) => receivedBytes)),
          decodedBytes: sum(steps.map(({ decodedBytes }) => decodedBytes)),
          checks: mergeRecords(
            steps.map(({ checks }) => checks),
            (counts) => ({
              passes: sum(counts.map(({ passes }) => passes)),
              fails: sum(counts.map(({ fails }) => fails)),
            }),
          ),
        }),
      ),
    },
  };
}

/** Merges the dropped iterations by scenario. Empty for a run with one scenario. */
function mergeDropped(ticks: readonly LoadTick[]): Pick<LoadTick, 'droppedByScenario'> {
  const all = ticks.flatMap(({ droppedByScenario: dropped }) => (dropped ? [dropped] : []));
  return all.length === 0 ? {} : { droppedByScenario: mergeRecords(all, sum) };
}

/** Folds the values that are not null. Returns null when there are none. */
function foldKnown(values: readonly (number | null)[], fold: (known: readonly number[]) => number): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : fold(known);
}

/** The last of the ticks in time. */
function lastOf(ticks: Ticks): LoadTick {
  return ticks.at(-1) ?? ticks[0];
}

function worst(values: readonly number[]): number {
  return Math.max(...values);
}

/** The longest pauses; null when they are not known. */
function worstPauses(ticks: Ticks): Pick<LoadTick, 'gcMaxMs' | 'loopDelayMs'> {
  return {
    gcMaxMs: foldKnown(
      ticks.map(({ gcMaxMs }) => gcMaxMs),
      worst,
    ),
    loopDelayMs: foldKnown(
      ticks.map(({ loopDelayMs }) => loopDelayMs),
      worst,
    ),
  };
}

/** The values that add up, both over time and over processes: counts and distributions. */
function addUp(all: Ticks) {
  const histogram = (pick: (tick: LoadTick) => SparseHistogram): SparseHistogram => mergeSparse(all.map(pick));
  const total = (pick: (tick: LoadTick) => number): number => sum(all.map(pick));
  const records = <T, U>(pick: (tick: LoadTick) => Record<string, T>, merge: (values: T[]) => U): Record<string, U> =>
    mergeRecords(all.map(pick), merge);
  return {
    warmup: all[0].warmup,
    draining: all.every(({ draining }) => draining),
    asked: foldKnown(
      all.map(({ asked }) => asked),
      sum,
    ),
    sent: total(({ sent }) => sent),
    dropped: total(({ dropped }) => dropped),
    ...mergeDropped(all),
    late: total(({ late }) => late),
    lateFailed: total(({ lateFailed }) => lateFailed),
    failures: records(({ failures }) => failures, sum),
    errorsByOperation: records(
      ({ errorsByOperation }) => errorsByOperation,
      (kinds) => mergeRecords(kinds, sum),
    ),
    cacheHits: total(({ cacheHits }) => cacheHits),
    cacheLookups: total(({ cacheLookups }) => cacheLookups),
    response: records(({ response }) => response, mergeSparse),
    service: histogram(({ service }) => service),
    blocked: histogram(({ blocked }) => blocked),
    waiting: histogram(({ waiting }) => waiting),
    receiving: histogram(({ receiving }) => receiving),
    lateness: histogram(({ lateness }) => lateness),
    serverTiming: records(({ serverTiming }) => serverTiming, mergeSparse),
    parts: records(({ parts }) => parts, mergeProfiles),
    stages: records(
      ({ stages }) => stages,
      (stages) => ({
        response: mergeSparse(stages.map(({ response }) => response)),
        failures: mergeRecords(
          stages.map(({ failures }) => failures),
          sum,
        ),
        dropped: sum(stages.map(({ dropped }) => dropped)),
      }),
    ),
    ...mergeJourneys(all),
    connections: {
      opened: total(({ connections }) => connections.opened),
      lost: total(({ connections }) => connections.lost),
      reconnects: total(({ connections }) => connections.reconnects),
      lookup: histogram(({ connections }) => connections.lookup),
      connect: histogram(({ connections }) => connections.connect),
      tls: histogram(({ connections }) => connections.tls),
    },
  };
}

/**
 * Joins successive ticks of one load process. Counts add up. Values that describe a moment are those of the last tick.
 * Shares of time are weighted by the duration of their tick.
 */
export function joinTicks(...ticks: Ticks): LoadTick {
  if (ticks.length === 1) return ticks[0];
  const last = lastOf(ticks);
  const durationMs = sum(ticks.map((tick) => tick.durationMs));
  const busyMs = foldKnown(
    ticks.map(({ utilisation, durationMs: lengthMs }) => (utilisation === null ? null : utilisation * lengthMs)),
    sum,
  );
  const { connections, ...counts } = addUp(ticks);
  return {
    ...counts,
    index: last.index,
    durationMs,
    elapsedMs: last.elapsedMs,
    inFlight: last.inFlight,
    connections: { ...connections, open: last.connections.open },
    utilisation: busyMs !== null && durationMs > 0 ? busyMs / durationMs : last.utilisation,
    gcMs: foldKnown(
      ticks.map(({ gcMs }) => gcMs),
      sum,
    ),
    ...worstPauses(ticks),
    cpuWaitMs: foldKnown(
      ticks.map(({ cpuWaitMs }) => cpuWaitMs),
      sum,
    ),
    cpuSlices: foldKnown(
      ticks.map(({ cpuSlices }) => cpuSlices),
      sum,
    ),
    throttledMs: foldKnown(
      ticks.map(({ throttledMs }) => throttledMs),
      sum,
    ),
    cpuLimit: last.cpuLimit,
  };
}

/**
 * Merges the ticks of several load processes. The `whole` ticks cover the same quarter seconds. The `partial` ticks are
 * from processes that ended within them, and add what those still counted. Counts add up and histograms merge. Of
 * values that describe a process, such as its utilisation and its pauses, the worst counts; a share of a shorter time
 * is scaled to the whole time. The duration is the mean of the whole ticks, because each has a delay of its own and a
 * rate is the sum of the counts divided by the duration.
 */
export function mergeTicks(whole: Ticks, partial: readonly LoadTick[] = []): LoadTick {
  const ticks: Ticks = [...whole, ...partial];
  if (ticks.length === 1) return ticks[0];
  const mean = (pick: (tick: LoadTick) => number): number => sum(whole.map(pick)) / whole.length;
  const durationMs = mean((tick) => tick.durationMs);
  const shareOfTime = (tick: LoadTick): number => (tick.durationMs < durationMs ? tick.durationMs / durationMs : 1);
  const { connections, ...counts } = addUp(ticks);
  // The wait and the number of slices must come from the same process.
  const waitedMost = ticks.reduce((most, tick) => ((tick.cpuWaitMs ?? -1) > (most.cpuWaitMs ?? -1) ? tick : most));
  const limit = foldKnown(
    ticks.map(({ cpuLimit }) => cpuLimit),
    (limits) => Math.min(...limits),
  );
  return {
    ...counts,
    index: ticks[0].index,
    durationMs,
    elapsedMs: mean(({ elapsedMs }) => elapsedMs),
    inFlight: foldKnown(
      ticks.map(({ inFlight }) => inFlight),
      sum,
    ),
    connections: { ...connections, open: sum(ticks.map((tick) => tick.connections.open)) },
    utilisation: foldKnown(
      [
        ...whole.map(({ utilisation }) => utilisation),
        ...partial.map((tick) => (tick.utilisation === null ? null : tick.utilisation * shareOfTime(tick))),
      ],
      worst,
    ),
    gcMs: foldKnown(
      ticks.map(({ gcMs }) => gcMs),
      worst,
    ),
    ...worstPauses(ticks),
    cpuWaitMs: waitedMost.cpuWaitMs,
    cpuSlices: waitedMost.cpuSlices,
    throttledMs: foldKnown(
      ticks.map(({ throttledMs }) => throttledMs),
      worst,
    ),
    // Load processes are in the same control group (cgroup) and share its limit.
    cpuLimit: limit === null ? null : limit / ticks.length,
  };
}
