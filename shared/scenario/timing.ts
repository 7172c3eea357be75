import { parseDurationMs } from '../units/duration';
import type { Load, OpenLoad, Scenario, ScenarioPart } from './schema';

/** The times of a load in milliseconds. */
export interface LoadTiming {
  warmupMs: number;
  /** The measured part, after the warm-up. For iterations and capacity searches it is the maximum. */
  durationMs: number;
  gracefulStopMs: number;
}

/** Returns the milliseconds of a validated duration. Throws RangeError for an invalid one. */
export function requiredMs(text: string): number {
  const durationMs = parseDurationMs(text);
  if (durationMs === undefined) throw new RangeError(`not a duration: ${text}`);
  return durationMs;
}

/** Returns the duration of the measured part of a load, in ms. */
export function durationMsOf(load: Load): number {
  switch (load.executor) {
    case 'ramping-vus':
    case 'ramping-arrival-rate':
      return load.stages.reduce((sum, { duration }) => sum + requiredMs(duration), 0);
    case 'per-vu-iterations':
    case 'shared-iterations':
    case 'capacity-search':
      return requiredMs(load.maxDuration);
    case 'scenarios':
      return Math.max(...load.scenarios.map(endMsOfPart));
    default:
      return requiredMs(load.duration);
  }
}

/** Returns when one of several scenarios ends at the latest, in ms from the start of the measured part. */
export function endMsOfPart(part: ScenarioPart): number {
  return requiredMs(part.startTime) + durationMsOf(part);
}

/**
 * Returns for how long last responses are waited for after the end of a load. For several scenarios it counts from the
 * end of the last one.
 */
export function gracefulStopMsOf(load: Load): number {
  if (load.executor !== 'scenarios') return requiredMs(load.gracefulStop);
  const lastMs = Math.max(...load.scenarios.map((part) => endMsOfPart(part) + requiredMs(part.gracefulStop)));
  return lastMs - durationMsOf(load);
}

/** Returns the times of a validated scenario. */
export function timingOf({ load, warmup }: Pick<Scenario, 'load' | 'warmup'>): LoadTiming {
  return {
    warmupMs: requiredMs(warmup),
    durationMs: durationMsOf(load),
    gracefulStopMs: gracefulStopMsOf(load),
  };
}

/** Returns the highest arrival rate of a load, per second. */
export function peakRate(load: OpenLoad): number {
  const rates =
    load.executor === 'constant-arrival-rate'
      ? [load.rate]
      : [load.startRate, ...load.stages.map(({ target }) => target)];
  return Math.max(...rates) * unitsPerSecond(load);
}

/** Returns how many time units fit in a second, for a load with an arrival rate. */
export function unitsPerSecond({ timeUnit }: Pick<OpenLoad, 'timeUnit'>): number {
  return 1000 / requiredMs(timeUnit);
}
