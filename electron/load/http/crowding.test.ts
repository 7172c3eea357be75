import { describe, expect, it } from 'vitest';
import { Crowding } from './crowding';

/** A server that serves 50 connections. */
function serving(): Crowding {
  const crowding = new Crowding();
  crowding.noteServed(50, 0);
  return crowding;
}

/** The server has closed `times` connections. */
function closedAt(nowMs: number, times: number, crowding = serving()): Crowding {
  for (let time = 0; time < times; time += 1) crowding.noteClosed(nowMs);
  return crowding;
}

describe('Crowding', () => {
  it('knows no limit until a third connection is closed', () => {
    const crowding = closedAt(0, 2);
    expect(crowding.room(1_000, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(crowding.noteClosed(0)).toBe(true);
    expect([crowding.room(20, 0), crowding.room(50, 0), crowding.limit]).toEqual([30, 0, 50]);
  });

  it('tries one more after pauses that double up to ten seconds', () => {
    const crowding = closedAt(0, 3);
    const pauses: number[] = [];
    for (let turn = 0; turn < 9; turn += 1) {
      const untilMs = crowding.pausedUntilMs;
      expect([crowding.room(50, untilMs - 1), crowding.room(50, untilMs)]).toEqual([0, 1]);
      expect(crowding.noteClosed(untilMs)).toBe(true);
      pauses.push(crowding.pausedUntilMs - untilMs);
    }
    expect(pauses).toEqual([200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000, 10_000]);
  });

  it('has more room when the server serves more after a pause and closes none for it', () => {
    const crowding = closedAt(0, 3);
    crowding.noteServed(51, 99);
    expect([crowding.room(50, 149), crowding.limit]).toEqual([1, 50]);
    crowding.noteServed(51, 150);
    expect([crowding.room(51, 199), crowding.limit]).toEqual([0, 50]);
    expect([crowding.room(51, 200), crowding.limit]).toEqual([1, 51]);
  });

  it('takes an attempt for failed where closes are read after its first response', () => {
    const crowding = closedAt(0, 3);
    crowding.noteServed(51, 100);
    expect(crowding.noteClosed(149)).toBe(true);
    expect([crowding.limit, crowding.pausedUntilMs]).toEqual([50, 349]);
    expect([crowding.room(50, 348), crowding.room(44, 348)]).toEqual([0, 6]);
  });

  it('lowers the limit where connections are closed later than those could be that were opened before', () => {
    const crowding = closedAt(0, 3);
    closedAt(49, 40, crowding);
    expect(crowding.limit).toBe(50);
    closedAt(50, 40, crowding);
    expect(crowding.limit).toBe(45);
  });

  it('knows of a server that goes on closing them that it does so for another reason', () => {
    const crowding = closedAt(0, 3);
    for (let nowMs = 50; nowMs < 500; nowMs += 50) closedAt(nowMs, 1, crowding);
    expect([crowding.limit, crowding.room(50, 500)]).toEqual([undefined, Number.POSITIVE_INFINITY]);
    closedAt(1_000, 10, crowding);
    expect(crowding.limit).toBeUndefined();
  });

  it('forgets the limit of a server that serves nothing any more, and can still name it', () => {
    const crowding = closedAt(0, 3);
    crowding.forget();
    expect([crowding.room(50, 0), crowding.limit]).toEqual([Number.POSITIVE_INFINITY, 50]);
  });
});
