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
