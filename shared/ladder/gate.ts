import { z } from 'zod';
import type { RunSummary } from '../run/summary';
import type { Scenario } from '../scenario/schema';
import { formatLatency, formatNumber, formatShare } from '../units/format';

/** Whether a level was unlocked for the target when its run began; a run of a locked level says so. */
export const gateSchema = z.object({
  open: z.boolean(),
  /** What is missing, and by how much; null when the gate is open. */
  reason: z.string().nullable(),
});
export type Gate = z.infer<typeof gateSchema>;

/** What the report asks of level 1 before level 2 may be run. */
const firstGateP95Ms = 100;
/** Latencies of a run in which more than this share of requests failed say nothing of a service that works. */
const mostFailed = 0.01;

const open: Gate = { open: true, reason: null };

/** What a level needs of the one below it before it may be run, in a few words: `level 1: P95 < 100 ms`. */
export function gateNeed(levels: readonly Scenario[], level: Pick<Scenario, 'level'>): string | undefined {
  const gatekeeper = gatekeeperOf(levels, level);
  if (!gatekeeper) return undefined;
  return gatekeeper.level === 1 ? `level 1: P95 < ${firstGateP95Ms} ms` : `level ${gatekeeper.level} passed`;
}

/** What a gate looks at in a run of the level below. */
export type GateRun = Pick<
  RunSummary,
  'verdict' | 'origin' | 'isShortened' | 'isOverridden' | 'wasGateShut' | 'p95Ms' | 'p95HighMs' | 'failedRate'
>;

/** The level that opens another one; undefined for levels 0, 1 and C, which are always open. */
export function gatekeeperOf(levels: readonly Scenario[], { level }: Pick<Scenario, 'level'>): Scenario | undefined {
  return level === undefined || level < 2 ? undefined : levels.find((candidate) => candidate.level === level - 1);
}

/** Why a run says nothing of whether the next level may be run, as the end of a sentence; undefined when it does. */
function whyNotCounted({ verdict, isShortened, isOverridden, wasGateShut }: GateRun): string | undefined {
  if (verdict !== 'passed' && verdict !== 'failed' && verdict !== 'inconclusive') return 'did not complete';
  if (isShortened) return 'was shortened';
  if (isOverridden) return 'overrode parts of the level';
  if (wasGateShut) return 'was made while its level was locked';
  return verdict === 'inconclusive' ? 'was inconclusive' : undefined;
}

/** What a run lacks to open level 2, as the end of a sentence; undefined when it lacks nothing. */
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
 * Whether the runs of the level below open the next one: `runs` are those on the same target, the newest first. The
 * newest that counts decides: one of this history, at full length, as the level has it and with its own gate open, that
 * came to a verdict. For level 2 its P95 and its failures decide and not its verdict, as the report asks.
 */
export function gateOf(gatekeeper: Scenario | undefined, runs: readonly GateRun[]): Gate {
  if (!gatekeeper) return open;
  // A run in progress elsewhere does not count yet, and one of another machine never does.
  const own = runs.filter(({ verdict, origin }) => verdict !== null && verdict !== 'imported' && origin === null);
  const evidence = own.find((run) => whyNotCounted(run) === undefined);
  const name = `level ${gatekeeper.level}`;
  const asksP95 = gatekeeper.level === 1;
  const wish = asksP95 ? `${name} with P95 below ${firstGateP95Ms} ms` : `${name} to be passed`;
  const [newest] = own;
  const ignored = newest && whyNotCounted(newest);
  if (!evidence) {
    const made = ignored === undefined ? '' : ` so that it counts: the last run ${ignored}`;
    return { open: false, reason: `Requires ${wish}; ${name} has not been run here${made}.` };
  }
  const lack = asksP95 ? lackOfFirst(evidence) : evidence.verdict === 'passed' ? undefined : 'its last run failed';
  if (lack === undefined) return open;
  const later = ignored === undefined ? '' : ` The last run does not count: it ${ignored}.`;
  return { open: false, reason: `Requires ${wish}; ${lack}.${later}` };
}
