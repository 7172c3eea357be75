import { readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../electron/sqlite/openDatabase';
import { isAlive } from '../../electron/system/processes';
import { Cli, workerPids } from '../support/cli';
import { level } from '../support/factories';
import { keptLoad } from '../support/keptLoad';
import { mountSmallDisk, type SmallDisk } from '../support/smallDisk';

let cli: Cli;
beforeEach(() => {
  cli = new Cli();
});
afterEach(() => cli.dispose());

async function history(): Promise<{ id: string; verdict: string | null }[]> {
  return JSON.parse((await cli.run('history', 'list', '--json')).stdout);
}

describe('bad input', () => {
  /** One data folder for all commands that are refused. */
  let shared: Cli;
  beforeAll(() => {
    shared = new Cli();
  });
  afterAll(() => shared.dispose());

  it.each([
    [['run', 'level-99'], 'level-99', 'level-0, level-1, level-2'],
    [['run', 'level-2', '--engine', 'punch-cards'], 'punch-cards', 'sqlite-json'],
    [['run', 'level-2', '--rate', '-5'], '--rate', 'above 0'],
    [['run', 'level-2', '--rate', 'many'], '--rate', 'above 0'],
    [['run', 'level-2', '--rate', '1e99'], 'load.rate', 'correct the named option'],
    [['run', 'level-2', '--vus', '3'], '--vus does not apply', '--rate'],
    [['run', 'level-1', '--vus', '1.5'], '--vus', 'whole number'],
    [['run', 'level-2', '--duration', 'forever'], '--duration', '30s'],
    [['run', 'level-2', '--duration', '9999h'], 'load.duration', 'longer than a day'],
    [['run', 'level-2', '--threshold', 'p(95)<50'], '--threshold', 'http_req_duration:p(95)<50'],
    [['run', 'level-2', '--threshold', 'http_req_duration:p95<50'], 'is not a threshold', 'p(95)<50'],
    [['run', 'level-2', '--port', '70000'], '--port', 'port number'],
    [['run', 'level-2', '--nonsense'], '--nonsense', '--help'],
    [['run'], 'level-or-file', '--help'],
    [['dance'], 'dance', '--help'],
    [['run', 'level-0', '-X', 'GET'], '--url', 'name the target'],
    [['run', 'level-0', '--url', 'http://127.0.0.1:1/', '--engine', 'memory'], 'exclude each other', 'leave one'],
    [['run', 'level-0', '--url', 'nonsense'], 'url', 'http://127.0.0.1'],
    [['run', 'level-0', '--url', 'http://192.0.2.1/'], '192.0.2.1 is not this machine', '--allow-remote'],
    [
      ['run', 'level-0', '--engine', 'postgres', '--database-url', 'postgres://u:p@127.0.0.1:1/db?host=0.0.0.0'],
      '0.0.0.0 is not this machine',
      '--allow-remote',
    ],
    [
      ['run', 'level-0', '--engine', 'postgres', '--database-url', 'postgres://0.0.0.0:45701?x=@127.0.0.1/'],
      '0.0.0.0 is not this machine',
      '--allow-remote',
    ],
    [
      ['run', 'level-0', '--engine', 'mongodb', '--database-url', 'mongodb+srv://cluster.test/', '--allow-remote'],
      'name service which servers there are',
      'name one server',
    ],
    [['run', 'level-0', '--out', '/no/such/folder/run.json'], '/no/such/folder', 'choose another file'],
    [['history', 'show', 'nothing'], 'there is no run nothing', 'history list'],
  ])('%j is refused with exit code 2, a reason and a remedy', async (args, reason, remedy) => {
    const { code, stderr } = await shared.run(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
    expect(stderr).toContain(remedy);
  });

  it('that was refused is not in the history', async () => {
    expect(JSON.parse((await shared.run('history', 'list', '--json')).stdout)).toEqual([]);
  });

  it('names the field of a scenario file that is wrong', async () => {
    const file = cli.file('scenario.json');
    writeFileSync(file, JSON.stringify({ ...level('level-2'), load: { ...level('level-2').load, rate: 'fast' } }));
    const wrong = await cli.run('run', file);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('load.rate')]);
    writeFileSync(file, '{ not json');
    const broken = await cli.run('run', file);
    expect([broken.code, broken.stderr]).toEqual([2, expect.stringContaining('must be JSON')]);
    const directory = await cli.run('run', cli.folder);
    expect([directory.code, directory.stderr]).toEqual([2, expect.stringContaining('cannot be read')]);
  });

  it('runs a scenario file that is right', async () => {
    const file = cli.file('scenario.json');
    writeFileSync(file, JSON.stringify({ ...level('level-0'), id: 'mine', name: 'Mine' }));
    await cli.run(
      'run',
      file,
      '--duration',
      '1s',
      '--warmup',
      '0s',
      '--engine',
      'memory',
      '--quiet',
      '--out',
      cli.file('run.json'),
    );
    expect(cli.document('run.json').scenario.name).toBe('Mine');
  });
});

