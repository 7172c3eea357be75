import { describe, expect, it } from 'vitest';
import { breachesOf } from './breaches';

const lines = [{ key: 'p95' }, { key: 'p99' }];
const limits = [
  { value: 50, lineKey: 'p95' },
  { value: 100, lineKey: 'p99' },
];
const content = { lines, limits, measuredFromS: 0 };

describe('the seconds above a limit', () => {
  it('are one range while they follow each other, whichever limit they break', () => {
    const p95 = [10, 60, 40, 10, 10];
    const p99 = [20, 90, 140, 20, 101];
    expect(breachesOf([[1, 2, 3, 4, 5], p95, p99], content)).toEqual([
      [1, 3],
      [4, 5],
    ]);
  });

  it('are none at the limit, without a value, in the warm-up, and of a line that is not drawn', () => {
    expect(
      breachesOf(
        [
          [1, 2],
          [50, null],
          [100, undefined],
        ],
        content,
      ),
    ).toEqual([]);
    expect(
      breachesOf(
        [
          [-1, 0],
          [90, 90],
          [190, 190],
        ],
        content,
      ),
    ).toEqual([]);
    expect(breachesOf([[1], [90], [90]], { ...content, limits: [{ value: 1, lineKey: 'p50' }] })).toEqual([]);
  });

  it('begin a second before the first that was measured', () => {
    expect(breachesOf([[1], [51], [52]], content)).toEqual([[0, 1]]);
  });
});
