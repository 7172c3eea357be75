import { parseDurationMs } from '../units/duration';
import type { Load, OpenLoad, Scenario } from './schema';

/** The times of a load in milliseconds. */
export interface LoadTiming {
  warmupMs: number;
  /** The measured part, after the warm-up; of iterations and of a search the longest that it may take. */
  durationMs: number;
  gracefulStopMs: number;
}

/** Milliseconds of a duration that the schema has accepted. */
export function requiredMs(text: string): number {
  const durationMs = parseDurationMs(text);
  if (durationMs === undefined) throw new RangeError(`not a duration: ${text}`);
  return durationMs;
}

/** The length of the measured part of a load. */
export function durationMsOf(load: Load): number {
  switch (load.executor) {
    case 'ramping-vus':
    case 'ramping-arrival-rate':
      return load.stages.reduce((sum, { duration }) => sum + requiredMs(duration), 0);
    case 'per-vu-iterations':
    case 'shared-iterations':
    case 'capacity-search':
      return requiredMs(load.maxDuration);
    default:
      return requiredMs(load.duration);
  }
}

/** The times of a scenario that the schema has accepted. */
export function timingOf({ load, warmup }: Pick<Scenario, 'load' | 'warmup'>): LoadTiming {
  return {
    warmupMs: requiredMs(warmup),
    durationMs: durationMsOf(load),
    gracefulStopMs: requiredMs(load.gracefulStop),
  };
}

/** The highest arrival rate that a load asks for, per second. */
export function peakRate(load: OpenLoad): number {
  const rates =
    load.executor === 'constant-arrival-rate'
      ? [load.rate]
      : [load.startRate, ...load.stages.map(({ target }) => target)];
  return Math.max(...rates) * unitsPerSecond(load);
}

/** How many time units a second has, for a load with an arrival rate. */
export function unitsPerSecond({ timeUnit }: Pick<OpenLoad, 'timeUnit'>): number {
  return 1000 / requiredMs(timeUnit);
}