describe('faults before the load', () => {
  it('a port in use: exit 2, nothing saved', async () => {
    const blocker = createServer();
    await new Promise<void>((listening) => blocker.listen(0, '127.0.0.1', listening));
    const address = blocker.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const { code, stderr } = await cli.run('run', 'level-0', '--port', String(port));
    await new Promise((closed) => blocker.close(closed));
    expect([code, stderr]).toEqual([2, expect.stringContaining(`port ${port} is already in use`)]);
    expect(await history()).toEqual([]);
    expect(cli.leftovers()).toEqual([]);
  });

  it('a target that refuses connections: exit 1, nothing saved', async () => {
    const probe = createServer();
    await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
    const address = probe.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    await new Promise((closed) => probe.close(closed));
    const { code, stderr } = await cli.run('run', 'level-0', '--url', `http://127.0.0.1:${port}/`);
    expect(code).toBe(1);
    expect(stderr).toContain('does not accept connections');
    expect(stderr).toContain('check that the service is running');
    expect(await history()).toEqual([]);
  });

  it('a data folder that cannot be used: exit 2, before anything runs', async () => {
    writeFileSync(cli.file('occupied'), '');
    const { code, stderr } = await cli.run('run', 'level-0', '--data-dir', cli.file('occupied/below'));
    expect([code, stderr]).toEqual([2, expect.stringContaining('data folder')]);
    expect(stderr).toContain('PROOFLOAD_DATA_DIR');
    const readOnly = await cli.run('run', 'level-0', '--data-dir', '/proc/proofload');
    expect([readOnly.code, readOnly.stderr]).toEqual([2, expect.stringContaining('data folder')]);
  });
});

describe('a full disk', () => {
  let disk: SmallDisk | undefined;
  beforeEach(() => {
    disk = mountSmallDisk(cli.file('disk'), '4m');
  });
  afterEach(() => disk?.unmount());

  it('while seeding: exit 1, the reason and the remedy', async (context) => {
    if (!disk) return context.skip();
    const data = ['--data-dir', join(disk.folder, 'data')];
    const { code, stderr } = await cli.run('run', 'level-0', '--engine', 'sqlite', ...data);
    expect(code).toBe(1);
    expect(stderr).toContain('the storage engine sqlite cannot be prepared: database or disk is full');
    expect(stderr).toContain('check the free space');
  });

  it('while saving: the run goes on and is shown, exit 1 says that it is not saved, earlier runs are kept', async (context) => {
    if (!disk) return context.skip();
    const data = ['--data-dir', join(disk.folder, 'data')];
    const ofMemory = ['--engine', 'memory', ...data];
    await cli.run('run', 'level-0', '--duration', '1s', '--warmup', '0s', '--quiet', ...ofMemory);
    // Long enough to fill the disk meanwhile, on any machine.
    const load = ['--warmup', '0s', '--rate', '60', '--duration', '10s', '--out', cli.file('run.json')];
    const { child, done, stderrHas } = cli.start(['run', 'level-2', ...load, ...ofMemory]);
    await stderrHas(/running/);
    disk.fill();
    const { code, stderr } = await done;
    expect(child.exitCode).toBe(code);
    expect(code).toBe(1);
    expect(stderr).toContain('the run is not being saved');
    expect(cli.document('run.json').metrics.http_reqs.count).toBe(600);
    disk.makeRoom();
    const list = JSON.parse((await cli.run('history', 'list', '--json', ...data)).stdout);
    expect(list.map(({ scenarioId }: { scenarioId: string }) => scenarioId)).toEqual(['level-2', 'level-0']);
    expect(list[1].verdict).not.toBeNull();
  });
});

