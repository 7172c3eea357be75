import type { Driver } from '../../shared/run/driver';
import type { RunDescription } from '../../shared/run/events';
import { redactScenario, redactTarget } from '../../shared/secrets/redactRun';
import type { FoundTool } from '../drivers/findTool';
import type { RunContext, RunRequest } from './runContract';

function driverOf({ tool, version, on, container }: FoundTool): Driver {
  return { tool, version, ...(on === undefined ? {} : { on }), ...(container ? { image: container.image } : {}) };
}

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
    ...(request.driver ? { driver: driverOf(request.driver) } : {}),
    ...(request.gate ? { gate: request.gate } : {}),
  };
}
