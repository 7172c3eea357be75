import { performance } from 'node:perf_hooks';

/**
 * A monotonic time in ms that all processes of this machine agree on: it has no meaning but its differences. Used to
 * start several load processes at the same moment.
 */
export function sharedNowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** A shared time on this process's own clock (`performance.now()`). */
export function fromSharedMs(sharedMs: number): number {
  return performance.now() + (sharedMs - sharedNowMs());
}
