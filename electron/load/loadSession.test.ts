import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { urlTargetSchema } from '../../shared/run/target';
import { plainLoadSchema, scenarioSchema } from '../../shared/scenario/schema';
import { level } from '../../tests/support/factories';
import { timerClock } from './clock';
import { LoadSession } from './loadSession';
import type { LoadReport } from './protocol';

describe('LoadSession', () => {
  const cleanups: (() => void)[] = [];
  afterEach(() => {
    for (const cleanup of cleanups.splice(0)) cleanup();
  });

  async function sessionWith(
    serve: (socket: Socket) => void,
    scenario = level('level-1'),
    report: (message: LoadReport) => void = () => {},
  ): Promise<LoadSession> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      serve(socket);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    cleanups.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const target = urlTargetSchema.parse({ kind: 'url', url: `http://127.0.0.1:${port}/` });
    const session = new LoadSession(
      { type: 'open', scenario, target, shard: { index: 0, count: 1 }, secrets: new Map() },
      report,
    );
    cleanups.push(() => session.finish());
    return session;
  }

  const arm = (vus: number) =>
    ({
      type: 'arm',
      load: plainLoadSchema.parse({ executor: 'constant-vus', vus, duration: '1s' }),
      warmupMs: 0,
    }) as const;

  it('arms at once when it is stopped while connections are being opened', async () => {
    let accepted = 0;
    const session = await sessionWith(() => {
      accepted += 1;
      if (accepted === 1) session.stop();
    });
    await session.arm(arm(5_000));
    expect(accepted).toBeLessThan(200);
  });

  it('closes the connections of the users of a load before the next one, which has users of its own', async () => {
    const steps = [{ url: '/a' }, { url: '/b' }];
    const scenario = scenarioSchema.parse({ ...level('level-0'), thresholds: {}, journeys: [{ name: 'v', steps }] });
    const [ended, closed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const answer = (socket: Socket): void => {
      socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
      socket.on('close', () => closed.resolve());
    };
    const session = await sessionWith(answer, scenario, ({ type }) => {
      if (type === 'ended') ended.resolve();
    });
    const load = plainLoadSchema.parse({ executor: 'per-vu-iterations', vus: 1, iterations: 1 });
    await session.arm({ type: 'arm', load, warmupMs: 0 });
    session.go(timerClock.nowMs());
    await ended.promise;
    await session.arm({ type: 'arm', load, warmupMs: 0 });
    await closed.promise;
  });

  it('is armed against a server that closes each connection at once', async () => {
    let accepted = 0;
    const session = await sessionWith((socket) => {
      accepted += 1;
      socket.destroy();
    });
    await session.arm(arm(5_000));
    expect(accepted).toBeLessThan(1_000);
  });
});
