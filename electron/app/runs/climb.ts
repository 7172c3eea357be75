import type { ClimbEnd } from '../../../shared/ladder/climb';
import { describeLoad } from '../../../shared/scenario/describe';
import type { Scenario } from '../../../shared/scenario/schema';
import type { GatedRequest } from './gate';

/** What a climb needs to run the levels. */
export interface ClimbContext<Request extends GatedRequest> {
  /** The request for a level, with the current gate from the history. Called once for each level. */
  requestAt(level: Scenario): Request;
  /** Runs a level. Resolves with whether the run reached a verdict on the target. */
  run(level: Scenario, request: Request): Promise<boolean>;
}

/** What a climb does to its target, as part of a question to the user. */
export function climbSentence(levels: readonly Scenario[]): string {
  const loads = levels.filter(({ level }) => level !== undefined).map(({ load }) => describeLoad(load));
  return `One level after the other loads it: ${loads.join('; ')}`;
}

/** Runs the numbered levels in order, until a level stays locked or a run does not finish. */
export async function climb<Request extends GatedRequest>(
  levels: readonly Scenario[],
  { requestAt, run }: ClimbContext<Request>,
): Promise<ClimbEnd> {
  for (const scenario of levels) {
    const { level } = scenario;
    if (level === undefined) continue;
    const request = requestAt(scenario);
    const { open, reason } = request.gate;
    if (!open) return { kind: 'locked', level, reason: reason ?? '' };
    if (!(await run(scenario, request))) return { kind: 'ended', level };
  }
  return { kind: 'top' };
}
