import { stat } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LoopWatch } from './loopWatch';

/** The next turn of the event loop, after everything that was left to the end of this one. */
function nextTurn(): Promise<void> {
  return new Promise((next) => setTimeout(next, 0));
}

/** Keeps the event loop busy. */
function hold(durationMs: number): void {
  const untilMs = performance.now() + durationMs;
  while (performance.now() < untilMs);
}

describe('how long the event loop has been busy when a handler begins', () => {
  const watch = new LoopWatch();
  afterEach(() => watch.stop());

  it('is nothing for a request that meets a loop at rest', () => {
    expect(watch.begin(performance.now())).toBe(0);
  });

  it('counts the handlers before it in the same turn', async () => {
    await nextTurn();
    await nextTurn();
    await nextTurn();
    const startedMs = performance.now();
    expect(watch.begin(startedMs)).toBe(0);
    hold(5);
    expect(watch.begin(startedMs + 5)).toBeCloseTo(5, 6);
  });

  it('counts what was left to the end of the turn before, as a group commit is', async () => {
    await nextTurn();
    await nextTurn();
    await nextTurn();
    const startedMs = performance.now();
    watch.begin(startedMs);
    const committed = new Promise<number>((next) =>
      setImmediate(() => {
        // Comes in as a request does: from the system, while the loop is held.
        stat('.', () => next(watch.begin(startedMs + 6)));
        hold(30);
      }),
    );
    expect(await committed).toBeCloseTo(6, 6);
  });

  it('starts anew when the loop has rested', async () => {
    watch.begin(performance.now());
    for (let turn = 0; turn < 4; turn += 1) await nextTurn();
    expect(watch.begin(performance.now())).toBe(0);
  });

  it('counts what held the loop without a request, by a heartbeat that came late', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setImmediate', 'performance'] });
    try {
      const blocked = new LoopWatch();
      // The heartbeat that was due 20 ms after the start comes 150 ms late.
      vi.setSystemTime(0);
      const now = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 170);
      vi.advanceTimersToNextTimer();
      const startedMs = performance.now();
      expect(blocked.begin(startedMs)).toBeGreaterThan(100);
      now.mockRestore();
      blocked.stop();
    } finally {
      vi.useRealTimers();
    }
  });
});
