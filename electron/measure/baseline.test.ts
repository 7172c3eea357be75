import { describe, expect, it } from 'vitest';
import type { Noise } from '../../shared/experiment/experiment';
import { summariseLatency } from '../../shared/statistics/latencySummary';
import { evaluateRules, type RunMetricSource } from '../../shared/thresholds/evaluate';
import { parseThreshold } from '../../shared/thresholds/parse';
import { rulesOf } from '../../shared/thresholds/rules';
import { histogramOfMs, runDocument } from '../../tests/support/factories';
import { encodeHdr } from '../hdr/hdrCodec';
import { RunBaseline } from './baseline';
import { baseline as check } from './trust/baseline';

function latencies(factor: number) {
  return histogramOfMs(...Array.from({ length: 1_000 }, (_, index) => ((index + 1) / 10) * factor));
}

const noise: Noise = { pairs: 40, deviation: { throughput: 0.01, p50: 0.02, p95: 0.02, p99: 0.02 } };

function baselineRun(known: Noise | undefined): RunBaseline {
  const histogram = latencies(1);
  const document = runDocument();
  const http_req_duration = summariseLatency(histogram);
  return new RunBaseline(
    {
      ...document,
      id: 'base',
      metrics: {
        ...document.metrics,
        http_req_duration,
        by_operation: { read: http_req_duration },
        http_reqs: { count: 1_000, rate: 100 },
        http_req_failed: { count: 10, rate: 0.01 },
      },
      histograms: { ...document.histograms, http_req_duration: encodeHdr(histogram) },
    },
    known,
  );
}

/** Judges one threshold of a run whose latencies are `factor` times those of the baseline. */
function judged(metric: string, expression: string, factor: number, isNoiseKnown = true) {
  const run = baselineRun(isNoiseKnown ? noise : undefined);
  const source: RunMetricSource = {
    trend: () => latencies(factor),
    share: (name) =>
      name === 'http_req_failed' ? { count: 10 * factor, of: 1_000 } : { count: 1_000 * factor, of: 10 },
    secondsHeld: () => ({ count: 0, of: 0 }),
    growth: () => undefined,
    baseline: (rule) => run.limitOf(rule),
  };
  const [result] = evaluateRules(rulesOf({ [metric]: [expression] }), source);
  return result;
}

describe('thresholds relative to a baseline', () => {
  it.each([
    ['http_req_duration', 'p(95) <= baseline * 1.05'],
    ['http_req_duration', 'p(95)<=baseline'],
    ['http_req_duration{operation:read}', 'p(99)<baseline*1.1'],
    ['http_reqs', 'rate>=baseline*0.95'],
    ['http_req_failed', 'rate<=baseline'],
  ])('reads %s %s', (metric, expression) => {
    expect(parseThreshold(metric, expression)).toMatchObject({ ok: true, value: { isRelative: true } });
  });

  it.each([
    ['http_req_duration', 'p(95)==baseline', "can't be compared with a baseline"],
    ['http_req_duration', 'seconds(p(95)<baseline)>=0.9', "can't be compared with a baseline"],
    ['http_req_duration{stage:1}', 'p(95)<baseline', "can't be compared with a baseline"],
    ['http_req_duration', 'p(95)<baseline+5', 'is not a threshold'],
    ['http_req_duration', 'p(95)<baseline*', 'is not a threshold'],
  ])('refuses %s %s', (metric, expression, message) => {
    const parsed = parseThreshold(metric, expression);
    expect(parsed.ok ? '' : parsed.error.message).toContain(message);
  });

  it('hold below the limit, fail beyond the noise, and are unsure between', () => {
    const expression = 'p(95) <= baseline * 1.05';
    expect(judged('http_req_duration', expression, 1.04)).toMatchObject({
      ok: true,
      baseline: { runId: 'base', value: 95.039, isSure: true },
    });
    // Two per cent beyond the limit. Equal runs of this machine differ by up to 3.4 % in 95 % of pairs.
    expect(judged('http_req_duration', expression, 1.07)).toMatchObject({ ok: false, baseline: { isSure: false } });
    expect(judged('http_req_duration', expression, 1.2)).toMatchObject({ ok: false, baseline: { isSure: true } });
  });

  it('take equal runs to differ by a quarter as long as the noise is not known', () => {
    expect(judged('http_req_duration', 'p(95)<=baseline', 1.2, false)?.baseline?.isSure).toBe(false);
    expect(judged('http_req_duration', 'p(95)<=baseline', 1.3, false)?.baseline?.isSure).toBe(true);
  });

  it('are about rates, operations and any percentile as well', () => {
    expect(judged('http_reqs', 'rate>=baseline*0.95', 0.96)?.ok).toBe(true);
    expect(judged('http_reqs', 'rate>=baseline*0.95', 0.8)).toMatchObject({ ok: false, baseline: { isSure: true } });
    expect(judged('http_req_failed', 'rate<=baseline', 4)).toMatchObject({
      ok: false,
      baseline: { value: 0.01, isSure: true },
    });
    // 15 failures of 1,000 against 10: two equal runs differ this much in one of six cases.
    expect(judged('http_req_failed', 'rate<=baseline', 1.5)).toMatchObject({ ok: false, baseline: { isSure: false } });
    // A maximum is a single value, and these runs have no known seconds.
    expect(judged('http_req_duration', 'max<=baseline', 3)).toMatchObject({ ok: false, baseline: { isSure: false } });
    expect(judged('http_req_duration', 'p(97.5)<=baseline', 1)?.baseline?.value).toBeCloseTo(97.5, 0);
    expect(judged('http_req_duration{operation:read}', 'p(95)<=baseline', 1)?.ok).toBe(true);
    expect(judged('http_req_duration{operation:read}', 'p(97.5)<=baseline', 1)).toMatchObject({
      ok: false,
      baseline: { value: null, limit: null },
    });
  });

  it('make a run inconclusive when they can not be told', () => {
    const of = (factor: number) => {
      const result = judged('http_req_duration', 'p(95)<=baseline*1.05', factor);
      return check(result ? [result] : []);
    };
    expect(of(1)).toMatchObject({ ok: true });
    expect(of(1.2)).toMatchObject({ ok: true });
    expect(of(1.07)).toMatchObject({ ok: false, message: expect.stringContaining('run it again') });
    const without = evaluateRules(rulesOf({ http_req_duration: ['p(95)<=baseline'] }), {
      trend: () => latencies(1),
      share: () => ({ count: 0, of: 0 }),
      secondsHeld: () => ({ count: 0, of: 0 }),
      growth: () => undefined,
      baseline: () => undefined,
    });
    expect(check(without)).toMatchObject({
      ok: false,
      message: expect.stringContaining('needs a baseline'),
    });
    expect(check([{ metric: 'http_reqs', expression: 'rate>1', value: 2, ok: true }])).toBeUndefined();
  });
});
