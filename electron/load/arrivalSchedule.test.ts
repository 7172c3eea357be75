import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evenSchedule } from './arrivalSchedule';

describe('evenSchedule', () => {
  it('asks for rate times duration arrivals, evenly spread, fractions of a rate included', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 5_000, noNaN: true }),
        fc.integer({ min: 1, max: 60_000 }),
        (rate, totalMs) => {
          const schedule = evenSchedule(rate, totalMs);
          const count = schedule.countBefore(totalMs);
          expect(Math.abs(count - (rate * totalMs) / 1000)).toBeLessThan(1.001);
          expect(schedule.intendedMs(count)).toBeUndefined();
          expect(schedule.intendedMs(count - 1) ?? -1).toBeLessThan(totalMs);
        },
      ),
    );
  });

  it('puts a tenth of the arrivals of a second into each tenth of it', () => {
    const schedule = evenSchedule(200, 1_000);
    for (let tenth = 1; tenth <= 10; tenth += 1) expect(schedule.countBefore(tenth * 100)).toBe(tenth * 20);
  });

  it('does not drift: arrival 1,000,000 at 3 per second is due to the microsecond', () => {
    expect(evenSchedule(3, 1e9).intendedMs(1_000_000)).toBeCloseTo(333_333_333.333, 3);
  });
});
