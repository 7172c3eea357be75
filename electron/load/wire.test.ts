import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { urlTargetSchema } from '../../shared/run/target';
import { plainLoadSchema, type Scenario, scenarioSchema } from '../../shared/scenario/schema';
import { level } from '../../tests/support/factories';
import type { HostAddresses } from '../hosts/addresses';
import { timerClock } from './clock';
import { LoadSession } from './loadSession';
import type { LoadReport } from './protocol';

const drivers = ['proofload', 'autocannon'] as const;

describe('what a server sees of a URL', () => {
  const cleanups: (() => void)[] = [];
  afterEach(() => {
    for (const cleanup of cleanups.splice(0)) cleanup();
  });

  /** Starts a server on loopback that records its requests. */
  async function server(location?: string): Promise<{ port: number; seen: Set<string>; asked: Promise<void> }> {
    const seen = new Set<string>();
    let note = (): void => {};
    const asked = new Promise<void>((settle) => {
      note = settle;
    });
    const made = createServer(({ url, headers: { host, authorization } }, response) => {
      seen.add(`${url} ${host} ${authorization}`);
      if (location === undefined) response.end('ok');
      else response.writeHead(307, { Location: location }).end();
      note();
    });
    await new Promise<void>((listening) => made.listen(0, '127.0.0.1', listening));
    cleanups.push(() => {
      made.closeAllConnections();
      made.close();
    });
    const address = made.address();
    return { port: typeof address === 'object' && address ? address.port : 0, seen, asked };
  }

  /** Loads a URL with one user until the server has received a request. */
  async function load(
    asked: Promise<void>,
    url: string,
    driver: (typeof drivers)[number],
    addresses: HostAddresses = {},
    requests?: Scenario['requests'],
  ): Promise<void> {
    let settle = (_report: LoadReport): void => {};
    const ended = new Promise<LoadReport>((done) => {
      settle = done;
    });
    const target = { ...urlTargetSchema.parse({ kind: 'url', url }), addresses };
    const scenario = scenarioSchema.parse({ ...level('level-1'), requests });
    const session = new LoadSession(
      { type: 'open', scenario, target, shard: { index: 0, count: 1 }, secrets: new Map() },
      (report) => report.type === 'ended' && settle(report),
    );
    await session.arm({
      type: 'arm',
      load: plainLoadSchema.parse({ executor: 'constant-vus', vus: 1, duration: '10s', driver }),
      warmupMs: 0,
    });
    session.go(timerClock.nowMs());
    await asked;
    session.stop();
    await ended;
    session.finish();
  }

  describe.each(drivers)('with the driver %s', (driver) => {
    it.each([
      ['http://127.0.0.1:PORT/path?q#f', '/path?q 127.0.0.1:PORT undefined'],
      ['http://127.1:PORT/path', '/path 127.0.0.1:PORT undefined'],
      ['http://2130706433:PORT', '/ 127.0.0.1:PORT undefined'],
      ['http://user:p%40w@127.0.0.1:PORT/path', '/path 127.0.0.1:PORT Basic dXNlcjpwQHc='],
      ['http://user@127.1:PORT#f', '/ 127.0.0.1:PORT Basic dXNlcjo='],
    ])('is right for %s', async (url, expected) => {
      const { port, seen, asked } = await server();
      await load(asked, url.replace('PORT', String(port)), driver);
      expect([...seen]).toEqual([expected.replace('PORT', String(port))]);
    });

    it('comes over the addresses that were admitted, under the name', async () => {
      const { port, seen, asked } = await server();
      // The name is known only from the admitted addresses. Nothing listens on the first of them.
      await load(asked, `http://service.test:${port}/a`, driver, { 'service.test': ['::1', '127.0.0.1'] });
      expect([...seen]).toEqual([`/a service.test:${port} undefined`]);
    });

    it('does not go where an answer sends it', async () => {
      const elsewhere = await server();
      const { port, seen, asked } = await server(`http://127.0.0.1:${elsewhere.port}/`);
      await load(asked, `http://127.0.0.1:${port}/a`, driver);
      expect([...seen]).toEqual([`/a 127.0.0.1:${port} undefined`]);
      expect([...elsewhere.seen]).toEqual([]);
    });

    it('goes to the servers of the requests, and not to the target that they do not ask', async () => {
      const { port, seen, asked } = await server();
      const target = await server();
      const requests = scenarioSchema.parse({
        ...level('level-1'),
        requests: [{ url: `http://127.0.0.1:${port}/own` }],
      }).requests;
      await load(asked, `http://127.0.0.1:${target.port}/`, driver, {}, requests);
      expect([...seen]).toEqual([`/own 127.0.0.1:${port} undefined`]);
      expect([...target.seen]).toEqual([]);
    });
  });

  it.each(['http://service.test/', 'http://localhost/', 'http://0.0.0.0/', 'http://[::]/', 'http://192.0.2.1/'])(
    'is nothing for %s, which nobody has admitted',
    (url) => {
      const target = { ...urlTargetSchema.parse({ kind: 'url', url }), addresses: { 'other.test': ['127.0.0.1'] } };
      const open = (): LoadSession =>
        new LoadSession(
          { type: 'open', scenario: level('level-1'), target, shard: { index: 0, count: 1 }, secrets: new Map() },
          () => {},
        );
      expect(open).toThrow(expect.objectContaining({ code: 'remote-not-allowed' }));
    },
  );
});
