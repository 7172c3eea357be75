import { type Shard, shareOf } from './shard';

/** From `atMs` after the start of the load, `vus` virtual users are active. */
export interface VuStep {
  atMs: number;
  vus: number;
}

/** A stage of a ramp of virtual users. */
export interface VuStage {
  durationMs: number;
  target: number;
}

/**
 * The steps of a ramp of virtual users, as k6 2.2 computes them (ramping_vus.go). A user starts when the line between
 * two targets reaches its number, and stops when the line has come down to the number before it.
 */
export function rampSteps(startVus: number, startMs: number, stages: readonly VuStage[]): VuStep[] {
  const steps: VuStep[] = [{ atMs: 0, vus: startVus }];
  let vus = startVus;
  let atMs = startMs;
  for (const { durationMs, target } of stages) {
    const change = Math.abs(target - vus);
    const direction = Math.sign(target - vus);
    if (durationMs === 0 && change > 0) steps.push({ atMs, vus: target });
    else {
      for (let step = 1; step <= change; step += 1)
        steps.push({ atMs: atMs + (durationMs * step) / change, vus: vus + direction * step });
    }
    vus = target;
    atMs += durationMs;
  }
  return steps;
}

/** The steps of one shard of the load. */
export function shardSteps(steps: readonly VuStep[], shard: Shard): VuStep[] {
  return steps.map(({ atMs, vus }) => ({ atMs, vus: shareOf(vus, shard) }));
}

/** The mean number of active users between two times. */
export function meanVus(steps: readonly VuStep[], fromMs: number, toMs: number): number {
  if (toMs <= fromMs) return 0;
  let area = 0;
  steps.forEach(({ atMs, vus }, index) => {
    const until = steps[index + 1]?.atMs ?? Number.POSITIVE_INFINITY;
    area += vus * Math.max(0, Math.min(until, toMs) - Math.max(atMs, fromMs));
  });
  return area / (toMs - fromMs);
}
