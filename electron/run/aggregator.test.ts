import { describe, expect, it } from 'vitest';
import { histogramOfMs, loadTick } from '../../tests/support/factories';
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
  it('adds up failures by kind, cache hits and operations', () => {
    const aggregator = new Aggregator();
    const totals = new RunTotals();
    for (const index of [1, 2, 3, 4, 5]) {
      const tick = loadTick({
        index,
        asked: 10,
        sent: 9,
        dropped: 1,
        failures: { timeout: 1 },
        cacheHits: 1,
        cacheLookups: 2,
        response: { read: histogramOfMs(2).toSparse(), query: histogramOfMs(50).toSparse() },
      });
      for (const second of aggregator.add(tick).seconds) totals.add(second);
    }
    for (const second of aggregator.finish()) totals.add(second);
    const metrics = totals.metrics(1_250);
    expect(metrics.http_reqs).toEqual({ count: 15, rate: 12 });
    expect(metrics.http_req_failed).toEqual({ count: 5, rate: 1 / 3 });
    expect(metrics.cache_hit).toEqual({ count: 5, rate: 0.5 });
    expect(metrics.errors).toEqual({ timeout: 5 });
    expect(metrics.by_operation.query).toMatchObject({ count: 5 });
    expect([totals.asked, totals.sent, totals.dropped]).toEqual([50, 45, 5]);
    expect(totals.intervals.reduce((sum, { count }) => sum + count, 0)).toBe(metrics.http_reqs.count);
  });
});
