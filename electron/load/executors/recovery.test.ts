import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wireUrl } from '../../../shared/http/wireUrl';
import { seededRandom } from '../../../shared/statistics/random';
import { plainWorkload } from '../../../tests/support/factories';
import { drainedAtOnce, type ServerPlan, SimulatedServer } from '../../../tests/support/simulatedConnections';
import { VirtualClock } from '../../../tests/support/virtualClock';
import { ConnectionCounters } from '../http/connectionCounters';
import { ConnectionPool } from '../http/connectionPool';
import { Exchange } from '../http/exchange';
import { originOf } from '../http/origin';
import { Recorder } from '../recorder';
import { evenArrivals, poissonArrivals } from '../schedule/arrivals';
import { RateCurve } from '../schedule/rateCurve';
import { WorkTimer } from '../workTimer';
import { runArrivalRate } from './arrivalRate';
import { runVirtualUsers } from './virtualUsers';

const timeoutMs = 30_000;
const hiccupMs = 2_000;
/** The generator is back on its schedule within this time after a hiccup. */
const recoveryMs = 2_000;
const afterwardsMs = 1_000;
/** The maximum response time of a request after the recovery, in addition to its handling time. */
const toleranceMs = 25;
/**
 * The maximum number of closed connections while the server closes each new one: those that are opened at once, and a
 * few that are tried one by one.
 */
const mostClosed = 64 + 8;

interface Request {
  intendedMs: number;
  latenessMs: number;
  responseMs: number;
  failure: string | undefined;
}

/** A pool of connections to a simulated server. */
function poolTo(plan: ServerPlan) {
  const clock = new VirtualClock();
  const server = new SimulatedServer(clock, plan);
  const origin = originOf(wireUrl('http://127.0.0.1:1/'));
  const open = server.connect.bind(server);
  const pool = new ConnectionPool(origin, timeoutMs, clock, new WorkTimer(), new ConnectionCounters(), open);
  return { clock, server, pool };
}

/** A recorder that also keeps every request. */
function keepingRecorder() {
  const requests: Request[] = [];
  const recorder = new Recorder(0);
  const completed = recorder.completed.bind(recorder);
  recorder.completed = (exchange, failure) => {
    const { intendedMs, sentMs, endedMs } = exchange;
    requests.push({ intendedMs, latenessMs: sentMs - intendedMs, responseMs: endedMs - intendedMs, failure });
    completed(exchange, failure);
  };
  return { requests, recorder, failed: () => requests.filter(({ failure }) => failure !== undefined) };
}

/** Runs an open load against a simulated server. The generator stands still for `stillMs` after two seconds. */
function load(plan: ServerPlan, rate: number, totalMs: number, stillMs = 0, isRandom = false) {
  const { clock, server, pool } = poolTo(plan);
  clock.wakeAt(hiccupMs, () => clock.spend(stillMs));
  const curve = new RateCurve([{ durationMs: totalMs, fromRate: rate, toRate: rate }]);
  const { recorder, requests, failed } = keepingRecorder();
  runArrivalRate({
    clock,
    arrivals: isRandom ? poissonArrivals(curve, seededRandom(1)) : evenArrivals(curve),
    workload: plainWorkload,
    sender: pool,
    recorder,
    startMs: 0,
    totalMs,
    maxInFlight: 100_000,
    gracefulStopMs: timeoutMs,
    onDraining: () => {},
  });
  clock.runUntil(totalMs + timeoutMs);
  return { requests, server, failed: failed() };
}

/** Runs a closed load against a simulated server. */
function closedLoad(plan: ServerPlan, vus: number, totalMs: number) {
  const { clock, server, pool } = poolTo(plan);
  const { recorder, requests, failed } = keepingRecorder();
  runVirtualUsers({
    clock,
    workload: plainWorkload,
    sender: pool,
    recorder,
    steps: [{ atMs: 0, vus }],
    budget: undefined,
    startMs: 0,
    totalMs,
    gracefulStopMs: timeoutMs,
    onDraining: () => {},
  });
  clock.runUntil(totalMs + timeoutMs);
  return { requests, server, failed: failed(), warning: pool.warning() };
}

const hiccups = ['the target stands still', 'the generator stands still', 'all connections are reset'] as const;

