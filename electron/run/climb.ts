import type { ClimbEnd } from '../../shared/ladder/climb';
import type { Gate } from '../../shared/ladder/gate';
import type { Scenario } from '../../shared/scenario/schema';

/** What a climb needs of its surroundings. */
export interface ClimbContext {
  gateTo(level: Scenario): Gate;
  /** Runs a level; tells whether it came to a verdict on the target. */
  run(level: Scenario, gate: Gate): Promise<boolean>;
}

/** Runs the levels that have a number in their order, until a gate stays shut or a run does not come to its end. */
export async function climb(levels: readonly Scenario[], { gateTo, run }: ClimbContext): Promise<ClimbEnd> {
  for (const scenario of levels) {
    const { level } = scenario;
    if (level === undefined) continue;
    const gate = gateTo(scenario);
    if (!gate.open) return { kind: 'shut', level, reason: gate.reason ?? '' };
    if (!(await run(scenario, gate))) return { kind: 'ended', level };
  }
  return { kind: 'top' };
}
