import { createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { plainWorkload } from '../../../tests/support/factories';
import { VirtualClock } from '../../../tests/support/virtualClock';
import { WorkTimer } from '../workTimer';
import { ConnectionBook } from './connectionBook';
import { ConnectionPool } from './connectionPool';
import { Exchange } from './exchange';
import { originOf } from './origin';

const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const timeoutMs = 1_000;
const request = plainWorkload.next();

/** What makes a response, and what breaks it. */
const hostilePieces = [
  'HTTP/1.1 200 OK\r\n',
  'HTTP/1.1 204 No Content\r\n\r\n',
  'HTTP/1.1 100 Continue\r\n\r\n',
  'Content-Length: 2\r\n',
  'Content-Length: 99999999999999999\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Connection: close\r\n',
  '\r\n',
  '2\r\nok\r\n',
  'ffffffff\r\n',
  '0\r\n\r\n',
];

type Outcome = string | number;

/** Sends a request; resolves to the kind of its failure or to the status. */
function sendOver(pool: ConnectionPool, sentMs: number): Promise<Outcome> {
  return new Promise((settle) => {
    const exchange = new Exchange(({ failure, response }) => settle(failure ?? response?.status ?? 0));
    exchange.begin(request, sentMs, sentMs);
    pool.send(exchange);
  });
}

describe('ConnectionPool', () => {
  const cleanups: (() => void)[] = [];
  afterEach(() => {
    for (const cleanup of cleanups.splice(0)) cleanup();
  });

  /** A server of raw sockets, and a pool that talks to it on a clock that the test moves. */
  async function poolTo(serve: (socket: Socket, requestNumber: number) => void) {
    const sockets = new Set<Socket>();
    let requests = 0;
    const server: Server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('data', () => {
        requests += 1;
        serve(socket, requests);
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const clock = new VirtualClock();
    const book = new ConnectionBook();
    const origin = originOf(new URL(`http://127.0.0.1:${port}/`));
    const pool = new ConnectionPool(origin, timeoutMs, clock, new WorkTimer(), book);
    cleanups.push(() => {
      pool.close();
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const send = (): Promise<Outcome> => sendOver(pool, clock.nowMs());
    return { pool, clock, send, sockets, book };
  }

  it('keeps a connection for the next request', async () => {
    const { send, sockets } = await poolTo((socket) => socket.write(answer));
    for (let index = 0; index < 5; index += 1) expect(await send()).toBe(200);
    expect(sockets.size).toBe(1);
  });

  it('opens a connection for each request in flight, ahead of the load if asked', async () => {
    const { pool, send, sockets } = await poolTo((socket) => socket.write(answer));
    await pool.preconnect(3);
    const outcomes = await Promise.all([send(), send(), send(), send()]);
    expect(outcomes).toEqual([200, 200, 200, 200]);
    expect(sockets.size).toBe(4);
  });

  it.each([
    ['garbage', 'malformed-response', (socket: Socket) => socket.write('garbage\r\n\r\n')],
    ['two answers to one request', 'unexpected-data', (socket: Socket) => socket.write(answer + answer)],
    ['half an answer and the end', 'incomplete-response', (socket: Socket) => socket.end(answer.slice(0, -1))],
    ['nothing but the end', 'connection-closed', (socket: Socket) => socket.end()],
    ['another protocol', 'unsupported-response', (socket: Socket) => socket.write('HTTP/1.1 101 Switching\r\n\r\n')],
    [
      'a header without end',
      'response-too-large',
      (socket: Socket) => socket.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(70_000)}`),
    ],
    [
      'an answer that is longer than it says',
      'unexpected-data',
      (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nok'),
    ],
    [
      'an answer that is shorter than it says',
      'incomplete-response',
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok'),
    ],
    [
      'a chunk that breaks off',
      'incomplete-response',
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab'),
    ],
    ['a reset', 'connection-reset', (socket: Socket) => socket.resetAndDestroy()],
  ])('calls %s a failure of its own kind, and serves the next request', async (_what, failure, misbehave) => {
    const { send } = await poolTo((socket, number) => (number === 1 ? misbehave(socket) : socket.write(answer)));
    expect(await send()).toBe(failure);
    expect(await send()).toBe(200);
  });

  it('takes an answer in whatever pieces and with whatever pauses it comes', async () => {
    const { send } = await poolTo((socket) => {
      const bytes = `HTTP/1.1 100 Continue\r\n\r\n${answer}`;
      const next = (position: number): void => {
        if (position === bytes.length) return;
        socket.write(bytes[position] ?? '');
        setImmediate(next, position + 1);
      };
      next(0);
    });
    expect(await send()).toBe(200);
    expect(await send()).toBe(200);
  });

  it('settles every request, whatever bytes a server sends and however it ends', async () => {
    const pieces = fc.array(fc.oneof(fc.uint8Array({ maxLength: 80 }), fc.constantFrom(...hostilePieces)), {
      maxLength: 6,
    });
    const endings = {
      end: (socket: Socket) => socket.end(),
      reset: (socket: Socket) => socket.resetAndDestroy(),
      silence: () => {},
    };
    const hostile = async (sent: readonly (string | Uint8Array)[], ending: keyof typeof endings): Promise<void> => {
      const { send, pool, clock } = await poolTo((socket) => {
        for (const piece of sent) socket.write(piece);
        endings[ending](socket);
        // Once the bytes are through, nothing more comes: the deadline must end what waits.
        setImmediate(() => {
          clock.spend(timeoutMs);
          pool.expire();
        });
      });
      expect(await send()).not.toBe(0);
    };
    await fc.assert(fc.asyncProperty(pieces, fc.constantFrom('end', 'reset', 'silence'), hostile), { numRuns: 60 });
  });

  it('gives up a request that has no answer in time, and no other', async () => {
    const { pool, clock, send } = await poolTo((socket, number) => {
      if (number > 1) socket.write(answer);
    });
    const silent = send();
    clock.spend(timeoutMs - 1);
    pool.expire();
    expect(await send()).toBe(200);
    clock.spend(1);
    pool.expire();
    expect(await silent).toBe('timeout');
  });

  it('settles what is in flight when it is closed', async () => {
    const { pool, send } = await poolTo(() => {});
    const silent = send();
    pool.close();
    expect(await silent).toBe('not-finished');
  });

  it('does not use a connection again that the server has closed while it was idle', async () => {
    const { send, sockets } = await poolTo((socket) => socket.write(answer));
    await send();
    const [first] = sockets;
    await new Promise((closed) => {
      first?.on('close', closed);
      first?.end();
    });
    expect(await send()).toBe(200);
    expect(sockets.size).toBe(2);
  });

  it('counts connections, and those that were lost', async () => {
    const { send, book, pool } = await poolTo((socket, number) =>
      number === 3
        ? socket.resetAndDestroy()
        : socket.write(number === 4 ? answer.replace('\r\n', '\r\nConnection: close\r\n') : answer),
    );
    for (let index = 0; index < 5; index += 1) await send();
    expect(book.flush()).toMatchObject({ opened: 3, lost: 1, open: 1, connect: { count: 3 }, tls: { count: 0 } });
    pool.close();
    expect(book.flush()).toMatchObject({ opened: 0, lost: 0, open: 0 });
  });

  it('says which target does not accept connections', async () => {
    const pool = new ConnectionPool(
      originOf(new URL('http://127.0.0.1:1/')),
      timeoutMs,
      new VirtualClock(),
      new WorkTimer(),
      new ConnectionBook(),
    );
    await expect(pool.preconnect(1)).rejects.toMatchObject({
      code: 'target-unreachable',
      message: expect.stringContaining('127.0.0.1:1'),
    });
    expect(await sendOver(pool, 0)).toBe('connection-refused');
  });
});
