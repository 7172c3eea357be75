import { ProofloadError } from '../../shared/errors/appError';
import { type ToolDriver, toolNames } from '../../shared/run/driver';
import type { FleetFindings, LoadEnd } from '../hosting/fleet';
import type { SinglePlan } from '../load/loadPlan';
import type { SampleTicks } from './sampleTicks';

/** What is known at the end of a load that a tool made. */
export interface EndedLoad {
  tool: ToolDriver;
  plan: SinglePlan;
  warmupMs: number;
  ticks: Pick<SampleTicks, 'startMs' | 'lastEndedMs'>;
  /** When it was stopped, by the clock of its samples; undefined for a load that was not stopped. */
  stoppedMs: number | undefined;
  fault: ProofloadError | undefined;
}

/** How a load ended. Throws its fault, or `load-failed`, when it never began. */
export function drivenEnd({ tool, plan, warmupMs, ticks, stoppedMs, fault }: EndedLoad): LoadEnd {
  const { startMs, lastEndedMs } = ticks;
  if (startMs === undefined && (fault !== undefined || stoppedMs === undefined))
    throw (
      fault ??
      new ProofloadError(
        'load-failed',
        `${toolNames[tool]} ended before it sent anything`,
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

/** What a tool knows at the end. Tools report neither the contents of responses nor single slow requests. */
export function drivenFindings(notes: readonly string[]): FleetFindings {
  return {
    checked: 0,
    violations: 0,
    violationExamples: [],
    warnings: [],
    notes: [...notes],
    checkExamples: [],
    dataUse: [],
    slowest: [],
    writes: [],
    protocols: [],
  };
}
