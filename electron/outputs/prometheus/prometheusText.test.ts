import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../shared/scenario/schema';
import { description, histogramOfMs, level, runDocument } from '../../../tests/support/factories';
import { outputSecond } from '../../../tests/support/outputSeconds';
import { PrometheusMetrics } from '../../../tests/support/prometheusMetrics';
import { severalScenarios } from '../../../tests/support/severalScenarios';
import { OutputTotals } from '../outputTotals';
import { prometheusText } from './prometheusText';

function totalsOf(scenario: Scenario = level('level-2')): OutputTotals {
  return new OutputTotals(description({ scenario }));
}

function read(totals: OutputTotals): PrometheusMetrics {
  return new PrometheusMetrics(prometheusText(totals));
}

describe('the metrics for Prometheus', () => {
  it('are the sum of the seconds, by operation and kind of failure', () => {
    const totals = totalsOf();
    totals.addSecond(
      outputSecond(
        1,
        { read: [1, 2, 3], update: [40] },
        {
          errors: { timeout: 2, 'status-503': 1 },
          errorsByOperation: { read: { timeout: 2 }, insert: { 'status-503': 1 } },
          dropped: 3,
          connectionsOpened: 4,
        },
      ),
    );
    totals.addSecond(outputSecond(2, { read: [5] }, { errors: { timeout: 1 }, errorsByOperation: {}, dropped: 1 }));
    const metrics = read(totals);
    const count = (operation: string): number | undefined => metrics.value('proofload_http_reqs_total', { operation });
    expect([count('read'), count('update'), count('insert')]).toEqual([6, 1, 1]);
    expect(metrics.sum('proofload_http_reqs_total')).toBe(9);
    expect(metrics.value('proofload_http_req_failures_total', { operation: 'read', error: 'timeout' })).toBe(2);
    // A failure whose operation is not known is still counted.
    expect(metrics.sum('proofload_http_req_failures_total', { error: 'timeout' })).toBe(3);
    expect(metrics.value('proofload_http_req_failed_rate')).toBeCloseTo(4 / 9);
    expect(metrics.value('proofload_dropped_iterations_total')).toBe(4);
    expect(metrics.value('proofload_connections_opened_total')).toBe(4);
    const {
      count: reads,
      sum,
      buckets,
    } = metrics.histogram('proofload_http_req_duration_seconds', { operation: 'read' });
    expect([reads, buckets['0.001'], buckets['0.0025'], buckets['0.005'], buckets['+Inf']]).toEqual([4, 1, 2, 4, 4]);
    expect(sum).toBeCloseTo(0.011);
    // The value of the bucket of 3 ms, to three digits.
    expect(metrics.value('proofload_http_req_duration_p50')).toBe(0.003001);
  });

  it('tell runs apart, and say what is unknown by leaving it out', () => {
    const metrics = read(totalsOf());
    expect(metrics.labels('proofload_dropped_iterations_total')).toEqual([{ run: 'run-1', scenario: 'level-2' }]);
    for (const name of ['proofload_http_req_failed_rate', 'proofload_http_req_duration_p95', 'proofload_run_verdict'])
      expect(metrics.labels(name)).toEqual([]);
  });

  it('have the users of a closed model as its stages ask for them, and none of an open model', () => {
    const stages = [
      { duration: '10s', target: 100 },
      { duration: '10s', target: 0 },
    ];
    const load = { executor: 'ramping-vus', startVUs: 0, stages, gracefulStop: '30s' } as const;
    const totals = totalsOf({ ...level('level-2'), load });
    totals.addSecond(outputSecond(5, {}));
    expect(read(totals).value('proofload_vus')).toBe(50);
    totals.addSecond(outputSecond(15, {}));
    expect(read(totals).value('proofload_vus')).toBe(50);
    totals.addSecond(outputSecond(21, {}, { isDraining: true }));
    expect(read(totals).value('proofload_vus')).toBe(0);
    const open = totalsOf();
    open.addSecond(outputSecond(1, {}));
    open.addSecond(outputSecond(121, {}, { isDraining: true }));
    expect(read(open).value('proofload_vus')).toBeUndefined();
  });

  it('have iterations, checks and bytes of journeys', () => {
    const totals = totalsOf();
    const second = outputSecond(
      1,
      { login: [1] },
      {
        iterations: { buy: { completed: 2, failed: 1, interrupted: 0 } },
        checks: { login: { 'status is 200': { passes: 5, fails: 2 } } },
        dataByOperation: { login: { sentBytes: 100, receivedBytes: 2_000 } },
      },
    );
    totals.addSecond({ ...second, journeys: new Map([['buy', histogramOfMs(30, 40)]]) });
    const metrics = read(totals);
    expect(metrics.value('proofload_iterations_total', { journey: 'buy', outcome: 'completed' })).toBe(2);
    expect(metrics.histogram('proofload_iteration_duration_seconds', { journey: 'buy' }).count).toBe(2);
    expect(metrics.value('proofload_checks_total', { operation: 'login', result: 'failed' })).toBe(2);
    expect(metrics.value('proofload_data_received_total', { operation: 'login' })).toBe(2_000);
  });

  it('have the scenario of each operation and journey, in a run with several', () => {
    const totals = totalsOf(severalScenarios());
    const iterations = { order: { completed: 2, failed: 0, interrupted: 0 } };
    const second = outputSecond(
      2,
      { look: [1], pay: [2, 3] },
      {
        ...{ dropped: 3, droppedByScenario: { browse: 3 }, iterations },
        ...{ errors: { timeout: 1 }, errorsByOperation: { cart: { timeout: 1 } } },
      },
    );
    totals.addSecond({ ...second, journeys: new Map([['order', histogramOfMs(30, 40)]]) });
    const metrics = read(totals);
    const browse = { load_scenario: 'browse' };
    const buy = { load_scenario: 'buy', scenario: 'several' };
    expect(metrics.sum('proofload_http_reqs_total', buy)).toBe(3);
    expect(metrics.value('proofload_http_reqs_total', { ...browse, operation: 'look' })).toBe(1);
    expect(metrics.value('proofload_http_req_failures_total', { ...buy, operation: 'cart', error: 'timeout' })).toBe(1);
    expect(metrics.histogram('proofload_http_req_duration_seconds', { ...buy, operation: 'pay' }).count).toBe(2);
    expect(metrics.value('proofload_iterations_total', { ...buy, journey: 'order', outcome: 'completed' })).toBe(2);
    expect(metrics.histogram('proofload_iteration_duration_seconds', buy).count).toBe(2);
    expect(metrics.value('proofload_dropped_iterations_total', browse)).toBe(3);
    expect(metrics.value('proofload_dropped_iterations_total', buy)).toBe(0);
    // Only buy has users. It runs from the second second to the third.
    expect(metrics.value('proofload_vus')).toBe(2);
    totals.addSecond(outputSecond(4, {}));
    expect(read(totals).value('proofload_vus')).toBe(0);
  });

  it('have verdict, thresholds and trust checks once the run has ended', () => {
    const totals = totalsOf();
    const threshold = { metric: 'http_req_duration', expression: 'p(95)<50', value: 60, ok: false };
    const check = { check: 'drift', value: 3, limit: 2, unit: '%', ok: false, message: 'It drifted.' } as const;
    totals.end(runDocument({ verdict: 'failed', thresholds: [threshold], trust: [check] }));
    const metrics = read(totals);
    expect(metrics.value('proofload_run_verdict', { verdict: 'failed' })).toBe(1);
    expect(metrics.value('proofload_threshold_status', { expression: 'p(95)<50', status: 'failed' })).toBe(1);
    expect(metrics.value('proofload_trust_check_ok', { check: 'drift' })).toBe(0);
    expect(metrics.value('proofload_trust_check_value', { check: 'drift', unit: '%' })).toBe(3);
  });

  it('are read whatever a name holds', () => {
    const totals = totalsOf();
    const name = 'a"b\\c\nd{e="f"}';
    totals.addSecond(outputSecond(1, { [name]: [1], __proto__: [2] }, { errors: { [name]: 1 } }));
    const labels = read(totals).labels('proofload_http_reqs_total');
    expect(labels.map(({ operation }) => operation)).toContain(name);
    expect(
      prometheusText(totals)
        .split('\n')
        .filter((line) => line.startsWith('d{')),
    ).toEqual([]);
  });
});