describe('faults in mid-run', () => {
  /** A run of a minute, when the history has two seconds and 700 requests of it. */
  async function underLoad(engine: string) {
    const minute = ['--rate', '500', '--warmup', '0s', '--duration', '60s', '--out', cli.file('run.json')];
    const { child, done, stderrHas } = cli.start(['run', 'level-2', '--engine', engine, ...minute]);
    await stderrHas(/running/);
    const kept = (): boolean => {
      const { seconds, requests } = keptLoad(cli.dataFolder);
      return seconds >= 2 && requests > 700;
    };
    await expect.poll(kept, { timeout: 20_000 }).toBe(true);
    return { child, done };
  }

  it.each([
    ['target', 'the service process ended'],
    ['load', 'the load process ended'],
  ] as const)('a killed %s process: aborted, exit 1, what was measured is kept', async (kind, reason) => {
    const { child, done } = await underLoad('memory');
    const pids = workerPids(child.pid ?? 0);
    process.kill(pids[kind], 'SIGKILL');
    const { code, stdout } = await done;
    expect(code).toBe(1);
    expect(stdout).toContain(`Aborted: ${reason}`);
    const document = cli.document('run.json');
    expect(document).toMatchObject({ verdict: 'aborted', reason: expect.stringContaining('SIGKILL') });
    expect(document.intervals.length).toBeGreaterThanOrEqual(2);
    expect(document.metrics.http_reqs.count).toBeGreaterThan(700);
    expect(document.integrity.lostWrites).toBeNull();
    expect(await history()).toMatchObject([{ id: document.id, verdict: 'aborted' }]);
    expect([pids.target, pids.load].map(isAlive)).toEqual([false, false]);
    expect(cli.leftovers()).toEqual([]);
  });

  it('a killed app: its workers end, and the next start lists the run as interrupted with its seconds', async () => {
    const { child, done } = await underLoad('sqlite');
    const pids = workerPids(child.pid ?? 0);
    child.kill('SIGKILL');
    await done;
    const { stderr } = await cli.run('history', 'list');
    const [run] = await history();
    expect(run).toMatchObject({ verdict: 'interrupted' });
    expect(stderr).toBe(`unfinished runs are saved as interrupted: ${run?.id}\n`);
    expect(cli.leftovers()).toEqual([]);
    const document = JSON.parse((await cli.run('history', 'show', run?.id ?? '', '--json')).stdout);
    expect(document.intervals.length).toBeGreaterThanOrEqual(2);
    expect(document.metrics.http_req_duration.count).toBeGreaterThan(700);
    await expect.poll(() => [pids.target, pids.load].map(isAlive), { timeout: 10_000 }).toEqual([false, false]);
  });

  it('Ctrl-C: interrupted, exit 130, what was measured is audited and kept', async () => {
    const { child, done } = await underLoad('sqlite');
    child.kill('SIGINT');
    const { code } = await done;
    expect(code).toBe(130);
    const document = cli.document('run.json');
    expect(document).toMatchObject({ verdict: 'interrupted', integrity: { lostWrites: 0, violations: 0 } });
    expect(document.metrics.http_reqs.count).toBeGreaterThan(700);
    expect(await history()).toMatchObject([{ id: document.id, verdict: 'interrupted' }]);
  });

  it('Ctrl-C while the load is being prepared: it is not lost, exit 130', async () => {
    const { child, done, stderrHas } = cli.start(['run', 'level-2', '--engine', 'memory', '--duration', '60s']);
    await stderrHas(/listens on/);
    child.kill('SIGINT');
    expect((await done).code).toBe(130);
  });
});

describe('a look at the history', () => {
  it('leaves a run alone that measures nothing for long, with the files of its engine: it is audited as any other', async () => {
    const hour = ['--warmup', '3600s', '--duration', '60s', '--out', cli.file('run.json')];
    const { child, done, stderrHas } = cli.start(['run', 'level-2', '--engine', 'sqlite', ...hour]);
    await stderrHas(/warm-?up|warming/i);
    // As if it had written nothing for as long as there are computers.
    const database = openDatabase(join(cli.dataFolder, 'history.sqlite'));
    database.exec('UPDATE runs SET heartbeatAt = 1');
    database.close();
    const [run] = await history();
    expect(run).toMatchObject({ verdict: null });
    expect(readdirSync(join(cli.dataFolder, 'work', run?.id ?? ''))).toContain('documents.sqlite');
    child.kill('SIGINT');
    expect((await done).code).toBe(130);
    expect(cli.document('run.json')).toMatchObject({ id: run?.id, integrity: { lostWrites: 0, violations: 0 } });
    expect(await history()).toMatchObject([{ id: run?.id, verdict: 'interrupted' }]);
    expect(cli.leftovers()).toEqual([]);
  });
});

describe('proofload serve', () => {
  const serve = () => cli.start(['serve', 'level-0', '--engine', 'sqlite', '--port', '0']);

  it('that was killed leaves nothing behind after the next command, and one that goes on loses nothing', async () => {
    const killed = serve();
    await killed.stdoutHas(/http:/);
    killed.child.kill('SIGKILL');
    await killed.done;
    const left = cli.leftovers();
    expect(left).toHaveLength(2);
    const goesOn = serve();
    const url = (await goesOn.stdoutHas(/http:\S+\n/)).trim();
    await history();
    const kept = cli.leftovers();
    expect(kept).toHaveLength(2);
    expect(kept.filter((name) => left.includes(name))).toEqual([]);
    const [id = ''] = kept;
    expect(readdirSync(join(cli.dataFolder, 'work', id))).toContain('documents.sqlite');
    expect((await fetch(url)).status).toBeLessThan(500);
    goesOn.child.kill('SIGTERM');
    await goesOn.done;
    expect(cli.leftovers()).toEqual([]);
  });
});
