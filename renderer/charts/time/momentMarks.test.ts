import { describe, expect, it } from 'vitest';
import { madeRun, madeSecond, momentSource, quiet, withPause } from '../../../tests/support/madeSeconds';
import { momentTexts } from '../../../shared/report/sections/moments';
import { type MomentMark, markAt, momentMarks, nextMark } from './momentMarks';

const paused = (t: number) => (latenciesMs: number[]) => madeSecond(t, withPause(latenciesMs, 200));

const early: MomentMark = { fromS: 19, toS: 20, text: 'early' };
const late: MomentMark = { fromS: 40, toS: 44, text: 'late' };
const marks = [early, late];
const minute = [0, 60] as const;
const halfHour = [0, 1_800] as const;

describe('the marks of moments', () => {
  it('cover the seconds of each, with its time and what happened', () => {
    const run = madeRun(60, quiet, { 20: paused(20), 41: paused(41), 42: paused(42) });
    expect(momentMarks(momentTexts(momentSource(run)).shown)).toEqual([
      { fromS: 19, toS: 20, text: expect.stringMatching(/^0:20 no cause was sampled: \d+ requests waited, P99 /) },
      { fromS: 40, toS: 42, text: expect.stringMatching(/^0:41 for 2 s no cause/) },
    ]);
  });
});

describe('the mark that is meant by a second', () => {
  it.each<[string, number | undefined, readonly [number, number], MomentMark | undefined]>([
    ['is that which it lies in', 20, minute, early],
    ['is that of a later of its seconds', 43, minute, late],
    ['is none before it', 19, minute, undefined],
    ['is none after it', 45, minute, undefined],
    ['is the nearest where pixels are scarce', 30, halfHour, early],
    ['is none without a second', undefined, minute, undefined],
  ])('%s', (_what, second, range, mark) => {
    expect(markAt(marks, second, range)).toBe(mark);
  });
});

describe('the next mark', () => {
  it('is the first, and then the one after, until there is none', () => {
    expect(nextMark(marks, undefined, 1, minute)).toBe(early);
    expect(nextMark(marks, 20, 1, minute)).toBe(late);
    expect(nextMark(marks, 41, 1, minute)).toBeUndefined();
  });

  it('is the last, and then the one before', () => {
    expect(nextMark(marks, undefined, -1, minute)).toBe(late);
    expect(nextMark(marks, 41, -1, minute)).toBe(early);
    expect(nextMark(marks, 20, -1, minute)).toBeUndefined();
  });

  it('is one of those that are seen', () => {
    expect(nextMark(marks, undefined, 1, [30, 50])).toBe(late);
  });
});
