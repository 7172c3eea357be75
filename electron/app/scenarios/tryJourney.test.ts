import { describe, expect, it } from 'vitest';
import { type Scenario, scenarioSchema } from '../../../shared/scenario/schema';
import type { WorkerHandlers, WorkerHost } from '../../hosting/workerHost';
import { HostGuard } from '../../hosts/hostGuard';
import { singleJourney, tryJourney } from './tryJourney';

function scenario(overrides: Record<string, unknown>): Scenario {
  return scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'mine',
    name: 'Mine',
    load: { executor: 'constant-arrival-rate', rate: 100, duration: '1m' },
    processes: 4,
    ...overrides,
  });
}

const two = scenario({
  journeys: [
    { name: 'browse', steps: [{ url: '/' }] },
    { name: 'buy', steps: [{ url: '/buy' }] },
  ],
});

describe('the journey that is tried', () => {
  it('is the first, or the one that is named', () => {
    expect(singleJourney(two, undefined).journeys?.map(({ name }) => name)).toEqual(['browse']);
    const chosen = singleJourney(two, 'buy');
    expect(chosen.journeys?.map(({ name }) => name)).toEqual(['buy']);
    expect(chosen).toMatchObject({ processes: 1, load: { executor: 'per-vu-iterations', vus: 1, iterations: 1 } });
    expect(scenarioSchema.parse(chosen)).toEqual(chosen);
  });

  it('is a single request with what a run takes for right', () => {
    const requests = [
      { name: 'a', url: '/a' },
      { url: '/b', expectRedirect: true },
    ];
    const single = scenario({ requests });
    const checksOf = (name: string): unknown => singleJourney(single, name).journeys?.[0]?.steps[0];
    expect(checksOf('a')).toMatchObject({ url: '/a', checks: [{ status: [{ min: 200, max: 299 }, 304] }] });
    expect(checksOf('GET /b')).toMatchObject({ checks: [{ status: [{ min: 200, max: 399 }] }] });
    expect(scenarioSchema.safeParse(singleJourney(single, 'a')).success).toBe(true);
  });

  it('must be there', () => {
    expect(() => singleJourney(two, 'sell')).toThrow('mine has no journey sell');
    expect(() => singleJourney(scenario({}), undefined)).toThrow('no requests of its own');
  });
});

describe('trying a journey', () => {
  /** A worker host that records what it was asked to start. */
  function workers(): { host: WorkerHost; sent: object[]; handlers: WorkerHandlers[] } {
    const sent: object[] = [];
    const handlers: WorkerHandlers[] = [];
    const host: WorkerHost = {
      start: (_kind, of) => {
        handlers.push(of);
        return {
          pid: 1,
          send: (message) => {
            sent.push(message);
            if ('type' in message && message.type === 'exit') of.onExit('ended');
          },
          kill: () => of.onExit('killed'),
        };
      },
    };
    return { host, sent, handlers };
  }

  const secrets = { find: () => undefined, remedy: () => 'give it' };
  const remote = scenario({ journeys: [{ name: 'out', steps: [{ url: 'http://192.0.2.1/' }] }] });
  const local = scenario({ journeys: [{ name: 'in', steps: [{ url: 'http://127.0.0.1:1/' }] }] });

  it('starts nothing for a host that was not allowed', async () => {
    const { host, handlers } = workers();
    const dependencies = { workers: host, hosts: new HostGuard(() => false), secrets, now: new Date(0) };
    await expect(tryJourney({ scenario: remote }, dependencies, new AbortController().signal)).rejects.toMatchObject({
      code: 'remote-not-allowed',
    });
    expect(handlers).toEqual([]);
  });

  it('ends its process when it is stopped', async () => {
    const { host, sent } = workers();
    const stopping = new AbortController();
    const dependencies = { workers: host, hosts: new HostGuard(() => false), secrets, now: new Date(0) };
    const started = new Promise<void>((settle) => {
      const { start } = host;
      host.start = (...args) => {
        settle();
        return start(...args);
      };
    });
    const tried = tryJourney({ scenario: local }, dependencies, stopping.signal);
    await started;
    stopping.abort(new Error('stopped'));
    await expect(tried).rejects.toThrow('stopped');
    expect(sent).toMatchObject([{ type: 'try', scenario: { journeys: [{ name: 'in' }] } }, { type: 'exit' }]);
  });
});
