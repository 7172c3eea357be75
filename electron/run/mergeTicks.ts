import { PartProfile, type SparseProfile } from '../../shared/attribution/partProfile';
import { LatencyHistogram, type SparseHistogram } from '../../shared/statistics/latencyHistogram';
import type { LoadTick } from '../load/protocol';

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

/** Merges records by name; `merge` is given what there is under the name. */
function mergeRecords<T, U>(records: readonly Record<string, T>[], merge: (values: T[]) => U): Record<string, U> {
  const names = new Set(records.flatMap((record) => Object.keys(record)));
  return Object.fromEntries(
    [...names].map((name) => [name, merge(records.flatMap((record) => record[name] ?? []))] as const),
  );
}

function sumKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : sum(known);
}

/**
 * The ticks of several load processes for the same quarter second as one. Counts add up and histograms merge; of what
 * describes a process (its utilisation, its pauses) the worst counts.
 */
export function mergeTicks(first: LoadTick, ...others: readonly LoadTick[]): LoadTick {
  if (others.length === 0) return first;
  const all = [first, ...others];
  const histogram = (pick: (tick: LoadTick) => SparseHistogram): SparseHistogram => mergeSparse(all.map(pick));
  const total = (pick: (tick: LoadTick) => number): number => sum(all.map(pick));
  const worst = (pick: (tick: LoadTick) => number): number => Math.max(...all.map(pick));
  const limits = all.flatMap(({ cpuLimit }) => cpuLimit ?? []);
  const waits = all.map(({ cpuWaitMs }) => cpuWaitMs).filter((wait) => wait !== null);
  return {
    index: first.index,
    warmup: first.warmup,
    durationMs: worst(({ durationMs }) => durationMs),
    elapsedMs: worst(({ elapsedMs }) => elapsedMs),
    asked: sumKnown(all.map(({ asked }) => asked)),
    sent: total(({ sent }) => sent),
    dropped: total(({ dropped }) => dropped),
    inFlight: total(({ inFlight }) => inFlight),
    failures: mergeRecords(
      all.map(({ failures }) => failures),
      sum,
    ),
    cacheHits: total(({ cacheHits }) => cacheHits),
    cacheLookups: total(({ cacheLookups }) => cacheLookups),
    response: mergeRecords(
      all.map(({ response }) => response),
      mergeSparse,
    ),
    service: histogram(({ service }) => service),
    blocked: histogram(({ blocked }) => blocked),
    waiting: histogram(({ waiting }) => waiting),
    receiving: histogram(({ receiving }) => receiving),
    lateness: histogram(({ lateness }) => lateness),
    serverTiming: mergeRecords(
      all.map(({ serverTiming }) => serverTiming),
      mergeSparse,
    ),
    parts: mergeRecords(
      all.map(({ parts }) => parts),
      mergeProfiles,
    ),
    stages: mergeRecords(
      all.map(({ stages }) => stages),
      (stages) => ({
        response: mergeSparse(stages.map(({ response }) => response)),
        failed: sum(stages.map(({ failed }) => failed)),
      }),
    ),
    connections: {
      opened: total(({ connections }) => connections.opened),
      lost: total(({ connections }) => connections.lost),
      reconnects: total(({ connections }) => connections.reconnects),
      open: total(({ connections }) => connections.open),
      lookup: histogram(({ connections }) => connections.lookup),
      connect: histogram(({ connections }) => connections.connect),
      tls: histogram(({ connections }) => connections.tls),
    },
    utilisation: worst(({ utilisation }) => utilisation),
    gcMs: worst(({ gcMs }) => gcMs),
    gcMaxMs: worst(({ gcMaxMs }) => gcMaxMs),
    cpuWaitMs: waits.length === 0 ? null : Math.max(...waits),
    // Load processes are in the same group and share its limit.
    cpuLimit: limits.length === 0 ? null : Math.min(...limits) / all.length,
  };
}
