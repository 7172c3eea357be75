import { describe, expect, it } from 'vitest';
import { description, loadTick } from '../../tests/support/factories';
import type { RunEvent, Tick } from './events';
import { emptyRunView, progressOf, recentTickCount, reduceRun } from './reducer';

const statistics = { count: 1, failed: 0, dropped: 0, rate: 1, p50: 1, p95: 1, p99: 1, max: 1, cacheHitRate: null };
const tick = (elapsedMs: number): Tick => ({
  elapsedMs,
  durationMs: 250,
  warmup: false,
  inFlight: 0,
  generatorUtilisation: loadTick().utilisation,
  interval: statistics,
  cumulative: statistics,
});

describe('reduceRun', () => {
  it('keeps a bounded number of ticks and lines, the newest ones', () => {
    const events: RunEvent[] = [{ type: 'started', run: description() }];
    for (let index = 1; index <= 500; index += 1) {
      events.push({ type: 'tick', tick: tick(index) }, { type: 'log', level: 'info', message: String(index) });
    }
    const view = events.reduce(reduceRun, emptyRunView);
    expect(view.ticks).toHaveLength(recentTickCount);
    expect(view.ticks.at(-1)?.elapsedMs).toBe(500);
    expect(view.log).toHaveLength(200);
    expect(view.log.at(-1)?.message).toBe('500');
  });

  it('starts afresh with each run, and does not change the view before', () => {
    const before = reduceRun(
      { ...emptyRunView, log: [{ level: 'info', message: 'old' }] },
      { type: 'started', run: description() },
    );
    const after = reduceRun(before, { type: 'phase', phase: 'running' });
    expect([before.log, before.phase, after.phase]).toEqual([[], 'preparing', 'running']);
  });

  it('knows how far the load is', () => {
    const started = reduceRun(emptyRunView, { type: 'started', run: description() });
    const running = reduceRun(started, { type: 'tick', tick: tick(61_500) });
    expect(progressOf(running)).toEqual({ elapsedMs: 61_500, totalMs: 123_000 });
    expect(progressOf(reduceRun(running, { type: 'phase', phase: 'finished' })).elapsedMs).toBe(123_000);
    expect(progressOf(emptyRunView)).toEqual({ elapsedMs: 0, totalMs: 0 });
  });

  it('ends with an error when nothing could be measured', () => {
    const view = reduceRun(emptyRunView, { type: 'failed', error: { code: 'port-in-use', message: 'm', hint: 'h' } });
    expect([view.phase, view.error?.code]).toEqual(['finished', 'port-in-use']);
  });
});
