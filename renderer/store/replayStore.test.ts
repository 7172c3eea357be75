import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bridge } from '../../shared/ipc/contract';
import type { ReplayStep } from '../../shared/run/replay';

const bridge = vi.hoisted(() => {
  const methods = { getReplay: vi.fn<Bridge['getReplay']>() };
  vi.stubGlobal('window', { proofload: methods });
  return methods;
});

const { useReplayStore } = await import('./replayStore');

const state = () => useReplayStore.getState();

/** The events of a run of a minute. */
const steps = [0, 60_000].map((atMs): ReplayStep => ({ atMs, event: { type: 'phase', phase: 'running' } }));

beforeEach(async () => {
  vi.useFakeTimers();
  bridge.getReplay.mockResolvedValue({ ok: true, value: { json: JSON.stringify(steps) } });
  await state().open('run-1');
});
afterEach(() => {
  state().close();
  vi.useRealTimers();
});

describe('a replay', () => {
  it('plays ten times as fast as the run, to its end, and again from its start', () => {
    expect(state()).toMatchObject({ positionMs: 0, lengthMs: 60_000, playing: true });
    vi.advanceTimersByTime(1_000);
    expect(state()).toMatchObject({ positionMs: 10_000, playing: true });
    vi.advanceTimersByTime(10_000);
    expect(state()).toMatchObject({ positionMs: 60_000, playing: false });
    state().play();
    expect(state()).toMatchObject({ positionMs: 0, playing: true });
  });

  it('stays where it is moved to, until it is played', () => {
    state().seek(15_000);
    vi.advanceTimersByTime(5_000);
    expect(state()).toMatchObject({ positionMs: 15_000, playing: false });
    state().play();
    vi.advanceTimersByTime(1_000);
    expect(state()).toMatchObject({ positionMs: 25_000, playing: true });
  });

  it('advances no more when it is closed', () => {
    state().close();
    vi.advanceTimersByTime(5_000);
    expect(state()).toMatchObject({ steps: undefined, positionMs: 0, playing: false });
  });
});
