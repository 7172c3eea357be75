import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LoopWatch } from './loopWatch';

/** Waits for the next turn of the event loop, after all work at the end of this one. */
function nextTurn(): Promise<void> {
  return new Promise((next) => setTimeout(next, 0));
}

/** Keeps the event loop busy for longer than the timers' resolution. */
function hold(): void {
  const from = process.cpuUsage();
  while (process.cpuUsage(from).user < 5_000);
}

describe('how long the event loop has been busy when a handler begins', () => {
  let nowMs: number;
  let watch: LoopWatch;
  beforeEach(() => {
    // A clock that stands still: no heartbeat is late, however slow the machine is.
    nowMs = 1_000;
    vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
    watch = new LoopWatch();
  });
  afterEach(() => {
    watch.stop();
    vi.restoreAllMocks();
  });

  it('is nothing for a request that meets a loop at rest', () => {
    expect(watch.begin(nowMs)).toBe(0);
  });

  it('counts the handlers before it in the same turn', () => {
    expect(watch.begin(nowMs)).toBe(0);
    expect(watch.begin(nowMs + 5)).toBe(5);
  });

  it('counts what was left to the end of the turn before, as a group commit is', async () => {
    await nextTurn();
    watch.begin(nowMs);
    const committed = new Promise<number>((next) =>
      setImmediate(() => {
        // It is due when the next turn begins, like a request that arrived while the loop was held.
        setTimeout(() => next(watch.begin(nowMs + 6)), 1);
        hold();
      }),
    );
    expect(await committed).toBe(6);
  });

  it('starts anew when the loop has rested', async () => {
    watch.begin(nowMs);
    for (let turn = 0; turn < 4; turn += 1) await nextTurn();
    expect(watch.begin(nowMs + 50)).toBe(0);
  });

  it('counts what held the loop without a request, by a heartbeat that came late', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setImmediate'] });
    try {
      const blocked = new LoopWatch();
      // The heartbeat that was due 20 ms after the start comes 150 ms late.
      nowMs += 170;
      vi.advanceTimersToNextTimer();
      expect(blocked.begin(nowMs)).toBe(150);
      blocked.stop();
    } finally {
      vi.useRealTimers();
    }
  });
});
