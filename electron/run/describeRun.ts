import type { RunDescription } from '../../shared/run/events';
import { redactScenario, redactTarget } from '../../shared/secrets/redactRun';
import type { RunContext, RunRequest } from './runContract';

/** The public description of a run. Secrets that were typed for the run are sent, but saved nowhere. */
export function describeRun(request: RunRequest, { now, environment, calibration }: RunContext): RunDescription {
  return {
    id: request.id,
    startedAt: now().toISOString(),
    scenario: redactScenario(request.scenario),
    target: redactTarget(request.target),
    environment,
    shortened: request.shortened,
    overridden: request.overridden,
    ...(calibration ? { calibration } : {}),
    ...(request.driver ? { driver: { tool: request.driver.tool, version: request.driver.version } } : {}),
    ...(request.gate ? { gate: request.gate } : {}),
  };
}
