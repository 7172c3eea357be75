import { expect, it } from 'vitest';
import { VirtualClock } from '../../tests/support/virtualClock';
import { busyMeter } from '../workers/busyMeter';
import { WorkTimer } from './workTimer';

/** Keeps the process busy for a duration. */
function workFor(durationMs: number): void {
  const untilMs = performance.now() + durationMs;
  while (performance.now() < untilMs);
}

it('adds up the work of measured callbacks, and nothing else', () => {
  const timer = new WorkTimer();
  const clock = new VirtualClock();
  timer.timed(clock).wakeAt(5, () => workFor(20));
  workFor(20);
  expect(timer.totalMs).toBe(0);
  clock.runUntil(10);
  expect(timer.totalMs).toBeGreaterThanOrEqual(20);
});

it('takes spinning for waiting and work for work', () => {
  let spunMs = 0;
  let workMs = 0;
  const busy = busyMeter({ spunMs: () => spunMs, workMs: () => workMs });
  const startedMs = performance.now();
  // So long that no wait for a processor beside it is half of it.
  workFor(500);
  // All of that time was spun: the process was busy, but did no work.
  spunMs += performance.now() - startedMs;
  expect(busy().utilisation).toBeLessThan(0.5);
  workFor(50);
  workMs += 50;
  expect(busy().utilisation).toBeGreaterThan(0.5);
});
