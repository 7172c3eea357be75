import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../shared/scenario/schema';
import { histogramOfMs, level, loadTick } from '../../tests/support/factories';
import type { LoadTick } from '../load/protocol';
import { Aggregator } from './aggregator';
import { RunTotals } from './runTotals';

const read = (...ms: number[]) => ({ read: histogramOfMs(...ms).toSparse() });

describe('Aggregator', () => {
  it('merges four ticks into a second: percentiles of all values, never of percentiles', () => {
    const aggregator = new Aggregator();
    const fast = Array.from({ length: 97 }, () => 1);
    const ticks = [
      loadTick({ index: 1, response: read(...fast) }),
      loadTick({ index: 2, response: read(100) }),
      loadTick({ index: 3, response: read(100) }),
      loadTick({ index: 4, response: read(100), asked: 100, sent: 100, inFlight: 3 }),
    ];
    const seconds = ticks.flatMap((tick) => aggregator.add(tick).seconds);
    expect(seconds).toHaveLength(1);
    // The mean of the ticks' P95 would be 75 ms.
    expect(seconds[0]?.interval).toMatchObject({
      t: 1,
      count: 100,
      rate: 100,
      p50: 1,
      p95: 1,
      inFlight: 3,
      asked: 100,
    });
    expect(seconds[0]?.interval.p99).toBeCloseTo(100, 0);
  });

  it('adds up what held the generator up, and knows what is not known', () => {
    const aggregator = new Aggregator();
    const ticks = [1, 2, 3, 4].map((index) =>
      loadTick({ index, cpuWaitMs: 2, cpuSlices: 10, throttledMs: index === 1 ? null : 5 }),
    );
    const [second] = ticks.flatMap((tick) => aggregator.add(tick).seconds);
    expect(second?.interval).toMatchObject({
      generatorCpuWaitMs: 8,
      generatorCpuSlices: 40,
      generatorThrottledMs: 15,
    });
    const [unknown] = [5, 6, 7, 8].flatMap(
      (index) => aggregator.add(loadTick({ index, cpuSlices: null, throttledMs: null })).seconds,
    );
    expect(unknown?.interval).toMatchObject({ generatorCpuSlices: null, generatorThrottledMs: null });
  });

  it('keeps no digits that are noise', () => {
    const aggregator = new Aggregator();
    const [second] = [1, 2, 3, 4].flatMap(
      (index) =>
        aggregator.add(loadTick({ index, gcMs: 1.2345678, cpuWaitMs: 0.00061, utilisation: 0.123456789 })).seconds,
    );
    expect(second?.interval).toMatchObject({
      generatorGcMs: 4.938,
      generatorCpuWaitMs: 0.002,
      generatorUtilisation: 0.12346,
    });
  });

  it('leaves a gap for a second without ticks, and keeps what came late', () => {
    const aggregator = new Aggregator();
    const seconds = [1, 2, 3, 9, 10].flatMap((index) => aggregator.add(loadTick({ index, response: read(1) })).seconds);
    expect([...seconds, ...aggregator.finish()].map(({ interval }) => [interval.t, interval.count])).toEqual([
      [1, 3],
      [3, 2],
    ]);
    expect(aggregator.finish()).toEqual([]);
  });

  it('shows the warm-up but does not count it', () => {
    const aggregator = new Aggregator();
    const { tick, seconds } = aggregator.add(loadTick({ index: 0, warmup: true, response: read(9) }));
    expect([tick.interval.count, tick.cumulative.count, seconds]).toEqual([1, 0, []]);
    expect(aggregator.finish()).toEqual([]);
  });

  it('counts the time after the end of the load for no rate, and its idle generator for no second of the load', () => {
    const aggregator = new Aggregator();
    const loaded = { response: read(1, 1), utilisation: 0.8, gcMs: 2 };
    const waiting = { draining: true, response: read(1), late: 1, utilisation: 0, gcMs: 9 };
    const ticks = [1, 2, 3, 4, 5, 6, 7, 8].map((index) =>
      loadTick({ index, elapsedMs: index * 250, ...(index <= 2 ? loaded : waiting) }),
    );
    const shown = ticks.map((tick) => aggregator.add(tick));
    const [first, second] = shown.flatMap(({ seconds }) => seconds);
    expect(first?.interval).toMatchObject({
      isDraining: false,
      count: 6,
      late: 2,
      rate: 8,
      generatorUtilisation: 0.8,
      generatorGcMs: 4,
    });
    expect(second?.interval).toMatchObject({ isDraining: true, count: 4, late: 4, rate: 4 });
    expect(shown.at(-1)?.tick.cumulative).toMatchObject({ count: 10, rate: 8 });
  });

  it('shows null, not zero, where there is nothing to show', () => {
    const { tick } = new Aggregator().add(loadTick({ failures: { timeout: 2 } }));
    expect(tick.interval).toMatchObject({ count: 2, failed: 2, p50: null, p99: null, cacheHitRate: null });
  });
});

