import { describe, expect, it } from 'vitest';
import { HostGuard } from '../../hosts/hostGuard';
import { openOutputs } from './openOutputs';

const loopbackOnly = new HostGuard(() => false);
const ended = AbortSignal.abort();

describe('the outputs of a run', () => {
  it.each([
    ['http://192.0.2.1:4318', 'remote-not-allowed'],
    ['http://[2001:db8::1]:4318/v1/metrics', 'remote-not-allowed'],
    ['http://0.0.0.0:4318', 'remote-not-allowed'],
    ['http://user:secret@127.0.0.1:4318', 'usage'],
    ['http://127.0.0.1:4318/?token=secret', 'usage'],
    ['grpc://127.0.0.1:4317', 'usage'],
    ['127.0.0.1:4318', 'usage'],
    ['http://', 'usage'],
  ])('go nowhere for %s', async (otlpUrl, code) => {
    const opening = openOutputs({ otlpUrl, prometheusPort: 0 }, loopbackOnly);
    await expect(opening).rejects.toMatchObject({ code });
    await expect(opening).rejects.not.toThrow('secret');
  });

  it('go to a host that was confirmed, at the addresses that it led to then', async () => {
    const asked: string[] = [];
    const guard = new HostGuard(
      ({ host, addresses }, load) => asked.push(`${host} at ${addresses.join()}: ${load}`) > 0,
      async () => ['192.0.2.1'],
    );
    const { outputs, places } = await openOutputs({ otlpUrl: 'http://otel.test:4318' }, guard);
    expect(asked).toEqual(['otel.test at 192.0.2.1: the metrics of the run']);
    expect(places).toEqual(['metrics are sent to http://otel.test:4318/v1/metrics']);
    // Without a started run there are no sentences, and nothing is sent.
    for (const output of outputs) expect(await output.close(ended)).toEqual([]);
  });

  it('are none where none is asked for', async () => {
    expect(await openOutputs({}, loopbackOnly)).toEqual({ outputs: [], places: [] });
  });
});
