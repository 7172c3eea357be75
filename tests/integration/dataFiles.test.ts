import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../shared/run/verdict';
import type { Cli } from '../support/cli';
import type { Shop } from '../support/shop';
import { beforeEachWithShop } from '../support/shopTests';
import { startServer } from '../support/testServer';

const login = [
  { name: 'login page', url: '/login', extract: { csrf: { regex: 'name="csrf" value="([^"]+)"' } } },
  {
    name: 'login',
    method: 'POST',
    url: '/login',
    body: 'user={{users.name}}&csrf={{csrf}}',
    checks: [{ status: 302 }],
  },
];

const names = Array.from({ length: 60 }, (_, index) => `user-${index}`);

describe('data files', () => {
  let cli: Cli;
  let shop: Shop;
  beforeEachWithShop((...own) => {
    [cli, shop] = own;
    writeFileSync(cli.file('users.csv'), `\u{FEFF}id,name\r\n${names.map((name, id) => `${id},${name}\r\n`).join('')}`);
  });

  function run(users: object, overrides: object = {}, url = shop.url) {
    const scenario = {
      schema: 'proofload.scenario/1',
      id: 'logins',
      name: 'Logins',
      load: { executor: 'constant-vus', vus: 3, duration: '5m' },
      processes: 2,
      journeys: [{ name: 'visit', steps: login }],
      dataFiles: [{ name: 'users', file: 'users.csv', ...users }],
      ...overrides,
    };
    writeFileSync(cli.file('scenario.json'), JSON.stringify(scenario));
    return cli.run('run', cli.file('scenario.json'), '--url', url, '--warmup', '0s', '--out', cli.file('run.json'));
  }

  it('give each row to one iteration of all load processes, and end the load with the last', async () => {
    const { code, stderr, stdout } = await run({ mode: 'once' });
    // So few requests prove nothing: the run may be inconclusive.
    expect([exitCodes.passed, exitCodes.inconclusive], stderr).toContain(code);
    expect(shop.counts.users.toSorted()).toEqual(names.toSorted());
    const { dataFiles, metrics, log } = cli.document('run.json');
    expect(dataFiles).toEqual([
      {
        name: 'users',
        file: 'users.csv',
        mode: 'once',
        rows: 60,
        used: 60,
        wraps: 0,
        exhausted: 'stop',
        changed: false,
      },
    ]);
    expect(metrics.by_journey?.visit).toMatchObject({ completed: 60, failed: 0 });
    expect(log.map(({ message }) => message).join('\n')).toContain('users.csv: no row was left: the load stopped');
    expect(stdout).toContain('no row was left: the load stopped');
  });

  it('fail the run, or begin again, where the scenario says so', async () => {
    const failed = await run({ mode: 'once', whenExhausted: 'fail' });
    expect(failed.code).toBe(exitCodes.aborted);
    expect(cli.document('run.json')).toMatchObject({
      verdict: 'aborted',
      reason: expect.stringContaining('users.csv ran out'),
      dataFiles: [{ exhausted: 'fail' }],
    });
    const load = { executor: 'shared-iterations', vus: 2, iterations: 100 };
    await run({ mode: 'once', whenExhausted: 'wrap' }, { load });
    const { dataFiles, metrics } = cli.document('run.json');
    expect(dataFiles).toMatchObject([{ rows: 60, used: 100, exhausted: 'wrap' }]);
    expect(metrics.by_journey?.visit).toMatchObject({ completed: 100, failed: 0 });
  });

  it('have no secret of a row in what is kept, also where the service sends it back', async () => {
    writeFileSync(cli.file('users.csv'), 'name,password\nann,hunter-2-a\nbob,hunter-2-b\n');
    const echo = await startServer(({ url }, response) => {
      response.writeHead(302, { Location: `/elsewhere${url}` }).end(`no such place: ${url}`);
    });
    try {
      const steps = [
        { url: '/a?back={{users.password}}', onFailure: 'continue' },
        { url: '/b/{{users.password}}', checks: [{ name: 'is there', bodyContains: 'welcome' }] },
      ];
      const load = { executor: 'per-vu-iterations', vus: 1, iterations: 3 };
      const { stdout, stderr } = await run({}, { load, processes: 1, journeys: [{ name: 'visit', steps }] }, echo.url);
      const kept = JSON.stringify(cli.document('run.json'));
      expect(kept).toContain('elsewhere');
      expect(kept).toContain('no such place');
      expect(`${kept}${stdout}${stderr}`).not.toContain('hunter-2');
    } finally {
      await echo.close();
    }
  });

  it('are refused before anything is sent: files, columns and rows that are not there', async () => {
    writeFileSync(cli.file('empty.csv'), 'id,name\n');
    writeFileSync(cli.file('broken.csv'), 'id,name\n1,ann\n2,hunter2,x\n');
    mkdirSync(cli.file('folder'));
    const refused: [object, RegExp][] = [
      [{ file: 'none.csv' }, /none\.csv is not in the folder of the scenario file/],
      [{ file: '../users.csv' }, /is not in the folder of the scenario file/],
      [{ file: 'folder', format: 'csv' }, /is a folder/],
      [{ file: 'empty.csv' }, /empty\.csv has no rows/],
      [{ file: 'scenario.json' }, /scenario\.json, line 1: the file is not a JSON array/],
      [{ file: 'broken.csv' }, /broken\.csv, line 3: the row has another number of cells/],
    ];
    for (const [users, message] of refused) {
      const { code, stderr } = await run(users);
      expect(stderr).toMatch(message);
      expect(stderr).not.toContain('hunter2');
      expect(code, stderr).toBe(2);
    }
    writeFileSync(cli.file('users.csv'), 'id,mail\n1,a@x.test\n');
    expect((await run({})).stderr).toMatch(/users\.csv has no column name; the first line has id, mail/);
    expect(shop.counts.users).toEqual([]);
  });
});
