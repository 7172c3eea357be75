import { describe, expect, it } from 'vitest';
import { urlTargetSchema } from '../../../shared/run/target';
import { scenarioSchema } from '../../../shared/scenario/schema';
import { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { httpResponse, level } from '../../../tests/support/factories';
import { VirtualClock } from '../../../tests/support/virtualClock';
import type { ConnectionOwner, Exchange, RequestFailure } from '../http/exchange';
import { JourneyRecorder } from '../journey/journeyRecorder';
import type { JourneySender } from '../journey/journeyUser';
import { JourneyWorkload } from '../journey/journeyWorkload';
import { Recorder } from '../recorder';
import { evenArrivals } from '../schedule/arrivals';
import { RateCurve } from '../schedule/rateCurve';
import { wholeLoad } from '../schedule/shard';
import { noDependencies } from '../workload/requestText';
import { sharedBudget } from './iterationBudget';
import { runJourneyArrivals } from './journeyArrivals';
import { runJourneyUsers } from './journeyUsers';

const target = urlTargetSchema.parse({ kind: 'url', url: 'http://127.0.0.1:3000/' });

interface Reply {
  /** The service time. */
  afterMs: number;
  failure?: RequestFailure;
  status?: number;
  headers?: Readonly<Record<string, string>>;
  setCookies?: readonly string[];
  body?: string;
}

interface Sent {
  atMs: number;
  line: string;
  head: string;
  intendedMs: number;
}

/** A server on the virtual clock that records the requests it received. */
function serverOn(clock: VirtualClock, reply: (line: string, number: number) => Reply) {
  const sent: Sent[] = [];
  const released: ConnectionOwner[] = [];
  const pending = new Set<Exchange>();
  const settle = (
    exchange: Exchange,
    { failure, status = 200, headers = {}, setCookies = [], body = '' }: Reply,
  ): void => {
    pending.delete(exchange);
    exchange.writtenMs = exchange.sentMs;
    exchange.firstByteMs = clock.nowMs();
    exchange.endedMs = clock.nowMs();
    exchange.failure = failure;
    exchange.response =
      failure === undefined
        ? httpResponse({
            status,
            header: (name) => headers[name],
            values: (name) => (name === 'set-cookie' ? setCookies : []),
            text: () => body,
          })
        : undefined;
    exchange.onSettled(exchange);
  };
  const sender: JourneySender = {
    send: (exchange) => {
      const { head = '' } = exchange.request?.wire ?? {};
      const line = head.split(' HTTP/1.1')[0] ?? '';
      const answer = reply(line, sent.length);
      sent.push({ atMs: clock.nowMs(), line, head, intendedMs: exchange.intendedMs });
      pending.add(exchange);
      clock.wakeAt(clock.nowMs() + answer.afterMs, () => {
        if (pending.has(exchange)) settle(exchange, answer);
      });
    },
    close: () => {
      for (const exchange of [...pending]) settle(exchange, { afterMs: 0, failure: 'not-finished' });
    },
    release: (owner) => void released.push(owner),
    originOf: (url) => (url.hostname === '127.0.0.1' ? 0 : undefined),
  };
  return { sender, sent, released };
}

const twoSteps = [{ name: 'first', url: '/first' }, { thinkTime: '1s' }, { name: 'second', url: '/second' }];

interface Setup {
  steps?: readonly object[];
  scenario?: object;
  reply?: (line: string, number: number) => Reply;
  gracefulStopMs?: number;
}

function setUp({ steps = twoSteps, scenario = {}, reply = () => ({ afterMs: 10 }), gracefulStopMs = 30_000 }: Setup) {
  const parsed = scenarioSchema.parse({
    ...level('level-0'),
    thresholds: {},
    journeys: [{ name: 'visit', steps }],
    ...scenario,
  });
  const workload = new JourneyWorkload(parsed, {
    target,
    shard: wholeLoad,
    secretOf: () => undefined,
    environmentOf: (name) => (name === 'TENANT' ? 'acme' : undefined),
    dependencies: noDependencies,
  });
  const clock = new VirtualClock();
  const server = serverOn(clock, reply);
  const [recorder, journeys] = [new Recorder(0), new JourneyRecorder(0)];
  const dependencies = { clock, workload, sender: server.sender, recorder, journeys };
  const frame = { clock, recorder, sender: server.sender, startMs: 0, gracefulStopMs, onDraining: () => {} };
  return { clock, server, recorder, journeys, dependencies, frame };
}

function runOpen(
  setup: Setup,
  { rate, totalMs, maxUsers = 1_000 }: { rate: number; totalMs: number; maxUsers?: number },
) {
  const made = setUp(setup);
  const arrivals = evenArrivals(new RateCurve([{ durationMs: totalMs, fromRate: rate, toRate: rate }]));
  const { frame, dependencies } = made;
  let finished = false;
  const execution = runJourneyArrivals({ ...frame, totalMs, arrivals, maxUsers, dependencies });
  void execution.finished.then(() => {
    finished = true;
  });
  return { ...made, isFinished: () => finished };
}

function runClosed(setup: Setup, { vus, totalMs, iterations }: { vus: number; totalMs: number; iterations?: number }) {
  const made = setUp(setup);
  const { frame, dependencies } = made;
  let finished = false;
  const budget = iterations === undefined ? undefined : sharedBudget(iterations, 0);
  const execution = runJourneyUsers({ ...frame, totalMs, steps: [{ atMs: 0, vus }], budget, dependencies });
  void execution.finished.then(() => {
    finished = true;
  });
  return { ...made, isFinished: () => finished };
}

function percentile(sparse: Parameters<LatencyHistogram['mergeSparse']>[0] | undefined, share: number): number {
  const histogram = new LatencyHistogram();
  if (sparse) histogram.mergeSparse(sparse);
  return histogram.percentileUs(share) / 1_000;
}

describe('one of several scenarios', () => {
  it('counts what it drops under its name: arrivals without a free user, and iterations that were not made', () => {
    const { frame, dependencies, clock, recorder } = setUp({ reply: () => ({ afterMs: 60_000 }) });
    const arrivals = evenArrivals(new RateCurve([{ durationMs: 3_000, fromRate: 1, toRate: 1 }]));
    runJourneyArrivals({ ...frame, scenario: 'browse', totalMs: 3_000, arrivals, maxUsers: 1, dependencies });
    const budget = sharedBudget(4, 0);
    runJourneyUsers({ ...frame, scenario: 'buy', totalMs: 3_000, steps: [{ atMs: 0, vus: 1 }], budget, dependencies });
    clock.runUntil(3_000);
    expect(recorder.flush(false)).toMatchObject({ dropped: 5, droppedByScenario: { browse: 2, buy: 3 } });
  });
});

describe('journeys in the open model', () => {
  it('begin when the schedule wants them to, and go on when the answer has come and the think time is over', async () => {
    const { clock, server, recorder, journeys, isFinished } = runOpen({}, { rate: 1, totalMs: 3_000 });
    clock.runUntil(10_000);
    await Promise.resolve();
    expect(isFinished()).toBe(true);
    expect(server.sent.map(({ line, atMs }) => [line, atMs])).toEqual([
      ['GET /first', 0],
      ['GET /first', 1_000],
      ['GET /second', 1_010],
      ['GET /first', 2_000],
      ['GET /second', 2_010],
      ['GET /second', 3_010],
    ]);
    const { durations, iterations } = journeys.flush(false);
    expect(iterations).toEqual({ visit: { completed: 3, failed: 0, interrupted: 0 } });
    expect(percentile(durations.visit, 50) / 1_020).toBeCloseTo(1, 2);
    expect(recorder.flush(false).sent).toBe(6);
  });

  it('measure a step from when it became due, also where the generator came late to it', () => {
    // Other work delays the second step by 200 ms.
    const { clock, server, recorder } = runOpen({}, { rate: 1, totalMs: 1_000 });
    clock.runUntil(1_000);
    clock.spend(200);
    clock.runUntil(3_000);
    const second = server.sent.find(({ line }) => line === 'GET /second');
    expect(second).toMatchObject({ intendedMs: 1_010, atMs: 1_200 });
    const { response, lateness } = recorder.flush(false);
    expect(percentile(response.second, 50) / 200).toBeCloseTo(1, 2);
    expect(percentile(lateness, 100) / 190).toBeCloseTo(1, 2);
  });

  it('see a stall of 2 s in 20 s in the first step and in the iteration, as the schedule had it', () => {
    const stalled = (atMs: number): number => (atMs >= 8_000 && atMs < 10_000 ? 10_000 - atMs : 0);
    const made = { clock: new VirtualClock() };
    const { clock, recorder, journeys } = runOpen(
      {
        steps: [
          { name: 'first', url: '/first' },
          { name: 'second', url: '/second' },
        ],
        reply: () => ({ afterMs: stalled(made.clock.nowMs()) + 2 }),
      },
      { rate: 100, totalMs: 20_000 },
    );
    made.clock = clock;
    clock.runUntil(30_000);
    const { response } = recorder.flush(false);
    // A tenth of the arrivals waits for the rest of the 2 s: P95 1 s, P99 1.8 s. The steps after it are not slow.
    expect(percentile(response.first, 95) / 1_000).toBeCloseTo(1, 1);
    expect(percentile(response.first, 99) / 1_800).toBeCloseTo(1, 1);
    expect(percentile(journeys.flush(false).durations.visit, 99) / 1_800).toBeCloseTo(1, 1);
  });

  it('drop arrivals for which all users are at a journey, thinking included', () => {
    const { clock, recorder, server } = runOpen({}, { rate: 10, totalMs: 1_000, maxUsers: 3 });
    clock.runUntil(10_000);
    expect(server.sent.filter(({ line }) => line === 'GET /first')).toHaveLength(3);
    expect(recorder.flush(false).dropped).toBe(7);
  });

  it('may finish within the graceful stop, and are interrupted after it', async () => {
    const { clock, server, journeys, isFinished } = runOpen({ gracefulStopMs: 500 }, { rate: 1, totalMs: 2_000 });
    // The last arrival is at 1,000 ms; its user thinks until 2,010.
    clock.runUntil(1_400);
    await Promise.resolve();
    expect(isFinished()).toBe(false);
    clock.runUntil(1_600);
    await Promise.resolve();
    expect(isFinished()).toBe(true);
    expect(server.sent.filter(({ line }) => line === 'GET /second')).toHaveLength(1);
    expect(journeys.flush(false).iterations.visit).toEqual({ completed: 1, failed: 0, interrupted: 1 });
  });
});

describe('journeys in the closed model', () => {
  it('leave their think times out where a load asks for that', () => {
    const made = setUp({});
    made.dependencies.workload.thinks = false;
    const { frame, dependencies, clock, server } = made;
    const steps = [{ atMs: 0, vus: 1 }];
    runJourneyUsers({ ...frame, totalMs: 60_000, steps, budget: sharedBudget(2, 0), dependencies });
    clock.runUntil(100);
    expect(server.sent.map(({ atMs, line }) => [atMs, line])).toEqual([
      [0, 'GET /first'],
      [10, 'GET /second'],
      [20, 'GET /first'],
      [30, 'GET /second'],
    ]);
  });

  it('follow each other, each step from its send', async () => {
    const { clock, server, journeys, isFinished } = runClosed({}, { vus: 2, totalMs: 60_000, iterations: 6 });
    clock.runUntil(30_000);
    await Promise.resolve();
    expect(isFinished()).toBe(true);
    expect(server.sent).toHaveLength(12);
    expect(server.sent.every(({ atMs, intendedMs }) => atMs === intendedMs)).toBe(true);
    expect(journeys.flush(false).iterations.visit?.completed).toBe(6);
  });

  it('measure a step from its send, for there is no schedule that it could be late for', () => {
    const { clock, server, recorder } = runClosed({}, { vus: 1, totalMs: 60_000, iterations: 1 });
    clock.runUntil(1_000);
    clock.spend(200);
    clock.runUntil(3_000);
    expect(server.sent[1]).toMatchObject({ intendedMs: 1_200, atMs: 1_200 });
    expect(percentile(recorder.flush(false).response.second, 50) / 10).toBeCloseTo(1, 2);
  });

  it('fail all checks of a step that has no answer, but none of one that was cut off', () => {
    const steps = [{ name: 'only', url: '/', checks: [{ name: 'ok', status: 200 }] }];
    const checksOf = (reply: Reply, gracefulStopMs: number) => {
      const { clock, journeys } = runClosed(
        { steps, reply: () => reply, gracefulStopMs },
        { vus: 1, totalMs: 1_000, iterations: 1 },
      );
      clock.runUntil(10_000);
      return journeys.flush(false).steps.only?.checks;
    };
    expect(checksOf({ afterMs: 10, failure: 'timeout' }, 1_000)).toEqual({ ok: { passes: 0, fails: 1 } });
    expect(checksOf({ afterMs: 60_000 }, 1_000)).toEqual({});
  });

  it('begin nothing more at the end, and finish what they have begun', async () => {
    const { clock, journeys, isFinished } = runClosed({}, { vus: 1, totalMs: 2_500 });
    clock.runUntil(2_500);
    await Promise.resolve();
    expect(isFinished()).toBe(false);
    clock.runUntil(20_000);
    await Promise.resolve();
    expect(isFinished()).toBe(true);
    expect(journeys.flush(false).iterations.visit).toEqual({ completed: 3, failed: 0, interrupted: 0 });
  });

  it('pause after a connection that failed', () => {
    const { clock, server } = runClosed(
      { reply: () => ({ afterMs: 0, failure: 'connection-refused' }) },
      { vus: 1, totalMs: 1_000 },
    );
    clock.runUntil(10_000);
    expect(server.sent).toHaveLength(100);
  });
});

describe('a virtual user', () => {
  const login = { name: 'login', method: 'POST', url: '/login?a=1', extract: { token: { jsonPath: '$.token' } } };
  const cart = {
    name: 'cart',
    url: '/cart/{{token}}',
    headers: { 'X-Token': '{{token}}' },
    body: { token: '{{token}}' },
  };
  const once = { vus: 1, totalMs: 60_000, iterations: 1 };

  it('sends what it took from an answer, escaped for its place and never as a header of its own', () => {
    const value = 'a/b "x"\r\nX-Evil: 1';
    const { clock, server } = runClosed(
      {
        steps: [login, { ...cart, method: 'PUT' }],
        reply: () => ({ afterMs: 1, body: JSON.stringify({ token: value }) }),
      },
      once,
    );
    clock.runUntil(1_000);
    const [, second] = server.sent;
    expect(second?.line).toBe(`PUT /cart/${encodeURIComponent(value)}`);
    expect(second?.head).toContain('X-Token: a/b "x" X-Evil: 1\r\n');
    expect(second?.head.split('\r\n').some((line) => line.startsWith('X-Evil'))).toBe(false);
  });

  it('follows a link on the same server, and sends no other where it leads', () => {
    const first = { name: 'first', url: '/list', extract: { next: { header: 'Link' } } };
    const lineFor = (link: string): string | undefined => {
      const { clock, server } = runClosed(
        {
          steps: [first, { name: 'second', url: '{{next}}&n={{iteration}}' }],
          reply: () => ({ afterMs: 1, headers: { link } }),
        },
        once,
      );
      clock.runUntil(1_000);
      return server.sent[1]?.line;
    };
    expect(lineFor('/list?page=2')).toBe('GET /list?page=2&n=0');
    expect(lineFor('http://127.0.0.1:3000/list?page=3')).toBe('GET /list?page=3&n=0');
    expect(lineFor('//elsewhere.test/a')).toBe('GET /%2F%2Felsewhere.test%2Fa&n=0');
    expect(lineFor('/a b\r\nX: 1?q=1')).toBe('GET /a%20bX:%201?q=1&n=0');
  });

  const redirecting = {
    name: 'login',
    method: 'POST',
    url: '/login',
    body: 'a=1',
    checks: [{ name: 'home', status: 200 }],
  };

  it('goes where an answer redirects, with its cookies, each time with a request of its own timing', () => {
    const reply = (line: string): Reply =>
      line === 'POST /login'
        ? { afterMs: 10, status: 302, headers: { location: '/home' }, setCookies: ['sid=1'] }
        : { afterMs: 30 };
    const { clock, server, recorder, journeys } = runOpen(
      { steps: [{ ...redirecting, redirects: 1 }], reply },
      { rate: 1, totalMs: 1_000 },
    );
    clock.runUntil(5_000);
    expect(server.sent.map(({ line, atMs, intendedMs }) => [line, atMs, intendedMs])).toEqual([
      ['POST /login', 0, 0],
      ['GET /home', 10, 10],
    ]);
    expect(server.sent[1]?.head).toContain('Cookie: sid=1\r\n');
    const { sent, failures, response } = recorder.flush(false);
    expect([sent, failures, response.login?.count]).toEqual([2, {}, 2]);
    expect(percentile(response.login, 1) / 10).toBeCloseTo(1, 2);
    expect(percentile(response.login, 100) / 30).toBeCloseTo(1, 2);
    const { iterations, steps } = journeys.flush(false);
    expect(iterations.visit?.completed).toBe(1);
    expect(steps.login?.checks).toEqual({ home: { passes: 1, fails: 0 } });
    const bytes = server.sent.reduce((sum, { head }) => sum + head.length, 'a=1'.length);
    expect(steps.login?.sentBytes).toBe(bytes);
  });

  it.each([
    ['is not asked to', 0, '/home', 'redirected', 1],
    ['has followed enough', 3, '/login', 'too-many-redirects', 4],
    ['would come to a host that nobody has confirmed', 3, 'http://other.test/', 'redirect-refused', 1],
  ])('does not follow a redirect where it %s', (_why, redirects, location, kind, requests) => {
    const { clock, server, recorder, dependencies } = runClosed(
      {
        steps: [{ ...redirecting, method: 'GET', body: undefined, checks: [], redirects }],
        reply: () => ({ afterMs: 1, status: 302, headers: { location } }),
      },
      once,
    );
    clock.runUntil(1_000);
    expect(server.sent).toHaveLength(requests);
    expect(recorder.flush(false).failures).toEqual({ [kind]: 1 });
    expect(dependencies.workload.redirect()).toContain(`a redirect to ${location}`);
  });

  it('ends its journey where a value is missing, or goes on where the step says so', () => {
    const reply = (): Reply => ({ afterMs: 1, body: '{}' });
    const ends = runClosed({ steps: [login, cart], reply }, once);
    ends.clock.runUntil(1_000);
    expect(ends.server.sent).toHaveLength(1);
    expect(ends.recorder.flush(false).failures).toEqual({ 'extraction-failed': 1 });
    const goesOn = runClosed({ steps: [{ ...login, onFailure: 'continue' }, cart], reply }, once);
    goesOn.clock.runUntil(1_000);
    expect(goesOn.server.sent.map(({ line }) => line)).toEqual(['POST /login?a=1', 'GET /cart/']);
    for (const { journeys } of [ends, goesOn])
      expect(journeys.flush(false).iterations.visit).toEqual({ completed: 0, failed: 1, interrupted: 0 });
  });

  it('keeps cookies where RFC 6265 sends them, and forgets them after an iteration unless told otherwise', () => {
    const steps = [
      { name: 'set', url: '/a' },
      { name: 'get', url: '/a/b', headers: { Cookie: 'own={{iteration}}; shared=mine' } },
      { name: 'elsewhere', url: '/b' },
    ];
    const setCookies = [
      'sid=1; Path=/; HttpOnly',
      'shared=theirs; Path=/',
      'deep=2; Path=/a',
      'other=3; Domain=example.com',
    ];
    const cookiesOf = (noCookiesReset: boolean): (string | undefined)[] => {
      const { clock, server } = runClosed(
        {
          steps,
          scenario: { noCookiesReset },
          reply: (line) => ({ afterMs: 1, setCookies: line.endsWith('/a') ? setCookies : [] }),
        },
        { ...once, iterations: 2 },
      );
      clock.runUntil(1_000);
      return server.sent.map(({ head }) => /^Cookie: (.*)\r$/m.exec(head)?.[1]);
    };
    const later = ['own=0; shared=mine; deep=2; sid=1', 'sid=1; shared=theirs'];
    expect(cookiesOf(false)).toEqual([undefined, ...later, undefined, later[0]?.replace('0', '1'), later[1]]);
    expect(cookiesOf(true)[3]).toBe('deep=2; sid=1; shared=theirs');
  });

  it('gives its connections back to be closed only where the scenario says so', () => {
    const releases = (noVUConnectionReuse: boolean): number => {
      const { clock, server } = runClosed({ scenario: { noVUConnectionReuse } }, { ...once, iterations: 3 });
      clock.runUntil(60_000);
      return server.released.length;
    };
    expect(releases(false)).toBe(0);
    expect(releases(true)).toBe(3);
  });

  it('fills in what is built in, of the environment, of variables and of rows', () => {
    const steps = [
      { name: 'all', url: '/{{iteration}}/{{vu}}/{{env.TENANT}}/{{size}}/{{row}}/{{uuid}}/{{random}}' },
      { name: 'again', url: '/{{size}}/{{row}}' },
    ];
    const scenario = {
      variables: { size: { min: 1, max: 1_000_000 }, row: 'variable' },
      data: [{ row: 'a' }, { row: 'b' }],
    };
    const runIt = () => {
      const { clock, server } = runClosed({ steps, scenario }, { ...once, vus: 2, iterations: 4 });
      clock.runUntil(1_000);
      return server.sent.map(({ line }) => line);
    };
    const lines = runIt();
    expect(runIt()).toEqual(lines);
    const all = lines.filter((line) => line.includes('acme'));
    expect(all.map((line) => line.split('/').slice(1, 4).join('/'))).toEqual([
      '0/1/acme',
      '1/2/acme',
      '2/1/acme',
      '3/2/acme',
    ]);
    expect(new Set(all.map((line) => line.split('/')[5]))).toEqual(new Set(['a', 'b']));
    for (const line of all)
      expect(line).toMatch(/\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\/\d+$/);
    const sizes = all.map((line) => line.split('/')[4]);
    expect(new Set(sizes).size).toBe(4);
    // The value is drawn once per iteration, so its second step has the same one.
    expect(lines.filter((line) => !line.includes('acme')).map((line) => line.split('/')[1])).toEqual(sizes);
  });
});
