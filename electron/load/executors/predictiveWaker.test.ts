import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../tests/support/virtualClock';
import { PredictiveWaker } from './predictiveWaker';

/** A clock that records its wake times. */
class NotingClock extends VirtualClock {
  readonly asked: number[] = [];
  cancelled = 0;

  override wakeAt(timeMs: number, callback: () => void) {
    this.asked.push(timeMs);
    const cancel = super.wakeAt(timeMs, callback);
    return () => {
      this.cancelled += 1;
      return cancel();
    };
  }
}

describe('PredictiveWaker', () => {
  it('is awake until half a millisecond after the time at which answers have come', () => {
    const clock = new NotingClock();
    const watch = new PredictiveWaker(clock);
    watch.sent(0, 100);
    watch.settled(50);
    watch.sent(100, 100);
    expect(clock.asked).toEqual([150.5]);
    watch.settled(60);
    expect(clock.cancelled).toBe(1);
    watch.sent(200, 100);
    expect(clock.asked.at(-1)).toBeCloseTo(251.5, 6);
  });

  it('leaves a schedule alone whose arrivals keep the generator awake', () => {
    const clock = new NotingClock();
    const watch = new PredictiveWaker(clock);
    watch.settled(1);
    watch.sent(0, 5);
    expect(clock.asked).toEqual([]);
  });
});
