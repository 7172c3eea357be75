import { describe, expect, it } from 'vitest';
import { describeClimbEnd } from '../../../shared/ladder/climb';
import { climb } from './climb';
import { levels } from './levels';

const open = { gate: { open: true, reason: null } };

describe('a climb', () => {
  it('runs the levels with a number in their order, and leaves the capacity search out', async () => {
    const ran: number[] = [];
    const end = await climb(levels, {
      requestAt: () => open,
      run: async ({ level }) => {
        ran.push(level ?? -1);
        return true;
      },
    });
    expect(ran).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(describeClimbEnd(end)).toBe('Levels 0 to 6 have been run.');
  });

  it('ends before a gate that stays shut, and says what is missing', async () => {
    const end = await climb(levels, {
      requestAt: ({ level }) => (level === 2 ? { gate: { open: false, reason: 'Requires more.' } } : open),
      run: async () => true,
    });
    expect(describeClimbEnd(end)).toBe('Level 2 stays locked. Requires more.');
  });

  it('ends with a run that does not complete', async () => {
    const end = await climb(levels, { requestAt: () => open, run: async ({ level }) => level !== 1 });
    expect(end).toEqual({ kind: 'ended', level: 1 });
    expect(describeClimbEnd(end)).toMatch(/ended at level 1/);
  });
});
