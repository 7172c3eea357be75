import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cli } from '../support/cli';
import { expectNothingOfTheGenerator } from '../support/drivenRuns';
import { isPosix } from '../support/platform';
import { startShop } from '../support/shop';

const artillery = process.env.PROOFLOAD_TEST_ARTILLERY ?? '';
const driven = ['--driver', 'artillery', '--artillery', artillery];

/** A journey whose steps depend on each other; its last step has a check that fails. */
const visit = {
  schema: 'proofload.scenario/1',
  id: 'visit',
  name: 'Visit',
  load: { executor: 'per-vu-iterations', vus: 40, iterations: 1 },
  variables: { user: 'ann' },
  journeys: [
    {
      name: 'visit',
      steps: [
        { name: 'login page', url: '/login', extract: { csrf: { regex: 'name="csrf" value="([^"]+)"' } } },
        {
          name: 'login',
          method: 'POST',
          url: '/login',
          body: 'user={{user}}&csrf={{csrf}}',
          checks: [{ status: 302 }, { name: 'sends on', header: 'Location', equals: '/products' }],
        },
        { name: 'products', url: '/products', checks: [{ name: 'first page', jsonPath: '$.page', equals: 1 }] },
        {
          name: 'missing',
          url: '/orders/none',
          checks: [
            { name: 'is an order', jsonPath: '$.state' },
            { name: 'is no order', jsonPath: '$.state', exists: false },
          ],
        },
      ],
    },
  ],
  thresholds: { http_req_failed: ['rate<0.9'], checks: ['rate<1'], http_req_duration: ['p(95)<60000'] },
};

describe.runIf(isPosix)('a run that Artillery makes', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  it('goes through journeys, counts their checks by name and fails where one does', async () => {
    const shop = await startShop();
    try {
      writeFileSync(cli.file('visit.json'), JSON.stringify(visit));
      const out = ['--url', shop.url, '--warmup', '0s', '--out', cli.file('run.json')];
      await cli.run('run', cli.file('visit.json'), ...driven, ...out);
      const document = cli.document('run.json');
      expectNothingOfTheGenerator(document);
      const { metrics, checks } = document;
      expect(shop.counts.logins).toBe(40);
      expect(metrics.http_reqs.count).toBe(160);
      expect(metrics.errors).toEqual({ 'check-failed': 40 });
      expect(metrics.by_journey?.visit).toMatchObject({ completed: 0, failed: 40, interrupted: 0 });
      expect(checks?.map(({ check, passes, fails }) => [check, passes, fails])).toEqual([
        ['status is 302', 40, 0],
        ['sends on', 40, 0],
        ['first page', 40, 0],
        ['is an order', 0, 40],
        ['is no order', 40, 0],
      ]);
      expect(metrics.data_by_operation ?? {}).toEqual({});
    } finally {
      await shop.close();
    }
  }, 120_000);

  it('has virtual users that go on until its end, and is stopped as any other', async () => {
    const shop = await startShop();
    try {
      const [first] = visit.journeys[0]?.steps ?? [];
      writeFileSync(
        cli.file('users.json'),
        JSON.stringify({
          ...visit,
          load: { executor: 'constant-vus', vus: 3, duration: '60s' },
          journeys: [{ name: 'look', steps: [first, { thinkTime: '50ms' }] }],
          thresholds: {},
        }),
      );
      const args = ['run', cli.file('users.json'), '--url', shop.url, '--warmup', '0s', '--out', cli.file('run.json')];
      const { child, done, stderrHas } = cli.start([...args, ...driven]);
      // Samples count a second late: before that a run that is stopped has none.
      await stderrHas(/running.* [\d.,]*[1-9][\d.,]* req\/s/);
      child.kill('SIGINT');
      expect((await done).code).toBe(130);
      const { verdict, metrics } = cli.document('run.json');
      expect(verdict).toBe('interrupted');
      expect(metrics.http_reqs.count).toBeGreaterThan(0);
    } finally {
      await shop.close();
    }
  }, 120_000);

  it('is refused without the tool, for what the tool would do unasked, and for hosts that nobody has confirmed', async () => {
    const missing = await cli.run('run', 'level-2', '--driver', 'artillery', '--artillery', cli.file('none'));
    expect(missing.code).toBe(2);
    expect(missing.stderr).toMatch(/none is not a command\n.*--artillery FILE/);
    const other = await cli.run('run', 'level-2', '--driver', 'k6', '--k6', process.execPath);
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(/does not report its version|is not k6/);
    const unused = await cli.run('run', 'level-2', '--artillery', artillery);
    expect(unused.stderr).toContain('--artillery needs --driver artillery');
    const follows = { ...visit, journeys: [{ name: 'a', steps: [{ url: '/login', redirects: 3 }] }], thresholds: {} };
    writeFileSync(cli.file('follows.json'), JSON.stringify(follows));
    const refused = await cli.run('run', cli.file('follows.json'), '--url', 'http://127.0.0.1:1/', ...driven);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('Artillery follows redirects to servers that nobody has confirmed');
    const remote = await cli.run('run', 'level-2', '--url', 'http://192.0.2.1/', ...driven);
    expect(remote.code).toBe(2);
    expect(remote.stderr).toContain('192.0.2.1');
  }, 120_000);
});

