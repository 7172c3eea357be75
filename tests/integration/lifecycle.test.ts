import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../shared/run/verdict';
import type { Cli } from '../support/cli';
import type { Shop } from '../support/shop';
import { beforeEachWithShop } from '../support/shopTests';

const loginSteps = [
  { name: 'login page', url: '/login', extract: { csrf: { regex: 'name="csrf" value="([^"]+)"' } } },
  { name: 'login', method: 'POST', url: '/login', body: 'user=ann&csrf={{csrf}}', checks: [{ status: 302 }] },
];
const token = { name: 'token', url: '/token', extract: { token: { jsonPath: '$.access_token' } } };
const headers = { Authorization: 'Bearer {{token}}' };
const account = {
  name: 'account',
  url: '/account',
  headers,
  checks: [{ name: 'is ours', jsonPath: '$.user', equals: 'ann' }],
};

describe('setup and teardown', () => {
  let cli: Cli;
  let shop: Shop;
  let asked: string[];
  beforeEachWithShop((...own) => {
    [cli, shop] = own;
    asked = [];
    shop.server.on('request', ({ method, url }) => asked.push(`${method} ${url}`));
  });

  function argsOf(overrides: object): string[] {
    const scenario = {
      schema: 'proofload.scenario/1',
      id: 'accounts',
      name: 'Accounts',
      load: { executor: 'per-vu-iterations', vus: 2, iterations: 5 },
      processes: 2,
      setup: { steps: [...loginSteps, token] },
      journeys: [{ name: 'visit', steps: [account] }],
      teardown: { steps: [{ name: 'last', url: '/account?last={{token}}', headers }] },
      ...overrides,
    };
    writeFileSync(cli.file('scenario.json'), JSON.stringify(scenario));
    return ['run', cli.file('scenario.json'), '--url', shop.url, '--warmup', '0s', '--out', cli.file('run.json')];
  }

  it('are made once, and all load processes have what the setup has extracted', async () => {
    const { code, stderr } = await cli.run(...argsOf({}));
    expect([exitCodes.passed, exitCodes.inconclusive], stderr).toContain(code);
    const { metrics, checks, log } = cli.document('run.json');
    expect(shop.counts.logins).toBe(1);
    expect(asked.slice(0, 3)).toEqual(['GET /login', 'POST /login', 'GET /token']);
    expect(asked.slice(3, -1)).toEqual(Array.from({ length: 10 }, () => 'GET /account'));
    expect(asked.at(-1)).toMatch(/^GET \/account\?last=token-\d+$/);
    // Nothing of them is measured.
    expect(metrics.http_reqs.count).toBe(10);
    expect(Object.keys(metrics.by_operation)).toEqual(['account']);
    expect(checks).toMatchObject([{ check: 'is ours', passes: 10, fails: 0 }]);
    const lines = log.map(({ message }) => message).join('\n');
    expect(lines).toMatch(/setup: 3 requests in/);
    expect(lines).toMatch(/teardown: 1 request in/);
    expect(JSON.stringify(cli.document('run.json'))).not.toMatch(/token-\d/);
  });

  it('a setup that fails ends the run without a load, and says at which step', async () => {
    const wrong = { ...token, checks: [{ name: 'is there', jsonPath: '$.refresh', exists: true }] };
    const { code, stderr } = await cli.run(...argsOf({ setup: { steps: [...loginSteps, wrong] } }));
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /the setup failed, and nothing was loaded: token: check-json-path; is there: there is no \$\.refresh/,
    );
    expect(stderr).not.toMatch(/token-\d/);
    expect(asked).toEqual(['GET /login', 'POST /login', 'GET /token']);
  });

  it('a setup that takes too long has failed', async () => {
    const { server } = shop;
    const [answer] = server.listeners('request');
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      if (request.url !== '/hangs') answer?.call(server, request, response);
    });
    const journeys = [{ name: 'visit', steps: [{ url: '/login' }] }];
    const setup = { steps: [{ url: '/hangs' }], timeout: '300ms' };
    const { code, stderr } = await cli.run(...argsOf({ setup, journeys, teardown: undefined }));
    expect(code).toBe(1);
    expect(stderr).toContain('it took longer than 300ms');
  });

  it('a teardown comes after a load that was stopped, and one that fails changes nothing but the log', async () => {
    const load = { executor: 'constant-vus', vus: 1, duration: '5m' };
    const command = cli.start(argsOf({ load, teardown: { steps: [{ name: 'gone', url: '/nowhere' }] } }));
    await command.stderrHas(/running/);
    command.child.kill('SIGINT');
    const { code } = await command.done;
    expect(code).toBe(exitCodes.interrupted);
    expect(asked.at(-1)).toBe('GET /nowhere');
    const { verdict, log } = cli.document('run.json');
    expect(verdict).toBe('interrupted');
    expect(log.map(({ message }) => message).join('\n')).toMatch(/The teardown failed: gone: redirected/);
  });

  it('a teardown comes also where the load could not begin', async () => {
    const nobody = { steps: [{ url: 'http://127.0.0.1:1/' }], name: 'visit' };
    const { code, stderr } = await cli.run(...argsOf({ journeys: [nobody] }));
    expect(code).toBe(1);
    expect(stderr).toContain('127.0.0.1:1');
    expect(asked.at(-1)).toMatch(/^GET \/account\?last=token-\d+$/);
  });

  it('a teardown comes after a load that was aborted', async () => {
    writeFileSync(cli.file('users.csv'), 'name\nann\n');
    const dataFiles = [{ name: 'users', file: 'users.csv', mode: 'once', whenExhausted: 'fail' }];
    const visit = { ...account, url: '/account?user={{users.name}}' };
    const { code } = await cli.run(...argsOf({ dataFiles, journeys: [{ name: 'visit', steps: [visit] }] }));
    expect(code).toBe(exitCodes.aborted);
    expect(asked.at(-1)).toMatch(/^GET \/account\?last=token-\d+$/);
  });
});
