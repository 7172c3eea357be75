import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../tests/support/virtualClock';
import type { Token } from './tokenRequest';
import { TokenSource } from './tokenSource';

/** A source whose server sends the given responses; `settled` waits for those that were sent. */
function sourceOf(answer: (number: number) => Token) {
  const clock = new VirtualClock();
  const asked: number[] = [];
  const told: string[] = [];
  const source = new TokenSource({
    place: 'http://127.0.0.1/token',
    get: async () => answer(asked.push(clock.nowMs())),
    clock,
    onToken: (value) => told.push(value),
  });
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  const passUntil = async (timeMs: number): Promise<void> => {
    clock.runUntil(timeMs);
    await settled();
  };
  return { source, asked, told, passUntil };
}

describe('a token of OAuth 2', () => {
  it.each([
    [3_600, 3_540_000],
    [300, 240_000],
    [100, 80_000],
    [1, 1_000],
    [0.1, 1_000],
  ])('of %s s is got before the load, and again after %s ms', async (lifetimeS, refreshMs) => {
    const { source, asked, told, passUntil } = sourceOf((number) => ({ value: `t${number}`, lifetimeS }));
    expect(source.describe()).toEqual({ notes: [], warnings: [] });
    await source.start();
    expect(source.value).toBe('t1');
    await passUntil(refreshMs - 1);
    expect(asked).toEqual([0]);
    await passUntil(refreshMs);
    expect(asked).toEqual([0, refreshMs]);
    expect([source.value, told]).toEqual(['t2', ['t1', 't2']]);
    expect(source.describe().notes).toEqual([expect.stringContaining('refreshed 1 time while')]);
  });

  it('of which nobody says how long it is good is got once, also for a second load', async () => {
    const { source, asked, passUntil } = sourceOf(() => ({ value: 't', lifetimeS: undefined }));
    await source.start();
    await passUntil(1e9);
    await source.start();
    expect(asked).toEqual([0]);
  });

  it('goes on being sent while it cannot be refreshed, and is asked for again ever less often', async () => {
    const { source, asked, passUntil } = sourceOf((number) => {
      if (number > 1 && number < 5) throw new Error('it is down');
      return { value: `t${number}`, lifetimeS: 300 };
    });
    await source.start();
    for (const timeMs of [240_000, 241_000, 243_000]) {
      await passUntil(timeMs);
      expect(source.value).toBe('t1');
    }
    await passUntil(247_000);
    expect([source.value, asked]).toEqual(['t5', [0, 240_000, 241_000, 243_000, 247_000]]);
    expect(source.describe().warnings).toEqual([expect.stringContaining('could not be refreshed 3 times: it is down')]);
  });

  it('is not refreshed after the load', async () => {
    const { source, asked, passUntil } = sourceOf(() => ({ value: 't', lifetimeS: 100 }));
    await source.start();
    source.stop();
    await passUntil(1e6);
    expect(asked).toEqual([0]);
  });

  it('that nobody gives keeps the load from being begun', async () => {
    const { source } = sourceOf(() => {
      throw new Error('no');
    });
    await expect(source.start()).rejects.toThrow('no');
  });
});
