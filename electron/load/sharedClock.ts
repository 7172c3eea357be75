import { performance } from 'node:perf_hooks';

/**
 * A monotonic time in ms that all processes of this machine share. Only differences of it have a meaning. Used to start
 * several load processes at the same moment.
 */
export function sharedNowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Converts a shared time to this process's own clock (`performance.now()`). */
export function fromSharedMs(sharedMs: number): number {
  return performance.now() + (sharedMs - sharedNowMs());
}
