import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { urlTargetSchema } from '../../../shared/run/target';
import { description } from '../../../tests/support/factories';
import { percentileOf, type ReceivedMetric, startOtlpReceiver } from '../../../tests/support/otlpReceiver';
import { finished, outputSecond, started } from '../../../tests/support/outputSeconds';
import { OtlpOutput } from './otlpOutput';

describe('the metrics for OpenTelemetry', () => {
  let receiver: Awaited<ReturnType<typeof startOtlpReceiver>>;
  beforeEach(async () => {
    receiver = await startOtlpReceiver();
  });
  afterEach(() => receiver.close());

  const outputTo = (path = '/v1/metrics'): OtlpOutput => new OtlpOutput(`${receiver.url}${path}`, ['127.0.0.1']);
  const last = (name: string): ReceivedMetric => {
    const found = receiver.deliveries.at(-1)?.metrics.find((metric) => metric.name === name);
    if (!found) throw new Error(`there is no ${name}`);
    return found;
  };

  it('arrive with everything that was counted, as the conventions name it', async () => {
    const output = outputTo();
    const url = 'http://127.0.0.1:3000/shop';
    const target = urlTargetSchema.parse({ kind: 'url', url, method: 'POST' });
    output.onEvent({ type: 'started', run: description({ target }) });
    output.onSecond(
      outputSecond(1, { shop: [1, 2, 400] }, { errors: { timeout: 1 }, errorsByOperation: { shop: { timeout: 1 } } }),
    );
    output.onEvent(finished({ verdict: 'failed' }));
    expect(await output.close()).toEqual([]);

    const [delivery] = receiver.deliveries;
    expect(delivery).toMatchObject({
      path: '/v1/metrics',
      headers: { 'content-type': 'application/x-protobuf' },
      resource: { 'service.name': 'proofload', 'proofload.run.id': 'run-1', 'proofload.scenario': 'level-2' },
    });
    const semantic = { 'http.request.method': 'POST', 'server.address': '127.0.0.1', 'server.port': 3000 };
    const duration = last('http.client.request.duration');
    expect(duration).toMatchObject({ unit: 's', exponentialHistogram: { aggregationTemporality: 2 } });
    const [point] = duration.exponentialHistogram?.dataPoints ?? [];
    expect(point).toMatchObject({
      count: 3,
      min: 0.001,
      max: 0.4,
      attributes: { ...semantic, 'proofload.operation': 'shop' },
    });
    expect(point?.sum).toBeCloseTo(0.403);
    expect(point && percentileOf(point, 50)).toBeCloseTo(0.002, 4);
    expect(last('proofload.request.failures').sum).toMatchObject({
      isMonotonic: true,
      aggregationTemporality: 2,
      dataPoints: [
        { asDouble: 1, attributes: { ...semantic, 'error.type': 'timeout', 'proofload.operation': 'shop' } },
      ],
    });
    expect(last('proofload.run_verdict').gauge).toMatchObject({
      dataPoints: [{ asDouble: 1, attributes: { 'proofload.verdict': 'failed' } }],
    });
    expect(last('http.client.active_requests').sum).toMatchObject({ isMonotonic: false });
  });

  it('say once at the end that deliveries failed, and lose nothing if the last one does not', async () => {
    const output = outputTo();
    receiver.answerWith(400);
    output.onEvent(started);
    output.onSecond(outputSecond(5, { read: [1] }));
    await expect.poll(receiver.refused, { timeout: 20_000 }).toBe(1);
    receiver.answerWith(200);
    expect(await output.close()).toEqual([
      `1 of 2 deliveries to ${receiver.url}/v1/metrics failed; the last one has all metrics of the run.`,
    ]);
    expect(last('proofload.requests').sum?.dataPoints).toMatchObject([{ asDouble: 1 }]);
  });

  it('say why the last delivery failed', async () => {
    const output = outputTo();
    receiver.answerWith(403);
    output.onEvent(started);
    const [sentence = ''] = await output.close();
    expect(sentence).toMatch(/^1 of 1 deliveries to http:\S+ failed, and so did the last one: /);
  });

  it('connect to the addresses that were admitted, whatever the name leads to', async () => {
    const port = new URL(receiver.url).port;
    const output = new OtlpOutput(`http://receiver.invalid:${port}/v1/metrics`, ['127.0.0.1']);
    output.onEvent(started);
    expect(await output.close()).toEqual([]);
    expect(receiver.deliveries).toHaveLength(1);
  });
});

describe('a delivery that takes its time', () => {
  it('holds up no second: what comes meanwhile goes with the next', async () => {
    const sent: ResourceMetrics[] = [];
    const answers: ((result: ExportResult) => void)[] = [];
    const exporter = {
      export: (metrics: ResourceMetrics, done: (result: ExportResult) => void): void => {
        sent.push(metrics);
        answers.push(done);
      },
      shutdown: async (): Promise<void> => {},
    };
    const output = new OtlpOutput('http://127.0.0.1:1/v1/metrics', [], exporter, () => 0);
    output.onEvent(started);
    for (const t of [5, 10, 15]) output.onSecond(outputSecond(t, { read: [1] }));
    expect(sent).toHaveLength(1);
    answers[0]?.({ code: ExportResultCode.SUCCESS });
    const closing = output.close();
    await expect.poll(() => answers.length).toBe(2);
    answers[1]?.({ code: ExportResultCode.SUCCESS });
    expect(await closing).toEqual([]);
    const counts = sent.map(({ scopeMetrics }) => {
      const requests = scopeMetrics[0]?.metrics.find(({ descriptor }) => descriptor.name === 'proofload.requests');
      return requests?.dataPoints[0]?.value;
    });
    expect(counts).toEqual([1, 3]);
  });
});
