import { describe, expect, it } from 'vitest';
import { type Clock, SpinningClock, timerClock } from './clock';

describe.each<[string, Clock]>([
  ['timerClock', timerClock],
  ['SpinningClock', new SpinningClock(() => 0)],
])('%s', (_name, clock) => {
  it('never wakes early, whatever fraction of a millisecond it is asked for', async () => {
    for (let alarm = 0; alarm < 40; alarm += 1) {
      const atMs = clock.nowMs() + 0.5 + (alarm % 7) * 0.37;
      const wokenMs = await new Promise<number>((woken) => clock.wakeAt(atMs, () => woken(clock.nowMs())));
      expect(wokenMs).toBeGreaterThanOrEqual(atMs);
    }
  });

  it('does not wake when it is cancelled', async () => {
    let woken = false;
    clock.wakeAt(clock.nowMs() + 1, () => {
      woken = true;
    })();
    await new Promise<void>((later) => clock.wakeAt(clock.nowMs() + 5, later));
    expect(woken).toBe(false);
  });
});

describe('SpinningClock', () => {
  it('wakes several waits in their order, and those that a callback starts', async () => {
    const clock = new SpinningClock(() => 0);
    const startMs = clock.nowMs();
    const woken: string[] = [];
    const cancel = clock.wakeAt(startMs + 3, () => woken.push('cancelled'));
    await new Promise<void>((done) => {
      clock.wakeAt(startMs + 4, done);
      clock.wakeAt(startMs + 2, () => {
        woken.push('second');
        cancel();
        clock.wakeAt(startMs + 3, () => woken.push('third'));
      });
      clock.wakeAt(startMs + 1, () => woken.push('first'));
    });
    expect(woken).toEqual(['first', 'second', 'third']);
  });

  it('wakes waits that a stall has made overdue in the order of their times', async () => {
    const clock = new SpinningClock(() => 0);
    const startMs = clock.nowMs();
    const woken: number[] = [];
    const waits = [0.9, 0.3, 0.6].map(
      (afterMs) => new Promise<void>((done) => clock.wakeAt(startMs + afterMs, () => done(void woken.push(afterMs)))),
    );
    while (clock.nowMs() < startMs + 1);
    await Promise.all(waits);
    expect(woken).toEqual([0.3, 0.6, 0.9]);
  });

  it('counts the time that several waits spin together once', async () => {
    const clock = new SpinningClock(() => 0);
    const startMs = clock.nowMs();
    await Promise.all(
      Array.from({ length: 5 }, () => new Promise<void>((done) => clock.wakeAt(clock.nowMs() + 1.5, done))),
    );
    expect(clock.spunMs).toBeGreaterThan(0);
    expect(clock.spunMs).toBeLessThanOrEqual(clock.nowMs() - startMs);
  });
});
