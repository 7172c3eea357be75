import { describe, expect, it } from 'vitest';
import { OpeningPace, openAtOnce } from './openingPace';

/** A pace that noted `times` closed connections at the given time. */
function shunnedAt(nowMs: number, times: number, pace = new OpeningPace()): OpeningPace {
  for (let time = 0; time < times; time += 1) pace.noteShunned(nowMs);
  return pace;
}

describe('OpeningPace', () => {
  it('takes two connections that break for an accident', () => {
    expect(shunnedAt(0, 2).atOnce(0)).toBe(openAtOnce);
    const interrupted = shunnedAt(0, 2);
    interrupted.answered(1);
    expect(shunnedAt(0, 2, interrupted).atOnce(0)).toBe(openAtOnce);
  });

  it('pauses after three in a row, then tries one at a time, after pauses that double up to a second', () => {
    const pace = shunnedAt(0, 40);
    const pauses: number[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      const untilMs = pace.pausedUntilMs;
      expect(pace.atOnce(untilMs - 1)).toBe(0);
      expect(pace.atOnce(untilMs)).toBe(1);
      expect(pace.noteShunned(untilMs)).toBe(true);
      pauses.push(pace.pausedUntilMs - untilMs);
    }
    expect(pauses).toEqual([200, 400, 800, 1_000, 1_000, 1_000]);
    expect(pace.shunned).toBe(46);
  });

  it('opens more again, step by step, when the server takes them', () => {
    const pace = shunnedAt(0, 3);
    const steps = Array.from({ length: 7 }, () => {
      pace.answered(1);
      return pace.atOnce(0);
    });
    expect(steps).toEqual([2, 4, 8, 16, 32, 64, 64]);
  });

  it('takes no answer over a connection that was begun before for room', () => {
    const pace = shunnedAt(10, 3);
    pace.answered(10);
    expect(pace.atOnce(10)).toBe(0);
    pace.answered(11);
    expect(pace.atOnce(10)).toBe(2);
  });

  it('begins anew with a server that serves nothing any more', () => {
    const pace = shunnedAt(0, 3);
    pace.forget();
    expect(pace.atOnce(0)).toBe(openAtOnce);
    // Requests have waited, so the count stays.
    expect(pace.shunned).toBe(3);
  });

  it('has nothing to say when no pause began, or for another reason', () => {
    expect(shunnedAt(0, 2).shunned).toBe(0);
    const pace = shunnedAt(0, 3);
    pace.refute();
    expect(pace.atOnce(0)).toBe(openAtOnce);
    expect(shunnedAt(0, 2, pace).shunned).toBe(0);
    expect(shunnedAt(0, 1, pace).shunned).toBe(3);
  });
});
