import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../tests/support/virtualClock';
import { startTicks, type TickTime } from './tickClock';

function ticksOf(warmupMs: number, live: (clock: VirtualClock) => void, untilMs: number): TickTime[] {
  const clock = new VirtualClock();
  const ticks: TickTime[] = [];
  const stop = startTicks(clock, 0, warmupMs, (time) => ticks.push(time));
  live(clock);
  clock.runUntil(untilMs);
  stop();
  return ticks;
}

describe('startTicks', () => {
  it('ticks every quarter second, the end of the warm-up being a boundary', () => {
    const ticks = ticksOf(600, () => {}, 1_100);
    expect(ticks.map(({ index, elapsedMs, warmup }) => [index, elapsedMs, warmup])).toEqual([
      [-1, 350, true],
      [0, 600, true],
      [1, 850, false],
      [2, 1_100, false],
    ]);
    expect(ticks.reduce((sum, { durationMs }) => sum + durationMs, 0)).toBe(1_100);
  });

  it('leaves a gap in the numbering when it was held up, and loses no time', () => {
    const ticks = ticksOf(0, (clock) => clock.wakeAt(300, () => clock.spend(600)), 1_500);
    expect(ticks.map(({ index }) => index)).toEqual([1, 3, 4, 5, 6]);
    expect(ticks.map(({ boundaryMs }) => boundaryMs)).toEqual([250, 750, 1_000, 1_250, 1_500]);
    expect(ticks[1]?.elapsedMs).toBe(900);
    expect(ticks.reduce((sum, { durationMs }) => sum + durationMs, 0)).toBe(1_500);
  });

  it('does not skip the end of the warm-up, however late', () => {
    const ticks = ticksOf(500, (clock) => clock.wakeAt(100, () => clock.spend(900)), 1_500);
    expect(ticks.some(({ index }) => index === 0)).toBe(true);
    expect(ticks.filter(({ warmup }) => warmup).every(({ index }) => index <= 0)).toBe(true);
  });
});
