import { rateUnit } from './describe';
import type { Load } from './schema';
import type { OwnRequests } from './steps';
import { durationMsOf, requiredMs, unitsPerSecond } from './timing';

/** The load that a scenario requests at a time of its measured part, in seconds. */
export interface LoadPoint {
  t: number;
  value: number;
}

/** The load over time, as straight lines between points, in `unit`. A capacity search has no points. */
export interface LoadCurve {
  unit: ReturnType<typeof rateUnit> | 'virtual users';
  points: readonly LoadPoint[];
}

function ramp(start: number, stages: readonly { duration: string; target: number }[], factor = 1): LoadPoint[] {
  let t = 0;
  const points: LoadPoint[] = [{ t: 0, value: start * factor }];
  for (const { duration, target } of stages) {
    t += requiredMs(duration) / 1_000;
    points.push({ t, value: target * factor });
  }
  return points;
}

function steady(value: number, load: Load): LoadPoint[] {
  return [
    { t: 0, value },
    { t: durationMsOf(load) / 1_000, value },
  ];
}

/** Returns the offered load of a validated scenario. Rates count journeys when `scenario` has some. */
export function loadCurve(load: Load, scenario: OwnRequests = {}): LoadCurve {
  const unit = rateUnit(scenario);
  switch (load.executor) {
    case 'constant-arrival-rate':
      return { unit, points: steady(load.rate * unitsPerSecond(load), load) };
    case 'ramping-arrival-rate':
      return { unit, points: ramp(load.startRate, load.stages, unitsPerSecond(load)) };
    case 'ramping-vus':
      return { unit: 'virtual users', points: ramp(load.startVUs, load.stages) };
    case 'constant-vus':
    case 'per-vu-iterations':
    case 'shared-iterations':
      return { unit: 'virtual users', points: steady(load.vus, load) };
    case 'capacity-search':
    case 'scenarios':
      return { unit, points: [] };
  }
}
