import { createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { wireUrl } from '../../../shared/http/wireUrl';
import { plainWorkload } from '../../../tests/support/factories';
import { VirtualClock } from '../../../tests/support/virtualClock';
import type { PlannedRequest } from '../workload/workload';
import { WorkTimer } from '../workTimer';
import { ConnectionCounters } from './connectionCounters';
import { ConnectionPool } from './connectionPool';
import { Exchange } from './exchange';
import { originOf } from './origin';

const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const timeoutMs = 1_000;
const request = plainWorkload.next();
const post: PlannedRequest = { ...request, wire: { ...request.wire, method: 'POST', head: 'POST / HTTP/1.1\r\n\r\n' } };

/** Sockets whose requests wait for an answer. `arrivals` resolves when there are so many. */
function heldSockets() {
  const held: Socket[] = [];
  let arrived = (): void => {};
  const hold = (socket: Socket): void => {
    held.push(socket);
    arrived();
  };
  const arrivals = (count: number): Promise<void> =>
    new Promise((resolve) => {
      arrived = () => {
        if (held.length === count) resolve();
      };
      arrived();
    });
  return { held, hold, arrivals };
}

/** Pieces of valid and invalid responses. */
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

/** Sends a request. Resolves to the kind of its failure or to the status. */
function sendOver(pool: ConnectionPool, sentMs: number, planned = request): Promise<Outcome> {
  return new Promise((settle) => {
    const exchange = new Exchange(({ failure, response }) => settle(failure ?? response?.status ?? 0));
    exchange.begin(planned, sentMs, sentMs);
    pool.send(exchange);
  });
}

describe('ConnectionPool', () => {
  const cleanups: (() => void)[] = [];
  afterEach(() => {
    for (const cleanup of cleanups.splice(0)) cleanup();
  });

  /** A server with raw sockets, and a pool that connects to it on a clock that the test advances. */
  async function poolTo(serve: (socket: Socket, requestNumber: number, text: string) => void) {
    const sockets = new Set<Socket>();
    let requests = 0;
    const server: Server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        requests += 1;
        serve(socket, requests, String(bytes));
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const clock = new VirtualClock();
    const counters = new ConnectionCounters();
    const origin = originOf(wireUrl(`http://127.0.0.1:${port}/`));
    const pool = new ConnectionPool(origin, timeoutMs, clock, new WorkTimer(), counters);
    cleanups.push(() => {
      pool.close();
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const send = (planned = request): Promise<Outcome> => sendOver(pool, clock.nowMs(), planned);
    return { pool, clock, send, sockets, counters, server };
  }

  it('reads a response in pieces although whole ones are read between them', async () => {
    let slow: Socket | undefined;
    const { pool, clock } = await poolTo((socket, _number, text) => {
      if (text.startsWith('GET /slow')) {
        slow = socket;
        socket.write('HTTP/1.1 200 OK\r\nX: slow\r\nContent-Len');
      } else socket.write('HTTP/1.1 201 Created\r\nX: quick\r\nContent-Length: 11\r\n\r\nquick quick');
    });
    const read = (path: string): Promise<string> =>
      new Promise((settle) => {
        const exchange = new Exchange(({ response, failure }) =>
          settle(failure ?? `${response?.status} ${response?.header('x')}: ${response?.text()}`),
        );
        const wire = { ...request.wire, head: `GET ${path} HTTP/1.1\r\n\r\n` };
        exchange.begin({ ...request, wire, keepsBody: true }, clock.nowMs(), clock.nowMs());
        pool.send(exchange);
      });
    for (let round = 0; round < 2; round += 1) {
      const pending = read('/slow');
      for (let times = 0; times < 3; times += 1) expect(await read('/quick')).toBe('201 quick: quick quick');
      slow?.write('gth: 4\r\n\r\nslow');
      expect(await pending).toBe('200 slow: slow');
    }
  });

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
      const { send, clock } = await poolTo((socket) => {
        for (const piece of sent) socket.write(piece);
        endings[ending](socket);
        // No more bytes follow, so the deadline must end a request that still waits.
        setImmediate(() => clock.runUntil(clock.nowMs() + timeoutMs));
      });
      expect(await send()).not.toBe(0);
    };
    await fc.assert(fc.asyncProperty(pieces, fc.constantFrom('end', 'reset', 'silence'), hostile), { numRuns: 60 });
  });

  it('gives up a request that has no answer in time, and no other', async () => {
    const { clock, send } = await poolTo((socket, number) => {
      if (number > 1) socket.write(answer);
    });
    const silent = send();
    clock.runUntil(timeoutMs - 1);
    expect(await send()).toBe(200);
    clock.runUntil(timeoutMs);
    expect(await silent).toBe('timeout');
    expect(await send()).toBe(200);
    clock.runUntil(3 * timeoutMs);
    expect(await send()).toBe(200);
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
    const { send, counters, pool } = await poolTo((socket, number) =>
      number === 1
        ? socket.resetAndDestroy()
        : socket.write(number === 3 ? answer.replace('\r\n', '\r\nConnection: close\r\n') : answer),
    );
    for (let index = 0; index < 5; index += 1) await send();
    expect(counters.flush()).toMatchObject({ opened: 3, lost: 1, open: 1, connect: { count: 3 }, tls: { count: 0 } });
    pool.close();
    expect(counters.flush()).toMatchObject({ opened: 0, lost: 0, open: 0 });
  });

  it('waits for the answer, not for the hints that come before it', async () => {
    const { pool, clock } = await poolTo((socket) => {
      clock.spend(10);
      socket.write('HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n', () =>
        // In the next turn of the event loop, after the hints were read.
        setImmediate(setImmediate, () => {
          clock.spend(100);
          socket.write(answer);
        }),
      );
    });
    const firstByteMs = await new Promise<number>((settle) => {
      const exchange = new Exchange((settled) => settle(settled.firstByteMs));
      exchange.begin(request, 0, 0);
      pool.send(exchange);
    });
    expect(firstByteMs).toBe(110);
  });

  it('calls an answer that comes after its deadline a timeout, whenever anybody looks', async () => {
    const { clock, send } = await poolTo((socket) => {
      clock.spend(timeoutMs);
      socket.write(answer);
    });
    expect(await send()).toBe('timeout');
  });

  describe('an idle connection', () => {
    it.each([
      ['ends', (socket: Socket) => socket.end()],
      ['resets', (socket: Socket) => socket.resetAndDestroy()],
      ['answers unasked', (socket: Socket) => socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n')],
    ])('that the server %s is evidence of nothing', async (_how, leave) => {
      const { pool, send, sockets, counters } = await poolTo((socket) => socket.write(answer));
      await pool.preconnect(1);
      await send();
      await pool.preconnect(3);
      for (const socket of sockets) {
        const closed = new Promise((resolve) => socket.on('close', resolve));
        leave(socket);
        await closed;
      }
      expect(await send()).toBe(200);
      expect(counters.flush()).toMatchObject({ lost: 0, reconnects: 0, open: 1 });
    });

    it.each([
      ['timeout=5', 3_999, 4_000],
      ['timeout=1', 499, 500],
      ['max=3, timeout=60', 58_999, 59_000],
    ])('is used as long as the server says it keeps it (%s), with a margin', async (keepAlive, usableMs, staleMs) => {
      const { clock, send, sockets } = await poolTo((socket) =>
        socket.write(answer.replace('\r\n', `\r\nKeep-Alive: ${keepAlive}\r\n`)),
      );
      await send();
      clock.spend(usableMs);
      expect(await send()).toBe(200);
      expect(sockets.size).toBe(1);
      clock.spend(staleMs);
      expect(await send()).toBe(200);
      expect(sockets.size).toBe(2);
    });

    it('is not used when the server says that it has carried its last request', async () => {
      const { send, sockets } = await poolTo((socket) =>
        socket.write(answer.replace('\r\n', '\r\nKeep-Alive: timeout=5, max=0\r\n')),
      );
      await send();
      await send();
      expect(sockets.size).toBe(2);
    });

    it('may bring a line end that the server has sent after a body', async () => {
      const { send, sockets } = await poolTo((socket) => socket.write(answer));
      for (let index = 0; index < 3; index += 1) {
        expect(await send()).toBe(200);
        const [socket] = sockets;
        await new Promise((written) => socket?.write('\r\n', written));
        // The written bytes are read in the next turn of the event loop.
        await new Promise((turned) => setImmediate(setImmediate, turned));
      }
      expect(sockets.size).toBe(1);
    });
  });

  describe('a request that meets the close of a connection that was idle', () => {
    const close = (socket: Socket): unknown => socket.end();
    const reset = (socket: Socket): unknown => socket.resetAndDestroy();
    const giveUp = (socket: Socket): unknown =>
      socket.end('HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');

    it.each([
      ['closes', close],
      ['resets', reset],
      ['gives up', giveUp],
    ])('is sent again over a fresh one, once, when the server %s', async (_how, leave) => {
      const { send, sockets, counters } = await poolTo((socket, number) =>
        number === 2 ? leave(socket) : socket.write(answer),
      );
      expect([await send(), await send()]).toEqual([200, 200]);
      expect(sockets.size).toBe(2);
      expect(counters.flush()).toMatchObject({ opened: 2, lost: 0, reconnects: 1, open: 1 });
    });

    it('counts from its first sending, and keeps its deadline', async () => {
      const { clock, send } = await poolTo((socket, number) => {
        if (number === 1) socket.write(answer);
        if (number === 2) {
          clock.spend(timeoutMs / 2);
          socket.end();
        }
        if (number === 3) clock.runUntil(clock.nowMs() + timeoutMs / 2);
      });
      await send();
      expect(await send()).toBe('timeout');
    });

    it('fails when the fresh one breaks as well', async () => {
      const { send, counters } = await poolTo((socket, number) => (number === 1 ? socket.write(answer) : socket.end()));
      expect([await send(), await send()]).toEqual([200, 'connection-closed']);
      expect(counters.flush()).toMatchObject({ lost: 1, reconnects: 1 });
    });

    it('is a failure of its own kind when its method may not be sent twice', async () => {
      const { send, counters } = await poolTo((socket, number) => (number === 2 ? socket.end() : socket.write(answer)));
      expect([await send(), await send(post), await send(post)]).toEqual([200, 'stale-connection', 200]);
      expect(counters.flush()).toMatchObject({ lost: 1, reconnects: 0 });
    });

    it('is not sent again when anything of an answer had come', async () => {
      const { send } = await poolTo((socket, number) =>
        number === 2 ? socket.end('HTTP/1.1 103 Early Hints\r\n\r\n') : socket.write(answer),
      );
      expect([await send(), await send()]).toEqual([200, 'incomplete-response']);
    });
  });

  it('opens few connections at once, and uses those that are freed before it opens more', async () => {
    const { held, hold, arrivals } = heldSockets();
    const { send, sockets, clock } = await poolTo(hold);
    const outcomes = Array.from({ length: 200 }, () => send());
    await arrivals(64);
    expect(sockets.size).toBe(64);
    // The pool opens more connections to a server that answers late.
    clock.runUntil(10);
    await arrivals(128);
    for (const socket of held.splice(0)) socket.write(answer);
    await arrivals(72);
    for (const socket of held.splice(0)) socket.write(answer);
    expect(new Set(await Promise.all(outcomes))).toEqual(new Set([200]));
    expect(sockets.size).toBeLessThan(200);
  });

  it('opens a connection for a request that finds those before it under way, at once', async () => {
    let arrived = (): void => {};
    // The server never answers and the clock stands still, so both connections still count as opening.
    const { send, sockets } = await poolTo(() => arrived());
    const arrivals = (count: number): Promise<void> => {
      let left = count;
      return new Promise((resolve) => {
        arrived = () => {
          left -= 1;
          if (left === 0) resolve();
        };
      });
    };
    const both = arrivals(2);
    void send();
    void send();
    await both;
    const third = arrivals(1);
    void send();
    await third;
    expect(sockets.size).toBe(3);
  });

  it('gives up at its deadline what still waits for a connection, and goes on afterwards', async () => {
    let arrivals = 0;
    let arrived = (): void => {};
    const { send, clock } = await poolTo((socket, number) => {
      arrivals += 1;
      if (arrivals === 64) arrived();
      if (number > 64) socket.write(answer);
    });
    const all = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const outcomes = Array.from({ length: 200 }, () => send());
    await all;
    clock.runUntil(timeoutMs);
    expect(new Set(await Promise.all(outcomes))).toEqual(new Set(['timeout']));
    expect(await send()).toBe(200);
  });

  it('takes refusals for what they are, though others are served: every request without a connection fails', async () => {
    let held: Socket | undefined;
    let arrived = (): void => {};
    const { send, server } = await poolTo((socket, number) => {
      if (number === 1) socket.write(answer);
      else {
        held = socket;
        arrived();
      }
    });
    expect(await send()).toBe(200);
    const busy = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const slow = send();
    await busy;
    // The server no longer listens, but its existing connection continues.
    server.close();
    for (let index = 0; index < 5; index += 1) expect(await send()).toBe('connection-refused');
    held?.write(answer);
    expect(await slow).toBe(200);
  });

  it('goes on with the connections that a server holds when it shuns others, and tries one now and then', async () => {
    const { held, hold, arrivals } = heldSockets();
    const { send, server, sockets, clock, pool } = await poolTo(hold);
    // Node and nginx do this at their limit: they accept a connection and close it at once.
    let shunned = 0;
    server.on('connection', (socket) => {
      if (sockets.size <= 4) return;
      shunned += 1;
      socket.destroy();
    });
    const answerAll = (): void => {
      for (const socket of held.splice(0)) socket.write(answer);
    };
    const first = Array.from({ length: 4 }, () => send());
    await arrivals(4);
    answerAll();
    await Promise.all(first);
    const busy = Array.from({ length: 4 }, () => send());
    await arrivals(4);
    const broken = await Promise.all(Array.from({ length: 64 }, () => send()));
    expect(broken.every((outcome) => outcome !== 200)).toBe(true);
    expect(shunned).toBe(64);
    const waiting = [send(), send()];
    answerAll();
    await arrivals(2);
    answerAll();
    expect(await Promise.all([...busy, ...waiting])).toEqual([200, 200, 200, 200, 200, 200]);
    expect(shunned).toBe(64);
    const busyAgain = Array.from({ length: 4 }, () => send());
    await arrivals(4);
    const probe = send();
    clock.runUntil(100);
    expect(await probe).not.toBe(200);
    expect(shunned).toBe(65);
    expect(pool.warning()).toContain('closed 65 new connections');
    answerAll();
    await Promise.all(busyAgain);
  });

  it('counts the connections of a server that closes those that it has just served for new ones', async () => {
    const { send, server, sockets, pool } = await poolTo((socket) => socket.write(answer));
    const places = 8;
    server.on('connection', (socket) => {
      socket.on('close', () => sockets.delete(socket));
      const [oldest] = sockets;
      if (sockets.size > places) oldest?.destroy();
    });
    const rounds = Array.from({ length: 300 }, async () => {
      for (let round = 0; round < 5; round += 1) await send();
    });
    await Promise.all(rounds);
    expect(pool.warning()).toMatch(/it holds about \d+ at once/);
  });

  describe('a server that breaks certain requests', () => {
    const get = (path: string): PlannedRequest => ({
      ...request,
      wire: { ...request.wire, head: `GET ${path} HTTP/1.1\r\n\r\n` },
    });
    const broken = ['connection-closed', 'connection-closed', 'connection-closed'];

    /** A server that answers, closes the connection on `/bad`, and holds `/held`. */
    async function poolToBreaking() {
      const held: Socket[] = [];
      let arrived = (): void => {};
      const { pool, send, clock } = await poolTo((socket, _number, text) => {
        if (text.includes('/bad')) socket.end();
        else if (text.includes('/held')) {
          held.push(socket);
          arrived();
        } else socket.write(answer);
      });
      /** Sends a request that the server holds, and waits until it has arrived. */
      const hold = async (): Promise<{ socket: Socket | undefined; outcome: Promise<Outcome> }> => {
        const outcome = send(get('/held'));
        await nextHeld();
        return { socket: held.at(-1), outcome };
      };
      const nextHeld = (): Promise<void> =>
        new Promise((resolve) => {
          arrived = resolve;
        });
      const sendBad = (): Promise<Outcome[]> => Promise.all(Array.from({ length: 3 }, () => send(get('/bad'))));
      return { pool, send, clock, hold, nextHeld, sendBad };
    }

    it('is not at its limit when they break a second connection each', async () => {
      const { pool, send, hold, sendBad } = await poolToBreaking();
      await pool.preconnect(4);
      await send();
      await hold();
      expect(await sendBad()).toEqual(broken);
      expect(await send()).toBe(200);
    });

    it('is not at its limit when they break connections that it has served', async () => {
      const { pool, send, hold, sendBad, clock } = await poolToBreaking();
      await send();
      const first = await hold();
      await send();
      await hold();
      expect(await sendBad()).toEqual(broken);
      expect(pool.warning()).toContain('closed 3 new connections');
      const waiting = send();
      // Long after its last response, the server closes a connection with a request in flight.
      clock.spend(100);
      first.socket?.end();
      expect(await waiting).toBe(200);
      expect(pool.warning()).toBeUndefined();
    });

    it('makes no stale connection of one that breaks under a request that was sent again', async () => {
      const { pool, send, hold, nextHeld, sendBad } = await poolToBreaking();
      await pool.preconnect(2);
      await send();
      const served = await hold();
      const opened = await hold();
      // From now on new connections must wait.
      expect(await sendBad()).toEqual(broken);
      const closed = new Promise((resolve) => opened.socket?.on('close', resolve));
      opened.socket?.end();
      await closed;
      const again = nextHeld();
      served.socket?.write(answer);
      await again;
      served.socket?.end();
      expect(await opened.outcome).toBe('connection-closed');
    });
  });

  describe('before a load', () => {
    it('opens no more connections than it is asked to, whatever becomes of them', async () => {
      let accepted = 0;
      const { pool, server } = await poolTo(() => {});
      server.on('connection', (socket) => {
        accepted += 1;
        socket.destroy();
      });
      await pool.preconnect(20);
      expect(accepted).toBeLessThanOrEqual(20);
    });

    it('is content with what a server holds', async () => {
      const { pool, server } = await poolTo((socket) => socket.write(answer));
      server.maxConnections = 10;
      await expect(pool.preconnect(50)).resolves.toBeUndefined();
    });

    it('can be told to begin at once, and begins after five seconds, if anybody is there', async () => {
      const { pool, clock } = await poolTo(() => {});
      const first = pool.preconnect(1_000);
      pool.cancelPreconnect();
      await first;
      const second = pool.preconnect(100_000);
      clock.runUntil(5_000);
      await expect(second).rejects.toMatchObject({ message: expect.stringContaining('did not accept a connection') });
    });
  });

  it('says which target does not accept connections', async () => {
    const pool = new ConnectionPool(
      originOf(wireUrl('http://127.0.0.1:1/')),
      timeoutMs,
      new VirtualClock(),
      new WorkTimer(),
      new ConnectionCounters(),
    );
    await expect(pool.preconnect(1)).rejects.toMatchObject({
      code: 'target-unreachable',
      message: expect.stringContaining('127.0.0.1:1'),
    });
    expect(await sendOver(pool, 0)).toBe('connection-refused');
  });
});