interface Case {
  rate: number;
  /** The share of the workers that the rate keeps busy. With two thirds, the target can serve 1.5 times the rate. */
  use: number;
  workers: number;
  /**
   * The number of connections that the server holds in addition to one per worker. A single one would only alternate
   * with them.
   */
  spare: number;
  beyond: ServerPlan['beyond'];
  hiccup: (typeof hiccups)[number];
  forMs: number;
}

const cases: fc.Arbitrary<Case> = fc.record({
  rate: fc.integer({ min: 50, max: 1_000 }),
  use: fc.double({ min: 0.1, max: 2 / 3, noNaN: true }),
  workers: fc.integer({ min: 1, max: 64 }),
  spare: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 600 })),
  beyond: fc.constantFrom('closes', 'drains', 'waits'),
  hiccup: fc.constantFrom(...hiccups),
  forMs: fc.integer({ min: 10, max: 2_000 }),
});

/** Runs the load of a case. `settledMs` is when no effect of its hiccup is left. */
function loadWithHiccup({ rate, use, workers, spare, beyond, hiccup, forMs }: Case) {
  const isReset = hiccup === 'all connections are reset';
  const isTarget = hiccup === 'the target stands still';
  const handlingMs = (1_000 * workers * use) / rate;
  const endMs = isReset ? hiccupMs : hiccupMs + forMs;
  // The workers that the rate leaves free handle the backlog, and the server accepts it a few connections at a time.
  const roundsMs = beyond === 'waits' ? 500 * (3 + Math.ceil((rate * (endMs - hiccupMs)) / 1_000 / 64)) : 0;
  const settledMs = endMs + recoveryMs + ((endMs - hiccupMs) * use) / (1 - use) + handlingMs + roundsMs;
  const plan: ServerPlan = {
    workers,
    handlingMs,
    maxConnections: workers + spare + (beyond === 'drains' ? drainedAtOnce : 0),
    beyond,
    stall: isTarget ? { fromMs: hiccupMs, toMs: endMs } : { fromMs: 0, toMs: 0 },
    resetMs: isReset ? hiccupMs : undefined,
  };
  const stillMs = hiccup === 'the generator stands still' ? forMs : 0;
  return { ...load(plan, rate, settledMs + afterwardsMs, stillMs), handlingMs, endMs, settledMs, isReset };
}

/** A half-busy server with few spare places: each request that finds no connection adds to those that wait. */
const tight: Case = {
  rate: 59,
  use: 0.49616500000000013,
  workers: 4,
  spare: 3,
  beyond: 'waits',
  hiccup: 'the generator stands still',
  forMs: 1778,
};

function holdsFor(numRuns: number, predicate: (made: Case) => void): void {
  fc.assert(fc.property(cases, predicate), { numRuns, examples: [[tight]] });
}

describe('a generator after a hiccup', () => {
  it('is on its schedule within two seconds wherever the target can serve 1.5 times the rate', () => {
    holdsFor(200, (made) => {
      const { requests, handlingMs, endMs, settledMs } = loadWithHiccup(made);
      const late = requests.filter(({ intendedMs, latenessMs }) => intendedMs > endMs + recoveryMs && latenessMs > 1);
      expect(late).toEqual([]);
      const afterwards = requests.filter(({ intendedMs }) => intendedMs > settledMs);
      expect(afterwards.filter(({ responseMs }) => responseMs > handlingMs + toleranceMs)).toEqual([]);
      // The pool occasionally tries another connection with a server that closes idle ones for it.
      const fewest = made.beyond === 'drains' ? 2 : 0;
      expect(afterwards.filter(({ failure }) => failure !== undefined).length).toBeLessThanOrEqual(fewest);
    });
  });

  it('has every request answered by a server that accepts connections when others end, and loses few where they are closed', () => {
    holdsFor(200, (made) => {
      const { failed, isReset } = loadWithHiccup(made);
      if (isReset) return;
      if (made.beyond === 'waits') expect(failed).toEqual([]);
      expect(failed.length).toBeLessThanOrEqual(made.beyond === 'drains' ? 2 * mostClosed : mostClosed);
    });
  });
});

const roomy: Omit<ServerPlan, 'workers' | 'handlingMs'> = {
  maxConnections: 10_000,
  beyond: 'waits',
  stall: { fromMs: 0, toMs: 0 },
  resetMs: undefined,
};

