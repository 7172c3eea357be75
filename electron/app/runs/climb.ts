import type { ClimbEnd } from '../../../shared/ladder/climb';
import type { Gate } from '../../../shared/ladder/gate';
import { describeLoad } from '../../../shared/scenario/describe';
import type { Scenario } from '../../../shared/scenario/schema';

/** What a climb needs of its surroundings. */
export interface ClimbContext {
  gateTo(level: Scenario): Gate;
  /** Runs a level; tells whether it came to a verdict on the target. */
  run(level: Scenario, gate: Gate): Promise<boolean>;
}

/** What a climb does to the server that it goes to, for a question to the user. */
export function climbSentence(levels: readonly Scenario[]): string {
  const loads = levels.filter(({ level }) => level !== undefined).map(({ load }) => describeLoad(load));
  return `One level after the other loads it: ${loads.join('; ')}`;
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
