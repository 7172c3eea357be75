import { performance } from 'node:perf_hooks';

/**
 * Returns a function that tells which share of the time since its last call this process's event loop was busy with
 * work, 0..1. Time spun while waiting for an arrival is not work; `spunMs` is its running total.
 */
export function utilisationMeter(spunMs: () => number): () => number {
  let lastLoop = performance.eventLoopUtilization();
  let lastSpunMs = spunMs();
  return () => {
    const loop = performance.eventLoopUtilization();
    const { active, idle } = performance.eventLoopUtilization(loop, lastLoop);
    const nowSpunMs = spunMs();
    const workMs = Math.max(0, active - (nowSpunMs - lastSpunMs));
    lastLoop = loop;
    lastSpunMs = nowSpunMs;
    return active + idle === 0 ? 0 : Math.min(1, workMs / (active + idle));
  };
}
