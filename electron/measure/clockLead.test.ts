import { describe, expect, it } from 'vitest';
import { clockStepMs, readClockLead } from './clockLead';

/** Clocks with a wall time that is ahead by `leadMs`. The process is paused before it reads the wall clock. */
function clocks(leadMs: number, pausesMs: readonly number[]) {
  let nowMs = 50;
  let reading = 0;
  const wallMs = (): number => {
    nowMs += pausesMs[reading] ?? 0;
    reading += 1;
    return nowMs + leadMs;
  };
  return readClockLead(wallMs, () => nowMs);
}

describe('by how much the wall clock is ahead', () => {
  it('is read again where the process was paused between the two clocks', () => {
    expect(clocks(1_000, [400, 300, 0])).toEqual({ leadMs: 1_000, errorMs: 0 });
  });

  it('is known to half of the shortest pause where it was paused each time', () => {
    const { leadMs, errorMs } = clocks(1_000, [400, 120, 300, 300, 300, 0]);
    expect(errorMs).toBe(60);
    expect(Math.abs(leadMs - 1_000)).toBeLessThanOrEqual(errorMs);
  });

  it('changes with a clock that is set, and not with a process that is paused', () => {
    const from = clocks(1_000, []);
    expect(clockStepMs(from, clocks(1_000, [400, 400, 400, 400, 400]))).toBe(0);
    expect(clockStepMs(from, clocks(3_000, []))).toBe(2_000);
    expect(clockStepMs(from, clocks(-3_000, [400, 400, 400, 400, 400]))).toBe(-3_600);
  });
});
