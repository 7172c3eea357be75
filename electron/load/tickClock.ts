import type { Cancel, Clock } from './clock';

const tickMs = 250;

/** The position of a tick in time. */
export interface TickTime {
  /** The number of the tick since the end of the warm-up, from 1; 0 and below during the warm-up. */
  index: number;
  elapsedMs: number;
  /** The planned end of the tick, in ms from the start. The difference to `elapsedMs` is how late the tick is. */
  boundaryMs: number;
  durationMs: number;
  warmup: boolean;
}

/**
 * Calls `flush` at every quarter second before and after the end of the warm-up. That end is always a boundary, so that
 * no tick mixes the two. A late tick covers more time and leaves a gap in the numbering. Returns a function that
 * flushes the rest and ends the ticks.
 */
export function startTicks(clock: Clock, startMs: number, warmupMs: number, flush: (time: TickTime) => void): Cancel {
  const measureFromMs = startMs + warmupMs;
  let lastMs = startMs;
  let nextIndex = 1 - Math.floor(warmupMs / tickMs);
  let cancel: Cancel;

  const emit = (index: number, nowMs: number): void => {
    const elapsedMs = nowMs - startMs;
    const boundaryMs = Math.min(elapsedMs, warmupMs + index * tickMs);
    flush({ index, elapsedMs, boundaryMs, durationMs: nowMs - lastMs, warmup: index <= 0 });
    lastMs = nowMs;
  };
  const wake = (): void => {
    const nowMs = clock.nowMs();
    const passed = Math.floor((nowMs - measureFromMs) / tickMs + 1e-6);
    // The boundary of the warm-up is never skipped, however late the tick is.
    const index = nextIndex <= 0 ? Math.min(0, Math.max(nextIndex, passed)) : Math.max(nextIndex, passed);
    emit(index, nowMs);
    nextIndex = index + 1;
    cancel = clock.wakeAt(measureFromMs + nextIndex * tickMs, wake);
  };
  cancel = clock.wakeAt(measureFromMs + nextIndex * tickMs, wake);
  return () => {
    cancel();
    const nowMs = clock.nowMs();
    if (nowMs > lastMs) emit(nextIndex, nowMs);
  };
}
