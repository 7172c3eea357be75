import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { wireUrl } from '../../../shared/http/wireUrl';
import { plainWorkload } from '../../../tests/support/factories';
import { VirtualClock } from '../../../tests/support/virtualClock';
import { WorkTimer } from '../workTimer';
import { ConnectionCounters } from './connectionCounters';
import { ConnectionPool } from './connectionPool';
import { type ConnectionOwner, Exchange } from './exchange';
import { originOf } from './origin';

const request = plainWorkload.next();

describe('connections with an owner', () => {
  const cleanups: (() => void)[] = [];
  afterEach(() => {
    for (const cleanup of cleanups.splice(0)) cleanup();
  });

  /** A server whose status shows which of its connections a request used: 201, 202, ... */
  async function poolTo(
    answerOf: (connection: number) => string = (number) => `HTTP/1.1 ${200 + number} OK\r\nContent-Length: 0\r\n\r\n`,
  ) {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      const number = sockets.push(socket);
      socket.on('error', () => {});
      socket.on('data', () => socket.write(answerOf(number)));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const clock = new VirtualClock();
    const origin = originOf(wireUrl(`http://127.0.0.1:${port}/`));
    const pool = new ConnectionPool(origin, 1_000, clock, new WorkTimer(), new ConnectionCounters());
    cleanups.push(() => {
      pool.close();
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const send = (owner?: ConnectionOwner): Promise<number | string> =>
      new Promise((settle) => {
        const exchange = new Exchange(({ failure, response }) => settle(failure ?? response?.status ?? 0));
        exchange.owner = owner;
        exchange.begin(request, clock.nowMs(), clock.nowMs());
        pool.send(exchange);
      });
    return { pool, sockets, send };
  }

  const [ann, bob] = [{ number: 1 }, { number: 2 }];

  it('carry the requests of their owner and of nobody else', async () => {
    const { send, sockets } = await poolTo();
    expect(await send(ann)).toBe(201);
    expect(await send(bob)).toBe(202);
    expect(await send(ann)).toBe(201);
    expect(await send(bob)).toBe(202);
    expect(await send()).toBe(203);
    expect(sockets).toHaveLength(3);
  });

  it('are those first that were opened ahead of the load', async () => {
    const { pool, send, sockets } = await poolTo();
    await pool.preconnect(2);
    const first = await Promise.all([send(ann), send(bob)]);
    expect(new Set(first)).toEqual(new Set([201, 202]));
    expect(await Promise.all([send(ann), send(bob)])).toEqual(first);
    expect(sockets).toHaveLength(2);
  });

  it('are closed all at once, but for those of nobody, when the next load has other owners', async () => {
    const { pool, send } = await poolTo();
    await send(ann);
    await send(bob);
    await send();
    pool.closeOwned();
    expect(await send(ann)).toBe(203);
    expect(await send(bob)).toBe(204);
  });

  it('are closed when their owner gives them back, and opened anew for its next request', async () => {
    const { pool, send } = await poolTo();
    await send(ann);
    await send(bob);
    pool.release(ann);
    expect(await send(ann)).toBe(203);
    expect(await send(bob)).toBe(202);
  });

  it('that the server has closed are replaced', async () => {
    const { send } = await poolTo(
      (number) => `HTTP/1.1 ${200 + number} OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    );
    expect(await send(ann)).toBe(201);
    expect(await send(ann)).toBe(202);
  });
});
