import { z } from 'zod';
import type { RunSummary } from '../run/summary';
import type { Scenario } from '../scenario/schema';
import { formatLatency, formatNumber, formatShare } from '../units/format';

/** Whether a level was unlocked for the target when its run began. A run of a locked level states this. */
export const gateSchema = z.object({
  open: z.boolean(),
  /** What is missing, and by how much; null when the gate is unlocked. */
  reason: z.string().nullable(),
});
export type Gate = z.infer<typeof gateSchema>;

/** The limit of the report for level 1, before level 2 may be run. */
const firstGateP95Ms = 100;
/** When more than this share of requests failed, the latencies of a run tell nothing about a working service. */
const mostFailed = 0.01;

const open: Gate = { open: true, reason: null };

/** Describes what a level requires from the level below: `level 1: P95 < 100 ms`. */
export function gateNeed(levels: readonly Scenario[], level: Pick<Scenario, 'level'>): string | undefined {
  const gatekeeper = gatekeeperOf(levels, level);
  if (!gatekeeper) return undefined;
  // A narrow cell breaks the line between the level and its limit, and nowhere in them.
  return gatekeeper.level === 1
    ? `level\u00a01: P95\u00a0<\u00a0${firstGateP95Ms}\u00a0ms`
    : `level\u00a0${gatekeeper.level} passed`;
}

/** The fields of a run of the level below that a gate evaluates. */
export type GateRun = Pick<
  RunSummary,
  'verdict' | 'origin' | 'isShortened' | 'isOverridden' | 'wasGateShut' | 'p95Ms' | 'p95HighMs' | 'failedRate'
>;

/** Returns the level that unlocks another one; undefined for levels 0, 1 and C, which are always unlocked. */
export function gatekeeperOf(levels: readonly Scenario[], { level }: Pick<Scenario, 'level'>): Scenario | undefined {
  return level === undefined || level < 2 ? undefined : levels.find((candidate) => candidate.level === level - 1);
}

/**
 * Returns why a run does not count for unlocking the next level, as the end of a sentence; undefined when it counts.
 */
function whyNotCounted({ verdict, isShortened, isOverridden, wasGateShut }: GateRun): string | undefined {
  if (verdict !== 'passed' && verdict !== 'failed' && verdict !== 'inconclusive') return 'did not complete';
  if (isShortened) return 'was shortened';
  if (isOverridden) return 'overrode parts of the level';
  if (wasGateShut) return 'was made while its level was locked';
  return verdict === 'inconclusive' ? 'was inconclusive' : undefined;
}

/** Whether a run of this data folder counts for unlocking the next level, whatever its result. */
export function isCounted(run: GateRun): boolean {
  return run.origin === null && whyNotCounted(run) === undefined;
}

/** Returns what a run lacks to unlock level 2, as the end of a sentence; undefined when it lacks nothing. */
function lackOfFirst({ p95Ms, p95HighMs, failedRate }: GateRun): string | undefined {
  if (failedRate === null || failedRate > mostFailed) return `${formatShare(failedRate)} of its requests failed`;
  if (p95Ms === null || p95Ms >= firstGateP95Ms) {
    const times = p95Ms === null ? '' : `: ${formatNumber(p95Ms / firstGateP95Ms, 1)} times that`;
    return `its P95 is ${formatLatency(p95Ms)}${times}`;
  }
  if (p95HighMs !== null && p95HighMs < firstGateP95Ms) return undefined;
  const most = p95HighMs === null ? 'its upper bound is unknown' : `may be up to ${formatLatency(p95HighMs)}`;
  return `its P95 is ${formatLatency(p95Ms)}, but ${most}`;
}

/**
 * Evaluates whether the runs of the level below unlock the next one. `runs` are those on the same target, newest first.
 * The newest run that counts decides. It must be from this data folder, have full length and no overrides, have started
 * unlocked, and have reached a verdict. For level 2, its P95 and its failures decide instead of its verdict, as in the
 * report.
 */
export function gateOf(gatekeeper: Scenario | undefined, runs: readonly GateRun[]): Gate {
  if (!gatekeeper) return open;
  // A run in progress elsewhere does not count yet, and an imported one never counts.
  const own = runs.filter(({ verdict, origin }) => verdict !== null && verdict !== 'imported' && origin === null);
  const evidence = own.find(isCounted);
  const name = `level ${gatekeeper.level}`;
  const asksP95 = gatekeeper.level === 1;
  const wish = asksP95 ? `${name} with P95 below ${firstGateP95Ms} ms` : `${name} to be passed`;
  const [newest] = own;
  const ignored = newest && whyNotCounted(newest);
  if (!evidence) {
    const lacks =
      ignored === undefined
        ? `${name} has not been run here`
        : `no run of ${name} counts here: the last one ${ignored}`;
    return { open: false, reason: `Requires ${wish}; ${lacks}.` };
  }
  const lack = asksP95 ? lackOfFirst(evidence) : evidence.verdict === 'passed' ? undefined : 'its last run failed';
  if (lack === undefined) return open;
  const later = ignored === undefined ? '' : ` The last run does not count: it ${ignored}.`;
  return { open: false, reason: `Requires ${wish}; ${lack}.${later}` };
}
