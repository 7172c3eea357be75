import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { urlTargetSchema } from '../../shared/run/target';
import { plainLoadSchema } from '../../shared/scenario/schema';
import { level } from '../../tests/support/factories';
import { LoadSession } from './loadSession';

describe('LoadSession', () => {
  const cleanups: (() => void)[] = [];
  afterEach(() => {
    for (const cleanup of cleanups.splice(0)) cleanup();
  });

  async function sessionWith(serve: (socket: Socket) => void): Promise<LoadSession> {
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
      { type: 'open', scenario: level('level-1'), target, shard: { index: 0, count: 1 }, secrets: new Map() },
      () => {},
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