/** A real k6, or the stand-in for one, which sends nothing (tests/support/k6StandIn.mjs). */
const realK6 = process.env.PROOFLOAD_TEST_K6;
const k6 = realK6 ?? resolve('tests/support/k6StandIn.mjs');

describe.runIf(isPosix).each(realK6 === undefined ? ['the stand-in for k6'] : ['k6'])('a run that %s makes', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  function start(plan: object, ...options: string[]) {
    const args = ['run', 'level-2', '--engine', 'memory', '--driver', 'k6', '--k6', k6, '--out', cli.file('run.json')];
    return cli.start([...args, ...options], { PROOFLOAD_K6_STAND_IN: JSON.stringify(plan) });
  }

  it.each([1, 2])('is saved as a run of ours, made by %i processes', async (processes) => {
    const plan = { rate: 200, durationMs: 4_000, warmupMs: 1_000 };
    const length = ['--duration', '4s', '--warmup', '1s', '--processes', String(processes)];
    const { code, stderr } = await start(plan, ...length).done;
    expect([75, 99], stderr).toContain(code);
    const { driver, metrics, intervals, trust } = cli.document('run.json');
    expect(driver?.tool).toBe('k6');
    expect(metrics.http_reqs.count).toBeGreaterThanOrEqual(800 * 0.98);
    expect(metrics.http_reqs.count).toBeLessThanOrEqual(800 * 1.02);
    expect(intervals.filter(({ isDraining }) => !isDraining)).toHaveLength(4);
    expect(intervals.every(({ inFlight, generatorGcMs }) => inFlight === null && generatorGcMs === null)).toBe(true);
    expect(metrics.phases.http_req_waiting?.count).toBe(metrics.http_req_duration.count);
    expect(metrics.send_lateness.count).toBe(0);
    expect(trust.map(({ check }) => check)).toContain('generator-unknown');
  });

  it.skipIf(realK6 !== undefined)(
    'has its failures by kind, and says with which code it ended',
    async () => {
      const failing = await start({ rate: 100, durationMs: 2_000, failEvery: 10 }, '--duration', '2s', '--warmup', '0s')
        .done;
      expect([75, 99], failing.stderr).toContain(failing.code);
      expect(cli.document('run.json').metrics.errors).toEqual({ 'status-503': 20 });

      const thrown = await start({ code: 107, complaint: 'level=error msg="x is not defined"' }).done;
      expect(thrown.code).toBe(1);
      expect(thrown.stderr).toMatch(/k6 ended with code 107: its script threw an exception.*x is not defined/);

      const begun = { rate: 100, durationMs: 2_000, code: 108, complaint: 'enough' };
      const aborted = await start(begun, '--duration', '2s', '--warmup', '0s').done;
      expect(aborted.code).toBe(1);
      const document = cli.document('run.json');
      expect(document.verdict).toBe('aborted');
      expect(document.reason).toMatch(/code 108: its script aborted the run.*enough/);
      expect(document.metrics.http_reqs.count).toBeGreaterThanOrEqual(100);

      const old = await start({ version: '0.30.0' }).done;
      expect(old.code).toBe(2);
      expect(old.stderr).toContain('k6 0.30.0 is too old');
    },
    60_000,
  );

  it('ends at once when a threshold fails that ends it, and when it is stopped', async () => {
    const plan = { rate: 100, durationMs: 30_000, failEvery: 2 };
    const length = ['--duration', '30s', '--warmup', '0s'];
    const { child, done, stderrHas } = start(plan, ...length);
    await stderrHas(/running/);
    child.kill('SIGINT');
    expect((await done).code).toBe(130);
    expect(cli.document('run.json').verdict).toBe('interrupted');
    if (realK6 !== undefined) return;
    writeFileSync(
      cli.file('strict.json'),
      JSON.stringify({
        schema: 'proofload.scenario/1',
        id: 'strict',
        name: 'Strict',
        load: { executor: 'constant-arrival-rate', rate: 100, duration: '30s' },
        thresholds: { http_req_failed: [{ threshold: 'rate<0.01', abortOnFail: true, delayAbortEval: '1s' }] },
      }),
    );
    const args = ['run', cli.file('strict.json'), '--url', 'http://127.0.0.1:1/', '--driver', 'k6', '--k6', k6];
    const strict = await cli.start([...args, '--out', cli.file('run.json')], {
      PROOFLOAD_K6_STAND_IN: JSON.stringify(plan),
    }).done;
    expect(strict.code).toBe(99);
    expect(cli.document('run.json')).toMatchObject({
      verdict: 'failed',
      reason: expect.stringContaining('ended the run'),
    });
  }, 60_000);
});
