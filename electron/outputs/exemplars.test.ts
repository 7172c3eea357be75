import { describe, expect, it } from 'vitest';
import type { SlowRequest } from '../../shared/run/slowRequest';
import { description, runDocument, slowRequest } from '../../tests/support/factories';
import { startOtlpReceiver } from '../../tests/support/otlpReceiver';
import { finished, outputSecond } from '../../tests/support/outputSeconds';
import { exemplarsByOperation } from './exemplars';
import { OtlpOutput } from './otlp/otlpOutput';
import { OutputTotals } from './outputTotals';
import { openMetricsText, takesOpenMetrics } from './prometheus/openMetrics';

const beganMs = 1_767_225_600_000;
const odd = 'say "hi"\\';

function slow(operation: string, durationMs: number, traceId: string | undefined, failure?: string): SlowRequest {
  return slowRequest({
    operation,
    startMs: 500,
    durationMs,
    ...(traceId === undefined ? {} : { traceId }),
    ...(failure === undefined ? {} : { failure }),
  });
}

const [first, second, third, failed] = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(32));
const slowest = [
  slow('read', 412, first),
  slow('read', 300, second),
  slow('read', 4, third),
  slow('read', 900, failed, 'status-503'),
  slow('read', 200, undefined),
  slow(odd, 90_000, first),
];
const end = finished({ slowest });
const seconds = outputSecond(1, { read: [412, 300, 4, 200], [odd]: [90_000], quick: [1] });

function totalsOf(): OutputTotals {
  const totals = new OutputTotals(description(), () => beganMs);
  totals.noteEvent({ type: 'phase', phase: 'running' });
  totals.addSecond(seconds);
  return totals;
}

describe('exemplars', () => {
  it('are the slowest successful requests whose traces are known, with the moment at which each ended', () => {
    const totals = totalsOf();
    expect(exemplarsByOperation(totals).size).toBe(0);
    totals.noteEvent(end);
    expect(exemplarsByOperation(totals).get('read')).toEqual([
      { traceId: first, valueS: 0.412, atMs: beganMs + 912 },
      { traceId: second, valueS: 0.3, atMs: beganMs + 800 },
      { traceId: third, valueS: 0.004, atMs: beganMs + 504 },
    ]);
  });

  it('are none where the time of the load is not known: a saved run, and a capacity search', () => {
    const saved = new OutputTotals(description());
    saved.end(runDocument({ slowest }));
    expect(exemplarsByOperation(saved).size).toBe(0);
  });

  it('arrive by OTLP, in the points of their operations', async () => {
    const receiver = await startOtlpReceiver();
    try {
      const output = new OtlpOutput(`${receiver.url}/v1/metrics`, ['127.0.0.1'], undefined, () => beganMs);
      output.onEvent({ type: 'started', run: description() });
      output.onEvent({ type: 'phase', phase: 'running' });
      output.onSecond(seconds);
      output.onEvent(end);
      expect(await output.close()).toEqual([]);
      const metrics = receiver.deliveries.at(-1)?.metrics ?? [];
      const points = metrics.find(({ name }) => name === 'http.client.request.duration')?.exponentialHistogram
        ?.dataPoints;
      const byOperation = Object.fromEntries(
        (points ?? []).map((point) => [point.attributes['proofload.operation'], point]),
      );
      expect(byOperation.read?.exemplars).toEqual([
        { traceId: first, asDouble: 0.412, timeUnixNano: (beganMs + 912) * 1e6 },
        { traceId: second, asDouble: 0.3, timeUnixNano: (beganMs + 800) * 1e6 },
        { traceId: third, asDouble: 0.004, timeUnixNano: (beganMs + 504) * 1e6 },
      ]);
      expect(byOperation[odd]?.exemplars).toMatchObject([{ traceId: first }]);
      expect(byOperation.quick?.exemplars).toEqual([]);
      // Everything else is what the SDK has written.
      expect(byOperation.read).toMatchObject({ count: 4, min: 0.004, max: 0.412 });
      expect(metrics.map(({ name }) => name)).toContain('proofload.run_verdict');
    } finally {
      await receiver.close();
    }
  });
});

describe('the text of OpenMetrics', () => {
  it('has the slowest request of each bucket as its exemplar', () => {
    const totals = totalsOf();
    totals.noteEvent(end);
    const lines = openMetricsText(totals).split('\n');
    const withExemplar = lines.filter((line) => line.includes(' # {'));
    expect(withExemplar.map((line) => /le="([^"]+)"/.exec(line)?.[1])).toEqual(['0.005', '0.5', '+Inf']);
    expect(withExemplar[1]).toMatch(
      new RegExp(`,operation="read",le="0.5"\\} 4 # \\{trace_id="${first}"\\} 0.412 ${(beganMs + 912) / 1_000}$`),
    );
    expect(withExemplar[2]).toContain('operation="say \\"hi\\"\\\\"');
  });

  it('names counters without their ending, has bounds with a fraction, and ends', () => {
    const text = openMetricsText(totalsOf());
    expect(text).toMatch(
      /^# HELP proofload_http_reqs Requests.*\n# TYPE proofload_http_reqs counter\nproofload_http_reqs_total\{/m,
    );
    expect(text).toContain('le="10.0"');
    expect(text).not.toContain('le="10"');
    expect(text).not.toContain(' # {');
    expect(text).not.toContain('\n\n');
    expect(text.endsWith('\n# EOF\n')).toBe(true);
  });

  it.each([
    ['application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2', true],
    ['text/plain, application/openmetrics-text; version=1.0.0; escaping=underscores', true],
    ['application/openmetrics-text;q=0', false],
    ['application/openmetrics-text;q=0.0, text/plain', false],
    ['application/openmetrics-text;q=0.05', true],
    ['text/plain;version=0.0.4;q=0.5,*/*;q=0.1', false],
    [undefined, false],
  ])('is for those that take it: %s', (accept, takes) => {
    expect(takesOpenMetrics(accept)).toBe(takes);
  });
});
