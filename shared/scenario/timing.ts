import { parseDurationMs } from '../units/duration';
import type { Load, Scenario } from './schema';

/** The times of a scenario in milliseconds. */
export interface ScenarioTiming {
  warmupMs: number;
  /** The measured part, after the warm-up. */
  durationMs: number;
  gracefulStopMs: number;
}

function required(text: string): number {
  const durationMs = parseDurationMs(text);
  if (durationMs === undefined) throw new RangeError(`not a duration: ${text}`);
  return durationMs;
}

/** The times of a scenario that the schema has accepted. */
export function timingOf(scenario: Scenario): ScenarioTiming {
  return {
    warmupMs: required(scenario.warmup),
    durationMs: required(scenario.load.duration),
    gracefulStopMs: required(scenario.load.gracefulStop),
  };
}

/** Arrivals per second of a load with an arrival rate. */
export function arrivalsPerSecond(load: Extract<Load, { executor: 'constant-arrival-rate' }>): number {
  return load.rate / (required(load.timeUnit) / 1000);
}
