import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wireUrl } from '../../../shared/http/wireUrl';
import { plainWorkload } from '../../../tests/support/factories';
import { startServer } from '../../../tests/support/testServer';
import { timerClock } from '../clock';
import { WorkTimer } from '../workTimer';
import { Exchange } from './exchange';
import { HttpClient } from './httpClient';
import { originOf } from './origin';
import { TraceContexts, traceBytesOf, traced, traceIdOf } from './traceContext';

describe('the trace context of requests', () => {
  let server: Awaited<ReturnType<typeof startServer>>;
  const received: (string | string[] | undefined)[] = [];
  const clients: HttpClient[] = [];
  beforeEach(async () => {
    received.length = 0;
    server = await startServer((request, response) => {
      received.push(request.headers.traceparent);
      response.end(`${request.headers['x-last']}`);
    });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await server.close();
  });

  /** Sends requests one after another with one exchange. Resolves to their trace ids. */
  async function send(count: number, traces?: TraceContexts): Promise<(string | undefined)[]> {
    const origins = [originOf(wireUrl(server.url))];
    const client = new HttpClient(origins, 5_000, timerClock, new WorkTimer(), undefined, traces);
    clients.push(client);
    const ids: (string | undefined)[] = [];
    let settled: (text: string) => void = () => {};
    const exchange = new Exchange(({ response, failure }) => settled(failure ?? response?.text() ?? ''));
    const { wire, ...rest } = plainWorkload.next();
    const request = {
      ...rest,
      keepsBody: true,
      wire: { ...wire, head: 'GET / HTTP/1.1\r\nHost: a\r\nX-Last: kept\r\n\r\n' },
    };
    for (let sent = 0; sent < count; sent += 1) {
      const answer = new Promise<string>((settle) => {
        settled = settle;
      });
      const nowMs = timerClock.nowMs();
      exchange.begin(request, nowMs, nowMs);
      client.send(exchange);
      expect(await answer).toBe('kept');
      ids.push(traceIdOf(exchange));
    }
    return ids;
  }

  it('is another for each, and known by its id', async () => {
    const ids = await send(3, new TraceContexts());
    expect(received).toHaveLength(3);
    for (const [place, id] of ids.entries()) expect(received[place]).toMatch(new RegExp(`^00-${id}-[0-9a-f]{16}-01$`));
    expect(new Set(ids).size).toBe(3);
    expect(ids.join('')).toMatch(/^[0-9a-f]{96}$/);
  });

  it('is not there where nobody asked for it', async () => {
    expect(await send(2)).toEqual([undefined, undefined]);
    expect(received).toEqual([undefined, undefined]);
  });

  it('has ids that do not come again, beyond what is drawn at once', () => {
    const traces = new TraceContexts();
    const values = Array.from({ length: 5_000 }, () => traces.next());
    expect(new Set(values.map((value) => value.slice(3, 35))).size).toBe(5_000);
    expect(new Set(values.map((value) => value.slice(36, 52))).size).toBe(5_000);
  });

  it('is as many bytes on the wire as are counted for it', () => {
    const head = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
    const exchange = { traceparent: new TraceContexts().next() };
    expect(traced(head, exchange).length - head.length).toBe(traceBytesOf(exchange));
    expect(traced(head, exchange).endsWith('\r\n\r\n')).toBe(true);
    expect([traced(head, { traceparent: undefined }), traceBytesOf({ traceparent: undefined })]).toEqual([head, 0]);
  });
});