describe('RunTotals', () => {
  /** A run of `count` ticks, each made from its number. */
  function totalsOf(
    count: number,
    tickOf: (index: number) => Partial<LoadTick>,
    changes: Partial<Scenario> = {},
  ): RunTotals {
    const aggregator = new Aggregator();
    const totals = new RunTotals({ ...level('level-2'), ...changes });
    for (let index = 1; index <= count; index += 1) {
      for (const second of aggregator.add(loadTick({ index, ...tickOf(index) })).seconds) totals.add(second);
    }
    for (const second of aggregator.finish()) totals.add(second);
    return totals;
  }

  it('adds up failures by kind, cache hits and operations', () => {
    const totals = totalsOf(5, () => ({
      asked: 10,
      sent: 9,
      dropped: 1,
      failures: { timeout: 1 },
      cacheHits: 1,
      cacheLookups: 2,
      response: { read: histogramOfMs(2).toSparse(), query: histogramOfMs(50).toSparse() },
    }));
    const metrics = totals.metrics(1_250);
    expect(metrics.http_reqs).toEqual({ count: 15, rate: 12, successRate: 8, late: 0 });
    expect(metrics.http_req_failed).toEqual({ count: 5, rate: 1 / 3 });
    expect(metrics.cache_hit).toEqual({ count: 5, rate: 0.5 });
    expect(metrics.errors).toEqual({ timeout: 5 });
    // 10 requests succeeded, half of them in 50 ms; 5 failed and 5 were never sent.
    expect(metrics.http_req_duration_adjusted?.p50).toBeCloseTo(50, 0);
    expect(metrics.http_req_duration_adjusted).toMatchObject({ p90: null, p95: null, p99: null });
    const dropping = totalsOf(1, () => ({ dropped: 1, response: { read: histogramOfMs(1, 2, 3).toSparse() } }));
    expect(dropping.metrics(250).http_req_duration_adjusted).toMatchObject({ p50: 2, p90: null });
    expect(totalsOf(1, () => ({})).metrics(250).http_req_duration_adjusted).toBeUndefined();
    expect(metrics.by_operation.query).toMatchObject({ count: 5 });
    expect([totals.asked, totals.sent, totals.dropped]).toEqual([50, 45, 5]);
    expect(totals.intervals.reduce((sum, { count }) => sum + count, 0)).toBe(metrics.http_reqs.count);
  });

  it('keeps rate, utilisation and slices to the time of the load: one request that hangs divides none of them', () => {
    const totals = totalsOf(4 * 40, (index) =>
      index <= 40
        ? { response: { read: histogramOfMs(2, 2).toSparse() }, sent: 2, utilisation: 0.72 }
        : { draining: true, ...(index === 160 ? { failures: { timeout: 1 }, late: 1, lateFailed: 1 } : {}) },
    );
    expect(totals.metrics(10_000).http_reqs).toEqual({ count: 81, rate: 8, successRate: 8, late: 1 });
    expect(totals.generatorUtilisation).toBeCloseTo(0.72);
    expect([totals.loadMs, totals.loadIntervals.length, totals.intervals.length]).toEqual([10_000, 10, 40]);
    expect(totals.slices.length).toBe(10);
  });

  it('ends fixed work with its last answer, once it is known that it was the last', () => {
    const totals = totalsOf(4 * 40, (index) => ({
      utilisation: 0,
      ...(index <= 10 ? { response: { read: histogramOfMs(2).toSparse() }, utilisation: 0.72 } : {}),
      ...(index === 160 ? { failures: { timeout: 1 } } : {}),
    }));
    expect([totals.loadMs, totals.slices.length]).toEqual([40_000, 40]);
    totals.endAt(2_500);
    expect([totals.loadMs, totals.slices.length, totals.intervals.length]).toEqual([3_000, 3, 40]);
    expect(totals.generatorUtilisation).toBeCloseTo((0.72 + 0.72 + 0.36) / 3);
    expect(totals.metrics(2_500).http_reqs).toMatchObject({ count: 11, rate: 4.4 });
  });

  it('keeps stages apart, and the phases of requests', () => {
    const totals = totalsOf(8, (index) => ({
      stages: {
        [index <= 4 ? '0' : '1']: {
          response: histogramOfMs(index <= 4 ? 1 : 9).toSparse(),
          failures: index === 8 ? { timeout: 1 } : {},
          dropped: index === 8 ? 3 : 0,
        },
      },
      waiting: histogramOfMs(0.5).toSparse(),
      connections: {
        ...loadTick().connections,
        opened: 1,
        reconnects: index === 4 ? 3 : 0,
        connect: histogramOfMs(0.25).toSparse(),
      },
    }));
    const { by_stage, phases, connections } = totals.metrics(2_000);
    expect(by_stage['0']).toMatchObject({ http_req_duration: { count: 4, max: 1 }, failed: 0 });
    expect(by_stage['1']).toMatchObject({ http_req_duration: { count: 4, max: 9 }, failed: 1 });
    expect(totals.failures({ operation: undefined, stage: '1' })).toEqual({ count: 1, of: 5 });
    expect(totals.unanswered({ operation: undefined, stage: '1' })).toEqual({
      failed: 1,
      ownLimit: 0,
      notFinished: 0,
      dropped: 3,
    });
    expect(totals.intervals.at(-1)?.failedByStage).toEqual({ 1: 1 });
    expect(phases.http_req_connecting).toMatchObject({ count: 8, p50: 0.25 });
    expect(connections).toEqual({ opened: 8, lost: 0, reconnects: 3 });
  });

  it('keeps failures by operation and by kind, and tells those that the generator itself has caused', () => {
    const totals = totalsOf(4, () => ({
      dropped: 2,
      failures: { 'out-of-ports': 1, 'not-finished': 1, 'status-503': 3 },
      errorsByOperation: { read: { 'out-of-ports': 1, 'status-503': 3 }, query: { 'not-finished': 1 } },
      response: { read: histogramOfMs(2).toSparse() },
    }));
    const of = (operation?: string) => ({ operation, stage: undefined });
    expect(totals.failures(of())).toEqual({ count: 20, of: 24 });
    expect(totals.failures(of('read'))).toEqual({ count: 16, of: 20 });
    expect(totals.failures(of('query'))).toEqual({ count: 4, of: 4 });
    expect(totals.unanswered(of())).toEqual({ failed: 20, ownLimit: 4, notFinished: 4, dropped: 8 });
    expect(totals.unanswered(of('read'))).toEqual({ failed: 16, ownLimit: 4, notFinished: 0, dropped: 8 });
  });

  it('counts the seconds in which a threshold held; one without an answer is one in which it did not', () => {
    const thresholds = { http_req_duration: ['seconds(p(95)<50)>=0.9'] };
    const totals = totalsOf(
      40,
      (index) => {
        if (index > 12 && index <= 16) return { asked: 1 };
        return { response: { read: histogramOfMs(index > 4 && index <= 8 ? 80 : 8).toSparse() } };
      },
      { thresholds },
    );
    const [rule] = totals.rules;
    expect(rule && totals.secondsHeld(rule)).toEqual({ count: 8, of: 10 });
  });

  it('takes a second in which nothing was asked for as evidence of nothing', () => {
    const thresholds = {
      http_req_duration: ['seconds(p(95)<50)>=0.95'],
      http_reqs: ['seconds(rate>=4)>=0.95'],
      http_req_failed: ['seconds(rate<0.01)>=0.95'],
    };
    const answered = { sent: 1, response: { read: histogramOfMs(8).toSparse() } };
    const isPause = (index: number): boolean => index > 16 && index <= 32;
    const open = totalsOf(40, (index) => (isPause(index) ? {} : { ...answered, asked: 1 }), { thresholds });
    // Five users: during the pause they wait for responses, and in the second after it there are no users.
    const closed = totalsOf(
      40,
      (index) => ({
        asked: null,
        ...(isPause(index) ? { inFlight: index <= 24 ? 5 : 0 } : { ...answered, inFlight: 5 }),
      }),
      { thresholds },
    );
    expect(open.rules.map((rule) => open.secondsHeld(rule))).toEqual(Array(3).fill({ count: 6, of: 6 }));
    expect(closed.rules.map((rule) => closed.secondsHeld(rule))).toEqual(Array(3).fill({ count: 6, of: 8 }));
  });

  it('keeps the shape of a run over time, however long it is', () => {
    const totals = totalsOf(4 * 600, (index) => ({
      failures: { timeout: 1 },
      dropped: 2,
      response: { read: histogramOfMs(index <= 1_200 ? 1 : 3).toSparse() },
    }));
    expect(totals.slices.between(0, 0.5).percentileUs(50)).toBe(1_000);
    expect(totals.slices.between(0.5, 1).percentileUs(50)).toBe(3_000);
    expect(totals.slices.length).toBeLessThanOrEqual(64);
    expect(totals.slices.between(0, 1).count).toBe(2_400);
    expect(totals.slices.histograms().reduce((sum, { count }) => sum + count, 0)).toBe(2_400);
    expect(totals.slices.all.reduce((sum, { failed }) => sum + failed, 0)).toBe(2_400);
    expect(totals.slices.all.reduce((sum, { dropped }) => sum + dropped, 0)).toBe(4_800);
    expect(totals.slices.length * totals.slices.secondsPerSlice).toBeGreaterThanOrEqual(600);
  });
});
