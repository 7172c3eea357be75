import { ProofloadError } from '../../shared/errors/appError';
import { type ToolDriver, toolNames } from '../../shared/run/driver';
import type { PlainLoad } from '../../shared/scenario/schema';
import type { LoadEnd } from '../hosting/loadFleet';
import { type LoadPlan, planLoad } from '../load/loadPlan';
import { wholeLoad } from '../load/schedule/shard';
import type { SampleTicks } from './sampleTicks';

/**
 * The plan of a load that a tool makes. Tools space their arrivals evenly, whatever distribution of arrivals the
 * scenario asks for.
 */
export function evenPlan(load: PlainLoad, warmupMs: number, seed: number): LoadPlan {
  const even = 'arrivals' in load ? { ...load, arrivals: 'even' as const } : load;
  return planLoad({ load: even, warmupMs, seed, shard: wholeLoad });
}

/** What is known at the end of a load that a tool made. */
export interface EndedLoad {
  tool: ToolDriver;
  plan: LoadPlan;
  warmupMs: number;
  ticks: Pick<SampleTicks, 'startMs' | 'lastEndedMs'>;
  /** When it was stopped, by the clock of its samples; undefined for a load that was not stopped. */
  stoppedMs: number | undefined;
  fault: ProofloadError | undefined;
}

/** How a load ended. Throws its fault, or `load-failed`, when it never began. */
export function loadEnd({ tool, plan, warmupMs, ticks, stoppedMs, fault }: EndedLoad): LoadEnd {
  const { startMs, lastEndedMs } = ticks;
  if (startMs === undefined && (fault !== undefined || stoppedMs === undefined))
    throw (
      fault ??
      new ProofloadError(
        'load-failed',
        `${toolNames[tool]} ended without having sent anything`,
        'run the exported script by hand to see why',
      )
    );
  const untilMs = stoppedMs === undefined ? Number.POSITIVE_INFINITY : stoppedMs - (startMs ?? 0);
  const isWork = plan.model === 'closed' && plan.budget !== undefined;
  const plannedMs = isWork ? Math.min(lastEndedMs, plan.totalMs) : plan.totalMs;
  return {
    measuredMs: Math.max(0, Math.min(plannedMs, untilMs) - warmupMs),
    answeredMs: Math.max(0, lastEndedMs - warmupMs),
    fault,
  };
}
