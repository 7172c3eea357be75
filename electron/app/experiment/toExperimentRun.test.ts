import { describe, expect, it } from 'vitest';
import { summariseLatency } from '../../../shared/statistics/latencySummary';
import { histogramOfMs, runDocument } from '../../../tests/support/factories';
import { encodeHdr } from '../../hdr/hdrCodec';
import { toExperimentRun } from './toExperimentRun';

/** A run of 1,000 requests in a second. `failed` of them failed, the others took 1 to 100 ms. */
function runWith(failed: number) {
  const answered = histogramOfMs(...Array.from({ length: 1_000 - failed }, (_, index) => 1 + (index % 100)));
  const document = runDocument();
  const metrics = {
    ...document.metrics,
    http_req_duration: summariseLatency(answered),
    http_reqs: { count: 1_000, rate: 1_000 },
    http_req_failed: { count: failed, rate: failed / 1_000 },
  };
  const histograms = { ...document.histograms, http_req_duration: encodeHdr(answered) };
  return toExperimentRun(runDocument({ verdict: 'passed', metrics, histograms }), 0, 1);
}

describe('what an experiment keeps of a run', () => {
  it('counts right answers as throughput, and failures among all', () => {
    const { failures, values } = runWith(800);
    expect(failures).toEqual({ count: 800, of: 1_000 });
    expect(values.throughput).toBeCloseTo(200, 9);
  });

  it('has percentiles in which a failed request is a response time without bound', () => {
    expect(runWith(0).adjusted).toEqual({
      p50: runWith(0).values.p50,
      p95: runWith(0).values.p95,
      p99: runWith(0).values.p99,
    });
    const { values, adjusted } = runWith(30);
    expect(adjusted?.p95).toBeGreaterThan(values.p95);
    expect(adjusted?.p99).toBeNull();
    expect(runWith(800).adjusted).toEqual({ p50: null, p95: null, p99: null });
  });

  it('has missed what is out of bounds, and no limit of a baseline that noise alone can make it miss', () => {
    const missed = { metric: 'http_req_duration', expression: 'p(95)<50', value: 60, ok: false };
    const baseline = { runId: 'base', value: 50, limit: 50, isSure: false };
    const relative = { ...missed, expression: 'p(95)<=baseline', baseline };
    const sure = { ...missed, expression: 'p(99)<=baseline', baseline: { ...baseline, isSure: true } };
    const document = runDocument({ thresholds: [missed, relative, sure] });
    expect(toExperimentRun(document, 0, 1).missed).toEqual([
      'http_req_duration p(95)<50',
      'http_req_duration p(99)<=baseline',
    ]);
  });
});
