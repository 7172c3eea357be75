import { once } from 'node:events';
import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { createServer as createTcpServer, type Server } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { wireUrl } from '../../../../shared/http/wireUrl';
import type { HttpVersion } from '../../../../shared/scenario/httpVersion';
import { closedAfterTest } from '../../../../tests/support/closedAfterTest';
import { plainWorkload } from '../../../../tests/support/factories';
import {
  answer,
  http2Certificate,
  startHttp1OnlyServer,
  startHttp2Server,
} from '../../../../tests/support/http2Server';
import { startProxy } from '../../../../tests/support/httpProxy';
import { startServer } from '../../../../tests/support/testServer';
import { timerClock } from '../../clock';
import type { WireBody } from '../../workload/workload';
import { WorkTimer } from '../../workTimer';
import { type ConnectionOwner, Exchange } from '../exchange';
import { HttpClient } from '../httpClient';
import { originIn, readTls, transportOf } from '../origin';

interface Asked {
  method?: 'GET' | 'POST' | 'HEAD';
  headers?: string;
  body?: WireBody;
  owner?: ConnectionOwner;
}

describe('HTTP/2', () => {
  function clientOf(url: string, httpVersion: HttpVersion = '2', proxy?: string, timeoutMs = 10_000): HttpClient {
    const transport = transportOf({ httpVersion, proxy }, {}, () => undefined);
    const tls = readTls({ insecureSkipTLSVerify: false, caFile: http2Certificate });
    const addresses = { localhost: ['127.0.0.1'] };
    const origin = originIn(wireUrl(url), { target: { url }, addresses, tls, transport });
    const client = new HttpClient([origin], timeoutMs, timerClock, new WorkTimer());
    onTestFinished(() => client.close());
    return client;
  }

  /** Sends a request. Resolves to its outcome as text, and the exchange. */
  function send(client: HttpClient, path = '/', { method = 'GET', headers = '', body, owner }: Asked = {}) {
    return new Promise<{ shown: string; exchange: Exchange }>((settle) => {
      const exchange = new Exchange((done) =>
        settle({ shown: done.failure ?? done.response?.text() ?? '', exchange: done }),
      );
      exchange.owner = owner;
      const sentMs = timerClock.nowMs();
      const { wire, ...rest } = plainWorkload.next();
      const head = `${method} ${path} HTTP/1.1\r\nHost: shop.test\r\nConnection: keep-alive\r\n${headers}\r\n`;
      exchange.begin({ ...rest, keepsBody: true, wire: { ...wire, method, head, body } }, sentMs, sentMs);
      client.send(exchange);
    });
  }

  const ask = async (...args: Parameters<typeof send>): Promise<string> => (await send(...args)).shown;
  const many = (client: HttpClient, count: number): Promise<string[]> =>
    Promise.all(Array.from({ length: count }, (_, index) => ask(client, `/${index}`)));

  /** A server that holds its responses until it has received `count` requests. */
  function holding(count: number) {
    const held: ServerHttp2Stream[] = [];
    const whenAll = Promise.withResolvers<ServerHttp2Stream[]>();
    return {
      all: whenAll.promise,
      handle: (stream: ServerHttp2Stream): void => {
        held.push(stream);
        if (held.length === count) whenAll.resolve(held);
      },
    };
  }

  it.each<[isPlain: boolean, version: HttpVersion]>([
    [false, '2'],
    [false, '2-prior-knowledge'],
    [true, '2-prior-knowledge'],
  ])('carries many requests over one connection (plain: %s, %s)', async (isPlain, version) => {
    const held = holding(50);
    const server = await closedAfterTest(startHttp2Server({ isPlain, handle: held.handle }));
    const client = clientOf(server.url, version);
    await client.preconnect(50);
    const asked = many(client, 50);
    for (const stream of await held.all) answer(stream, 'ok');
    expect(await asked).toEqual(Array(50).fill('ok'));
    expect([server.sessions.length, server.counts.most]).toEqual([1, 50]);
    expect(client.flushConnections()).toMatchObject({ opened: 1, open: 1, reconnects: 0, lost: 0 });
    expect(client.protocols()).toEqual([{ origin: server.url.slice(0, -1), httpVersion: '2' }]);
  });

  it('sends method, path, headers and bodies of every kind, and none of HTTP/1.1', async () => {
    const server = await closedAfterTest(
      startHttp2Server({
        handle: async (stream, headers) => {
          let body = '';
          for await (const chunk of stream) body += String(chunk);
          const {
            ':method': method,
            ':path': path,
            ':authority': host,
            ':scheme': scheme,
            connection,
            'x-a': a,
          } = headers;
          answer(stream, JSON.stringify([method, path, host, scheme, connection ?? null, a ?? null, body]));
        },
      }),
    );
    const client = clientOf(server.url);
    const at = ['shop.test', 'https', null];
    expect(JSON.parse(await ask(client, '/a?b=1', { headers: 'X-A: 1\r\nX-A: 2\r\n' }))).toEqual([
      'GET',
      '/a?b=1',
      ...at,
      '1, 2',
      '',
    ]);
    const post = { method: 'POST', headers: 'Transfer-Encoding: chunked\r\n' } as const;
    expect(JSON.parse(await ask(client, '/p', { ...post, body: 'ä text' }))).toEqual([
      'POST',
      '/p',
      ...at,
      null,
      'ä text',
    ]);
    const pieces = [Buffer.from('one '), Buffer.from('two')];
    expect(JSON.parse(await ask(client, '/p', { ...post, body: pieces }))).toEqual([
      'POST',
      '/p',
      ...at,
      null,
      'one two',
    ]);
    expect(JSON.parse(await ask(client, '/p', { ...post, body: '' }))).toEqual(['POST', '/p', ...at, null, '']);
  });

  it('shows the response as others are: headers in their order, each value, its body, and the times of its parts', async () => {
    const server = await closedAfterTest(
      startHttp2Server({
        handle: (stream) => {
          stream.additionalHeaders({ ':status': 103 });
          stream.respond({ ':status': 201, 'x-b': '1', 'set-cookie': ['a=1', 'b=2'], 'x-a': '2' });
          stream.end('body');
        },
      }),
    );
    const { exchange } = await send(clientOf(server.url));
    const { response } = exchange;
    expect(response?.status).toBe(201);
    expect(
      response
        ?.headers()
        .map(([name]) => name)
        .filter((name) => name !== 'date'),
    ).toEqual(['x-b', 'set-cookie', 'set-cookie', 'x-a']);
    expect([response?.values('set-cookie'), response?.header('x-a'), response?.header('none')]).toEqual([
      ['a=1', 'b=2'],
      '2',
      undefined,
    ]);
    expect([response?.text(), response?.bodyBytes]).toEqual(['body', 4]);
    const { sentMs, writtenMs, firstByteMs, endedMs } = exchange;
    expect([sentMs, writtenMs, firstByteMs, endedMs]).toEqual(
      [sentMs, writtenMs, firstByteMs, endedMs].toSorted((a, b) => a - b),
    );
    expect(writtenMs).toBeGreaterThan(0);
    expect(firstByteMs).toBeGreaterThan(0);
  });

  it('never has more requests on a connection than the server allows, and opens others', async () => {
    const held = holding(3);
    const server = await closedAfterTest(startHttp2Server({ maxConcurrentStreams: 1, handle: held.handle }));
    const client = clientOf(server.url);
    const asked = many(client, 3);
    for (const stream of await held.all) answer(stream, 'ok');
    expect(await asked).toEqual(['ok', 'ok', 'ok']);
    expect(server.sessions).toHaveLength(3);
    expect(client.flushConnections()).toMatchObject({ opened: 3 });
  });

  it('waits with one connection for a server that allows nothing yet', async () => {
    const server = await closedAfterTest(
      startHttp2Server({ maxConcurrentStreams: 0, handle: (stream) => answer(stream, 'ok') }),
    );
    const client = clientOf(server.url);
    await client.preconnect(3);
    const asked = many(client, 3);
    server.sessions[0]?.settings({ maxConcurrentStreams: 2 });
    expect(await asked).toEqual(['ok', 'ok', 'ok']);
    expect(server.sessions.length).toBeLessThanOrEqual(2);
  });

  it('gives a user another connection when its own is sent away', async () => {
    const server = await closedAfterTest(
      startHttp2Server({
        handle: (stream) => {
          if (server.sessions.length === 1) stream.session?.goaway(constants.NGHTTP2_NO_ERROR, stream.id);
          answer(stream, `from ${server.sessions.length}`);
        },
      }),
    );
    const client = clientOf(server.url);
    const owner = { number: 1 };
    expect(await ask(client, '/', { owner })).toBe('from 1');
    expect(await ask(client, '/', { owner })).toBe('from 2');
    expect(await ask(client, '/', { owner })).toBe('from 2');
  });

  it('makes do with the connections that a server takes, and serves those that wait before those that come', async () => {
    const order: string[] = [];
    const first = Promise.withResolvers<ServerHttp2Stream>();
    const handle = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void => {
      if (order.push(String(headers[':path'])) === 1) first.resolve(stream);
      else answer(stream, 'ok');
    };
    const server = await closedAfterTest(startHttp2Server({ maxConcurrentStreams: 1, maxConnections: 1, handle }));
    const client = clientOf(server.url);
    await client.preconnect(1);
    const coming = Promise.withResolvers<string>();
    // Like a virtual user that continues at once.
    const going = new Exchange(() => coming.resolve(ask(client, '/new')));
    const { wire, ...rest } = plainWorkload.next();
    const sentMs = timerClock.nowMs();
    going.begin({ ...rest, wire: { ...wire, head: 'GET /a HTTP/1.1\r\nHost: shop.test\r\n\r\n' } }, sentMs, sentMs);
    client.send(going);
    const asked = [ask(client, '/b'), ask(client, '/c'), coming.promise];
    answer(await first.promise, 'ok');
    expect(await Promise.all(asked)).toEqual(['ok', 'ok', 'ok']);
    expect(order).toEqual(['/a', '/b', '/c', '/new']);
    expect(server.sessions).toHaveLength(1);
  });

  it('sends what a GOAWAY leaves unprocessed again over another connection, once, whatever its method', async () => {
    const held = holding(4);
    let sessions = 0;
    const server = await closedAfterTest(
      startHttp2Server({
        handle: (stream) => {
          if (stream.session === server.sessions[0]) held.handle(stream);
          else answer(stream, `from ${server.sessions.length}`);
        },
      }),
    );
    const client = clientOf(server.url);
    await client.preconnect(1);
    const asked = [0, 1, 2, 3].map((index) => ask(client, `/${index}`, { method: 'POST', body: 'b' }));
    const [first, second] = await held.all;
    sessions = server.sessions.length;
    first?.session?.goaway(constants.NGHTTP2_NO_ERROR, second?.id);
    // The server still answers the requests that it has accepted.
    expect(await Promise.all(asked.slice(2))).toEqual(['from 2', 'from 2']);
    for (const stream of [first, second]) if (stream) answer(stream, 'late');
    expect(await Promise.all(asked.slice(0, 2))).toEqual(['late', 'late']);
    expect(sessions).toBe(1);
    expect(client.flushConnections()).toMatchObject({ opened: 2, reconnects: 2, lost: 0 });
  });

  it('does not send the same request a third time', async () => {
    const server = await closedAfterTest(
      startHttp2Server({
        handle: (stream, headers) => {
          // The server accepts the first request of each connection. At the second it announces that it accepts no
          // further one.
          if (headers[':path'] === '/ok') answer(stream, 'ok');
          else if (headers[':path'] === '/taken') stream.session?.once('goaway sent', () => answer(stream, 'taken'));
          else {
            stream.session?.goaway(constants.NGHTTP2_NO_ERROR, 1);
            stream.session?.emit('goaway sent');
          }
        },
      }),
    );
    const client = clientOf(server.url);
    expect(await ask(client, '/ok')).toBe('ok');
    expect(await Promise.all([ask(client, '/taken'), ask(client, '/left')])).toEqual(['taken', 'connection-closed']);
    expect(server.sessions).toHaveLength(2);
    expect(client.flushConnections()).toMatchObject({ reconnects: 2, lost: 0 });
  });

  it('fails what a GOAWAY with an error cuts off', async () => {
    const held = holding(2);
    const server = await closedAfterTest(startHttp2Server({ handle: held.handle }));
    const client = clientOf(server.url);
    const asked = many(client, 2);
    const [first, second] = await held.all;
    first?.session?.goaway(constants.NGHTTP2_INTERNAL_ERROR, second?.id);
    expect(await asked).toEqual(['connection-closed', 'connection-closed']);
    expect(client.flushConnections()).toMatchObject({ lost: 1, open: 0 });
  });

  it('tells a stream that is reset from one that is refused, and goes on over the same connection', async () => {
    const server = await closedAfterTest(
      startHttp2Server({
        handle: (stream, headers) => {
          if (headers[':path'] === '/refused') stream.close(constants.NGHTTP2_REFUSED_STREAM);
          else if (headers[':path'] === '/reset') stream.close(constants.NGHTTP2_INTERNAL_ERROR);
          else answer(stream, 'ok');
        },
      }),
    );
    const client = clientOf(server.url);
    expect(await ask(client, '/refused')).toBe('stream-refused');
    expect(await ask(client, '/reset')).toBe('stream-reset');
    expect(await ask(client, '/')).toBe('ok');
    expect(server.sessions).toHaveLength(1);
    expect(client.flushConnections()).toMatchObject({ opened: 1, lost: 0, reconnects: 0 });
  });

  it('fails a response that ends before its end', async () => {
    const server = await closedAfterTest(
      startHttp2Server({
        handle: (stream, headers) => {
          stream.respond({ ':status': 200, 'content-length': '10' }, { endStream: headers[':method'] === 'HEAD' });
          if (headers[':method'] === 'HEAD') return;
          stream.write('part', () => stream.session?.socket.destroy());
        },
      }),
    );
    const client = clientOf(server.url);
    expect(await ask(client, '/', { method: 'HEAD' })).toBe('');
    expect(await ask(client)).toBe('incomplete-response');
  });

  it('sends again what a broken connection had on its way, where it may be repeated and the connection had served', async () => {
    let broken = 0;
    const server = await closedAfterTest(
      startHttp2Server({
        handle: (stream, headers) => {
          if (headers[':path'] !== '/breaks' || broken === 2) answer(stream, 'ok');
          else {
            broken += 1;
            stream.session?.destroy();
          }
        },
      }),
    );
    const client = clientOf(server.url);
    expect(await ask(client)).toBe('ok');
    broken = 1;
    expect(await ask(client, '/breaks')).toBe('ok');
    broken = 1;
    expect(await ask(client, '/breaks', { method: 'POST', body: '' })).toBe('stale-connection');
    expect(client.flushConnections()).toMatchObject({ reconnects: 1, lost: 1 });
  });

  it('gives up what takes too long, and only that', async () => {
    const server = await closedAfterTest(
      startHttp2Server({ handle: (stream, headers) => void (headers[':path'] === '/slow' || answer(stream, 'ok')) }),
    );
    const client = clientOf(server.url, '2', undefined, 2_000);
    await client.preconnect(1);
    expect(await ask(client, '/slow')).toBe('timeout');
    expect(await ask(client, '/')).toBe('ok');
    expect(server.sessions).toHaveLength(1);
  });

  it('settles what is under way when it is closed', async () => {
    const held = holding(2);
    const server = await closedAfterTest(startHttp2Server({ maxConcurrentStreams: 2, handle: held.handle }));
    const client = clientOf(server.url);
    const asked = many(client, 3);
    await held.all;
    client.close();
    expect(await asked).toEqual(['not-finished', 'not-finished', 'not-finished']);
    expect(client.flushConnections()).toMatchObject({ open: 0, lost: 0 });
  });

  it('gives each virtual user a connection of its own, whose bytes are known', async () => {
    const server = await closedAfterTest(startHttp2Server({ handle: (stream) => answer(stream, 'x'.repeat(1_000)) }));
    const client = clientOf(server.url);
    await client.preconnect(2, true);
    expect(client.flushConnections()).toMatchObject({ opened: 2 });
    const [ann, bob] = [{ number: 1 }, { number: 2 }];
    const answers = await Promise.all([ann, bob].map((owner) => send(client, '/', { owner })));
    const again = await send(client, '/', { owner: ann });
    for (const { exchange, shown } of [...answers, again]) {
      expect(shown).toHaveLength(1_000);
      // The body with its frame header, the header fields, and the settings of the connection.
      expect(exchange.response?.receivedBytes).toBeGreaterThan(1_009);
      expect(exchange.response?.receivedBytes).toBeLessThan(1_300);
      expect(exchange.sentBytes).toBeGreaterThan(9);
      expect(exchange.sentBytes).toBeLessThan(300);
    }
    expect(server.sessions).toHaveLength(2);
    client.release(ann);
    await send(client, '/', { owner: ann });
    expect(client.flushConnections()).toMatchObject({ opened: 1, open: 2 });
    // The bytes of a shared connection can't be assigned to one request.
    expect((await send(client)).exchange.sentBytes).toBeUndefined();
    client.closeOwned();
    await send(client, '/', { owner: ann });
    expect(client.flushConnections()).toMatchObject({ opened: 1, open: 1 });
  });

  it('speaks HTTP/1.1 with a server that chooses it, and says so', async () => {
    const server = await closedAfterTest(startHttp1OnlyServer());
    for (const connects of [true, false]) {
      const client = clientOf(server.url);
      if (connects) await client.preconnect(3);
      expect(await many(client, 3)).toEqual(Array(3).fill('HTTP/1.1'));
      expect(client.protocols()).toEqual([{ origin: server.url.slice(0, -1), httpVersion: '1.1' }]);
    }
    await expect(clientOf(server.url, '2-prior-knowledge').preconnect(1)).rejects.toMatchObject({
      code: 'target-unreachable',
      message: expect.stringContaining('does not speak HTTP/2'),
      hint: expect.stringContaining('without prior knowledge'),
    });
  });

  async function listening(server: Server): Promise<number> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return address !== null && typeof address === 'object' ? address.port : 0;
  }

  it('with prior knowledge says that a server without TLS speaks HTTP/1.1 only', async () => {
    const server = await closedAfterTest(startServer((_request, response) => response.end('HTTP/1.1')));
    await expect(clientOf(server.url, '2-prior-knowledge').preconnect(1)).rejects.toMatchObject({
      message: expect.stringMatching(/^the target at 127\.0\.0\.1:\d+ does not speak HTTP\/2/),
      hint: expect.stringContaining('HTTP/1.1'),
    });
    expect(await ask(clientOf(server.url, '2-prior-knowledge'))).toBe('http2-unsupported');
  });

  it('says what keeps a connection from being opened', async () => {
    const nobody = createTcpServer();
    const port = await listening(nobody);
    nobody.close();
    await once(nobody, 'close');
    const url = `https://localhost:${port}/`;
    await expect(clientOf(url).preconnect(1)).rejects.toThrow('nothing listens there');
    expect(await many(clientOf(url), 2)).toEqual(['connection-refused', 'connection-refused']);
    const server = await closedAfterTest(startHttp2Server({ handle: (stream) => answer(stream, 'ok') }));
    const untrusted = originIn(wireUrl(server.url), {
      target: { url: server.url },
      addresses: { localhost: ['127.0.0.1'] },
      tls: readTls(),
      transport: { httpVersion: '2' },
    });
    const client = new HttpClient([untrusted], 5_000, timerClock, new WorkTimer());
    onTestFinished(() => client.close());
    await expect(client.preconnect(1)).rejects.toThrow('is self-signed');
  });

  it('goes through the tunnel of a proxy', async () => {
    const server = await closedAfterTest(startHttp2Server({ handle: (stream) => answer(stream, 'ok') }));
    const proxy = await closedAfterTest(startProxy());
    const client = clientOf(server.url, '2', proxy.url);
    await client.preconnect(1);
    expect(await many(client, 3)).toEqual(['ok', 'ok', 'ok']);
    expect(proxy.asked).toEqual([`CONNECT ${new URL(server.url).host}`]);
    expect(client.flushConnections()).toMatchObject({ opened: 1, connect: { count: 1 }, tls: { count: 1 } });
    const refusing = await closedAfterTest(startProxy({ refusal: 502 }));
    expect(await ask(clientOf(server.url, '2', refusing.url))).toBe('proxy-refused');
  });
});
