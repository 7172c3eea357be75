import { describe, expect, it } from 'vitest';
import { CollectionTimes } from './collectionTimes';

describe('pauses of the garbage collector', () => {
  it('are added up since the previous sample', () => {
    const times = new CollectionTimes(100);
    times.add(3);
    times.add(8);
    expect(times.take(400)).toEqual({ gcMs: 11, gcMaxMs: 8 });
    expect(times.take(500)).toEqual({ gcMs: 0, gcMaxMs: 0 });
  });

  it('take no longer than the process computed: it was stopped during one', () => {
    const times = new CollectionTimes(100);
    times.take(130);
    times.add(2);
    times.add(3_010);
    // 40 ms since the last sample but one, and a step of the clock of Windows.
    expect(times.take(140)).toEqual({ gcMs: 56, gcMaxMs: 56 });
  });

  it('count whole when they are reported with the sample after their own', () => {
    const times = new CollectionTimes(0);
    times.take(900);
    times.add(800);
    expect(times.take(910)).toEqual({ gcMs: 800, gcMaxMs: 800 });
  });
});
