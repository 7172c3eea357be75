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

  it('shows null, not zero, where there is nothing to show', () => {
    const { tick } = new Aggregator().add(loadTick({ failures: { timeout: 2 } }));
    expect(tick.interval).toMatchObject({ count: 2, failed: 2, p50: null, p99: null, cacheHitRate: null });
  });
});

describe('RunTotals', () => {
  /** A run of `count` ticks that are made from their number. */
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
    expect(metrics.http_reqs).toEqual({ count: 15, rate: 12 });
    expect(metrics.http_req_failed).toEqual({ count: 5, rate: 1 / 3 });
    expect(metrics.cache_hit).toEqual({ count: 5, rate: 0.5 });
    expect(metrics.errors).toEqual({ timeout: 5 });
    expect(metrics.by_operation.query).toMatchObject({ count: 5 });
    expect([totals.asked, totals.sent, totals.dropped]).toEqual([50, 45, 5]);
    expect(totals.intervals.reduce((sum, { count }) => sum + count, 0)).toBe(metrics.http_reqs.count);
  });

  it('keeps stages apart, and the phases of requests', () => {
    const totals = totalsOf(8, (index) => ({
      stages: {
        [index <= 4 ? '0' : '1']: {
          response: histogramOfMs(index <= 4 ? 1 : 9).toSparse(),
          failed: index === 8 ? 1 : 0,
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
    expect(totals.failures({ stage: '1' })).toEqual({ count: 1, of: 5 });
    expect(phases.http_req_connecting).toMatchObject({ count: 8, p50: 0.25 });
    expect(connections).toEqual({ opened: 8, lost: 0, reconnects: 3 });
  });

  it('counts the seconds in which a threshold held; one without an answer is one in which it did not', () => {
    const thresholds = { http_req_duration: ['seconds(p(95)<50)>=0.9'] };
    const totals = totalsOf(
      40,
      (index) => {
        if (index > 12 && index <= 16) return {};
        return { response: { read: histogramOfMs(index > 4 && index <= 8 ? 80 : 8).toSparse() } };
      },
      { thresholds },
    );
    const [rule] = totals.rules;
    expect(rule && totals.secondsHeld(rule)).toEqual({ count: 8, of: 10 });
  });

  it('keeps the shape of a run over time, however long it is', () => {
    const totals = totalsOf(4 * 600, (index) => ({
      response: { read: histogramOfMs(index <= 1_200 ? 1 : 3).toSparse() },
    }));
    expect(totals.slices.between(0, 0.5).percentileUs(50)).toBe(1_000);
    expect(totals.slices.between(0.5, 1).percentileUs(50)).toBe(3_000);
    expect(totals.slices.length).toBeLessThanOrEqual(64);
    expect(totals.slices.between(0, 1).count).toBe(2_400);
  });
});
