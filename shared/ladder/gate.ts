import { z } from 'zod';
import type { RunSummary } from '../run/summary';
import type { Scenario } from '../scenario/schema';
import { formatLatency, formatNumber } from '../units/format';

/** Whether a level was open to the target when its run began; a run of a level that was shut says so. */
export const gateSchema = z.object({
  open: z.boolean(),
  /** What is missing, and by how much; null when the gate is open. */
  reason: z.string().nullable(),
});
export type Gate = z.infer<typeof gateSchema>;

/** What the report asks of level 1 before level 2 may be run. */
const firstGateP95Ms = 100;

const open: Gate = { open: true, reason: null };

function shut(reason: string): Gate {
  return { open: false, reason };
}

/** The level that opens another one; undefined for levels 0, 1 and C, which are always open. */
export function gatekeeperOf(levels: readonly Scenario[], { level }: Pick<Scenario, 'level'>): Scenario | undefined {
  return level === undefined || level < 2 ? undefined : levels.find((candidate) => candidate.level === level - 1);
}

/** Whether the last run of the level below opens the next one. `last` is that run on the same target, if there is one. */
export function gateOf(
  gatekeeper: Scenario | undefined,
  last: Pick<RunSummary, 'verdict' | 'p95Ms'> | undefined,
): Gate {
  if (!gatekeeper) return open;
  const name = `level ${gatekeeper.level}`;
  const asksP95 = gatekeeper.level === 1;
  const wish = asksP95 ? `${name} with P95 below ${firstGateP95Ms} ms` : `${name} to be passed`;
  if (!last) return shut(`It takes ${wish}, and ${name} has not been run here.`);
  if (
    last.verdict === null ||
    last.verdict === 'imported' ||
    last.verdict === 'aborted' ||
    last.verdict === 'interrupted'
  )
    return shut(`It takes ${wish}, and the last run of ${name} did not come to its end.`);
  if (last.verdict === 'inconclusive') return shut(`It takes ${wish}, and the last run of ${name} is inconclusive.`);
  if (!asksP95) return last.verdict === 'passed' ? open : shut(`It takes ${wish}, and its last run failed.`);
  const p95Ms = last.p95Ms ?? Number.POSITIVE_INFINITY;
  if (p95Ms < firstGateP95Ms) return open;
  const factor = formatNumber(p95Ms / firstGateP95Ms, 1);
  return shut(`It takes ${wish}, and its P95 is ${formatLatency(last.p95Ms)}: ${factor} times that.`);
}
