import { describe, expect, it } from 'vitest';
import type { MomentMark } from '../../../shared/report/charts/momentMarks';
import { markAt, nextMark } from './nearestMark';

const early: MomentMark = { fromS: 19, toS: 20, text: 'early' };
const late: MomentMark = { fromS: 40, toS: 44, text: 'late' };
const marks = [early, late];
const minute = [0, 60] as const;
const halfHour = [0, 1_800] as const;

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