it('uses the connection that a server accepted first, where many were opened ahead and it holds a single one', async () => {
  const { clock, pool } = poolTo({ ...roomy, workers: 1, handlingMs: 1, maxConnections: 1 });
  const ready = pool.preconnect(50);
  clock.runUntil(100);
  await ready;
  const responsesMs: number[] = [];
  for (let sentMs = 100; sentMs < 200; sentMs += 10) {
    clock.runUntil(sentMs);
    const exchange = new Exchange(({ endedMs }) => responsesMs.push(endedMs - sentMs));
    exchange.begin(plainWorkload.next(), sentMs, sentMs);
    pool.send(exchange);
  }
  clock.runUntil(300);
  expect(responsesMs).toHaveLength(10);
  expect(Math.max(...responsesMs)).toBeLessThan(2);
});

it('closes the only connection that a server holds for those that wait for it', () => {
  const { failed } = load({ ...roomy, workers: 1, handlingMs: 2, maxConnections: 1 }, 50, 5_000, 50);
  expect(failed).toEqual([]);
});

describe('a closed load of more users than a server serves at once', () => {
  const plan = { ...roomy, workers: 40, handlingMs: 5 };
  const users = 500;
  /** The number of requests in ten seconds with all workers busy. */
  const most = 10_000 * (40 / 5);

  it.each([
    ['closes others', 'closes'],
    ['closes idle ones for others', 'drains'],
    ['accepts others when they end', 'waits'],
  ] as const)('keeps those connections busy that a server holds which %s', (_what, beyond) => {
    const { requests, server, failed } = closedLoad({ ...plan, maxConnections: 50, beyond }, users, 10_000);
    expect(requests.length).toBeGreaterThan(0.98 * most);
    // Nothing is known about the server until its first responses.
    expect(failed.length).toBeLessThan(beyond === 'waits' ? 1 : users / 3);
    expect(server.opened).toBeLessThan(beyond === 'waits' ? 0.05 * most : users);
  });

  it('names how many connections a server holds that closes idle ones for others', () => {
    const { warning } = closedLoad({ ...plan, maxConnections: 50, beyond: 'drains' }, users, 10_000);
    expect(warning).toContain('it holds about 50 at once');
  });

  it('takes no limit for the habit of a server that closes each connection after some requests', () => {
    const { requests, failed, warning } = closedLoad({ ...plan, requestsPerConnection: 20 }, users, 10_000);
    expect(failed).toEqual([]);
    expect(warning).toBeUndefined();
    expect(requests.length).toBeGreaterThan(0.98 * most);
  });
});

it('keeps idle connections while a server that is slow to accept serves new ones', () => {
  // A place becomes free every 20 ms although no connection ends: the server accepts new connections one by one.
  const slow = { ...roomy, workers: 100, handlingMs: 2, maxConnections: 10, placesEveryMs: 20 };
  const { warning } = closedLoad(slow, 100, 5_000);
  expect(warning).toBeUndefined();
});

describe('a server that is slow', () => {
  it.each([100, 600, 3_000])('in %i ms has about as many connections as requests in flight', (handlingMs) => {
    const rate = 50;
    const { server, failed } = load({ ...roomy, workers: 1_000, handlingMs }, rate, 20_000, 0, true);
    expect(failed).toEqual([]);
    expect(server.opened).toBeLessThanOrEqual((1.2 * rate * handlingMs) / 1_000 + 10);
  });

  it.each([100, 600, 3_000])('in %i ms has about as many again after it has reset them', (handlingMs) => {
    const rate = 50;
    const { server } = load({ ...roomy, workers: 1_000, handlingMs, resetMs: 10_000 }, rate, 30_000);
    expect(server.opened).toBeLessThanOrEqual((3 * rate * handlingMs) / 1_000 + 10);
  });

  it.each([2, 5, 20, 100])('for one in %i requests keeps its connections', (nth) => {
    const rate = 100;
    const slow = { nth, handlingMs: 5_000 };
    const { server, requests, failed } = load({ ...roomy, workers: 5_000, handlingMs: 5, slow }, rate, 60_000, 0, true);
    expect(failed).toEqual([]);
    expect(server.opened).toBeLessThanOrEqual((rate * 5) / nth + requests.length / 10);
  });
});
