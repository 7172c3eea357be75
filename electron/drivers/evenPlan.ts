import { planLoad, type SinglePlan } from '../load/loadPlan';
import { wholeLoad } from '../load/schedule/shard';
import type { DrivenLoad } from './drivenLoad';

/**
 * The plan of a load that a tool makes with a warm-up. Tools space their arrivals evenly, whatever distribution of
 * arrivals the scenario asks for.
 */
export function evenPlan({ load, scenario }: DrivenLoad, warmupMs: number): SinglePlan {
  const even = 'arrivals' in load ? { ...load, arrivals: 'even' as const } : load;
  return planLoad({ load: even, warmupMs, seed: scenario.seed, shard: wholeLoad });
}
