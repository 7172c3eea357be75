import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { finished, outputSecond, started } from '../../../tests/support/outputSeconds';
import { PrometheusMetrics } from '../../../tests/support/prometheusMetrics';
import { MetricsEndpoint } from './metricsEndpoint';

const never = new AbortController().signal;

interface Answer {
  status: number;
  type: string | undefined;
  text: string;
}

function get(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(url, { headers, method, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'], text }),
      );
    })
      .on('error', reject)
      .end();
  });
}

describe('the endpoint of Prometheus', () => {
  let endpoint: MetricsEndpoint;
  beforeEach(async () => {
    endpoint = await MetricsEndpoint.open(0);
  });
  afterEach(() => endpoint.close(AbortSignal.abort()));

  it('has what is known so far, and nothing before a run', async () => {
    expect(await get(endpoint.url)).toMatchObject({ status: 200, text: '' });
    endpoint.onEvent(started);
    endpoint.onSecond(outputSecond(1, { read: [1, 2] }));
    const { type, text } = await get(endpoint.url);
    expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(new PrometheusMetrics(text).value('proofload_http_reqs_total', { operation: 'read' })).toBe(2);
  });

  it('has OpenMetrics for those that take it', async () => {
    const headers = { Accept: 'application/openmetrics-text;version=1.0.0;q=0.6,text/plain;q=0.3' };
    expect(await get(endpoint.url, headers)).toMatchObject({ status: 200, text: '# EOF\n' });
    endpoint.onEvent(started);
    const { type, text } = await get(endpoint.url, headers);
    expect(type).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(text).toMatch(/^# TYPE proofload_dropped_iterations counter$/m);
  });

  it('waits for a last scrape where there was one, so that the verdict is known', async () => {
    endpoint.onEvent(started);
    await get(endpoint.url);
    endpoint.onEvent(finished({ verdict: 'passed' }));
    const closing = endpoint.close(never);
    const { text } = await get(endpoint.url);
    expect(new PrometheusMetrics(text).value('proofload_run_verdict', { verdict: 'passed' })).toBe(1);
    expect(await closing).toEqual([]);
    await expect(get(endpoint.url)).rejects.toThrow();
  });

  it('waits for nobody who never came, nor after its end was scraped', async () => {
    endpoint.onEvent(started);
    endpoint.onEvent(finished());
    await get(endpoint.url);
    expect(await endpoint.close(never)).toEqual([]);
    const alone = await MetricsEndpoint.open(0);
    alone.onEvent(started);
    alone.onEvent(finished());
    expect(await alone.close(never)).toEqual([]);
  });

  it('ends its wait when the user does, and says what is missing', async () => {
    endpoint.onEvent(started);
    await get(endpoint.url);
    endpoint.onEvent(finished());
    const stopping = new AbortController();
    const closing = endpoint.close(stopping.signal);
    stopping.abort();
    expect(await closing).toEqual([
      'The metrics were not scraped after the end of the run, so the scraper does not have the verdict.',
    ]);
  });

  it('answers no web page, no other name of this machine, and no other path or method', async () => {
    endpoint.onEvent(started);
    const { host } = new URL(endpoint.url);
    const statuses = await Promise.all([
      get(endpoint.url, { Origin: 'https://evil.example' }),
      get(endpoint.url, { 'Sec-Fetch-Site': 'cross-site' }),
      get(endpoint.url, { Host: `evil.example:${new URL(endpoint.url).port}` }),
      get(endpoint.url.replace('/metrics', '/')),
      get(endpoint.url, {}, 'POST'),
      get(endpoint.url, { Host: host.replace('127.0.0.1', 'localhost') }),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([403, 403, 421, 404, 405, 200]);
  });

  it('is there for this machine alone', async () => {
    const { port } = new URL(endpoint.url);
    // Another address of the same machine, if it has one. A server that listens on all addresses would respond there
    // too.
    await expect(get(`http://127.0.0.2:${port}/metrics`, { Host: '127.0.0.1' })).rejects.toThrow();
  });

  it('is refused a port that is in use', async () => {
    const port = Number(new URL(endpoint.url).port);
    await expect(MetricsEndpoint.open(port)).rejects.toMatchObject({ code: 'port-in-use' });
  });
});
