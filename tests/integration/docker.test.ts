import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isAlive } from '../../electron/system/processes';
import { Cli, type StartedCommand } from '../support/cli';
import { isPosix } from '../support/platform';

const length = ['--duration', '2s', '--warmup', '0s'];
const load = { rate: 100, durationMs: 2_000 };

/** A journey with a secret and a variable of the environment. */
const visit = {
  schema: 'proofload.scenario/1',
  id: 'visit',
  name: 'Visit',
  load: { executor: 'constant-arrival-rate', rate: 100, duration: '2s' },
  journeys: [
    { name: 'visit', steps: [{ name: 'read', url: '/{{env.TENANT}}', headers: { 'X-Key': '{{secret.KEY}}' } }] },
  ],
};

describe.runIf(isPosix)('a run that k6 makes in Docker, of both the stand-ins', () => {
  let cli: Cli;
  let commands: string;
  beforeEach(() => {
    cli = new Cli();
    commands = cli.file('commands');
    mkdirSync(commands);
    symlinkSync(resolve('tests/support/dockerStandIn.mjs'), join(commands, 'docker'));
  });
  afterEach(() => cli.dispose());

  function start(args: readonly string[], docker: object = {}, env: NodeJS.ProcessEnv = {}): StartedCommand {
    const more = ['--driver', 'k6', '--docker', '--out', cli.file('run.json')];
    return cli.start(['run', ...args, ...more], {
      PATH: `${commands}${delimiter}${process.env.PATH}`,
      PROOFLOAD_DOCKER_STAND_IN: JSON.stringify({ folder: commands, ...docker }),
      PROOFLOAD_K6_STAND_IN: JSON.stringify(load),
      ...env,
    });
  }

  /** The commands of Docker so far. */
  function started(): string[][] {
    const lines = readFileSync(join(commands, 'commands.jsonl'), 'utf8').trim().split('\n');
    return lines.map((line) => z.array(z.string()).parse(JSON.parse(line)));
  }

  it('is a run as any other, by the image that is named in it', async () => {
    const { code, stderr } = await start(['level-2', '--engine', 'memory', '--processes', '2', ...length]).done;
    expect([75, 99], stderr).toContain(code);
    const { driver, metrics, intervals, trust, id } = cli.document('run.json');
    expect(driver).toEqual({ tool: 'k6', version: '1.0.0', image: 'grafana/k6:2.2.0' });
    expect(metrics.http_reqs.count).toBeGreaterThanOrEqual(200 * 0.98);
    // The processes of a container are no other programs.
    expect(intervals.every(({ otherCpuShare }) => otherCpuShare === null)).toBe(true);
    expect(trust.find(({ check }) => check === 'other-load')?.message).toContain('a container generated the load');
    const runs = started().filter((args) => args.includes('--name'));
    expect(runs.map((args) => args[args.indexOf('--name') + 1]).sort()).toEqual([
      `proofload-${id}-0`,
      `proofload-${id}-1`,
    ]);
    expect(started().map(([command]) => command)).toEqual(['context', 'info', 'run', 'run', 'run']);
  }, 60_000);

  it('gets its secrets and variables, no other ones, and none of the values by an argument', async () => {
    writeFileSync(cli.file('visit.json'), JSON.stringify(visit));
    const env = {
      PROOFLOAD_SECRET_KEY: 'value-of-the-key',
      PROOFLOAD_ENV_TENANT: 'acme',
      BASE_URL: 'http://elsewhere.test',
      HTTP_PROXY: 'http://proxy.test',
    };
    const target = ['--url', 'http://127.0.0.1:1/', '--warmup', '0s'];
    const { code, stderr } = await start([cli.file('visit.json'), ...target], {}, env).done;
    expect([0, 75, 99], stderr).toContain(code);
    const given = z
      .record(z.string(), z.string())
      .parse(JSON.parse(readFileSync(join(commands, 'environment.json'), 'utf8')));
    expect(given).toMatchObject({ PROOFLOAD_SECRET_KEY: 'value-of-the-key', PROOFLOAD_ENV_TENANT: 'acme' });
    expect(given.HTTP_PROXY).toBe('');
    expect(given.BASE_URL).toBeUndefined();
    expect(JSON.stringify(started())).not.toMatch(/value-of-the-key|acme/);
  }, 60_000);

  it('is stopped as any other, and its container with it', async () => {
    const long = { PROOFLOAD_K6_STAND_IN: JSON.stringify({ ...load, durationMs: 60_000 }) };
    const { child, done, stderrHas } = start(
      ['level-2', '--engine', 'memory', '--duration', '60s', '--warmup', '0s'],
      {},
      long,
    );
    await stderrHas(/running.* [\d.,]*[1-9][\d.,]* req\/s/);
    child.kill('SIGINT');
    expect((await done).code).toBe(130);
    const { verdict, id } = cli.document('run.json');
    expect(verdict).toBe('interrupted');
    const container = Number(readFileSync(join(commands, `proofload-${id}-0.pid`), 'utf8'));
    expect(isAlive(container)).toBe(false);
  }, 60_000);

  it('is refused where containers have another network, for what is on this machine', async () => {
    const here = ['level-2', '--url', 'http://127.0.0.1:1/'];
    for (const docker of [{ name: 'docker-desktop' }, { isRootless: true }]) {
      const { code, stderr } = await start(here, docker).done;
      expect(code).toBe(2);
      expect(stderr).toContain(
        "127.0.0.1 is on this machine, but the containers of this Docker don't share its network",
      );
    }
    const far = await start(here, { endpoint: 'ssh://ann@load.test' }).done;
    expect(far.code).toBe(2);
    expect(far.stderr).toMatch(/starts containers on another machine \(by ssh\)/);
    expect(far.stderr).not.toContain('ann@');
    expect(
      started()
        .filter(([command]) => command === 'run')
        .every((args) => args.includes('version')),
    ).toBe(true);
  }, 60_000);

  it('says what Docker says, and is for k6 alone', async () => {
    const here = ['level-2', '--url', 'http://127.0.0.1:1/'];
    const missing = await start([...here, '--docker-image', 'shop/k6:9'], { refuses: 'pull access denied for shop/k6' })
      .done;
    expect(missing.code).toBe(2);
    expect(missing.stderr).toMatch(/docker run failed.*pull access denied for shop\/k6/);
    const option = await start([...here, '--docker-image=--privileged']).done;
    expect(option.stderr).toContain('--privileged is not the name of an image');
    const other = await start([...here, '--k6', process.execPath]).done;
    expect(other.stderr).toMatch(/'--docker' cannot be used with option '--k6/);
    const artillery = await cli.run('run', 'level-2', '--driver', 'artillery', '--docker');
    expect(artillery.stderr).toContain('--docker needs --driver k6');
    const absent = await cli.start(['run', 'level-2', '--driver', 'k6', '--docker'], { PATH: commands.slice(0, -1) })
      .done;
    expect(absent.code).toBe(2);
    expect(absent.stderr).toContain('Docker is not on the PATH');
  }, 60_000);
});
