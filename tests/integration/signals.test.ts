import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive } from '../../electron/system/processes';
import { Cli, type StartedCommand, workerPids } from '../support/cli';
import { descendantsOf } from '../support/descendantsOf';
import { keptLoad } from '../support/keptLoad';
import { isPosix } from '../support/platform';
import { embeddedData } from '../support/servicePlace';

const launcher = [process.execPath, resolve(import.meta.dirname, '../../scripts/proofload.mjs')];
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** How long the end of processes may be waited for, in ms: not how long it takes. */
const patience = { timeout: 20_000 };

let cli: Cli;
beforeEach(() => {
  cli = new Cli();
  // PostgreSQL, which does not run as root, must get at its data.
  chmodSync(cli.folder, 0o755);
});
afterEach(() => cli.dispose());

/** A command in a process group of its own, and how to signal all of that as a terminal and `timeout` do. */
function startGroup(args: readonly string[], program?: readonly string[]) {
  const command = cli.start(args, {}, { ownGroup: true, ...(program ? { program } : {}) });
  return { ...command, signal: (signal: NodeJS.Signals) => process.kill(-(command.child.pid ?? 0), signal) };
}

/** What a command has started, as soon as that is something. */
async function startedBy({ child }: StartedCommand): Promise<number[]> {
  const started = (): number[] => descendantsOf(child.pid ?? 0);
  await expect.poll(() => started().length, patience).toBeGreaterThan(0);
  return started();
}

/** The command line of a process. */
function commandLine(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
}

async function expectGone(pids: readonly number[]): Promise<void> {
  await expect.poll(() => pids.filter(isAlive), patience).toEqual([]);
}

async function history(): Promise<{ id: string; verdict: string | null }[]> {
  return JSON.parse((await cli.run('history', 'list', '--json')).stdout);
}

function serverPid(): number {
  return Number(readFileSync(join(embeddedData(cli.dataFolder), 'postmaster.pid'), 'utf8').split('\n')[0]);
}

const minute = ['--warmup', '0s', '--duration', '60s'];

/** Resolves when the history has a second of a run, and more than so many requests. */
async function hasRun({ stderrHas }: StartedCommand, requests = -1): Promise<void> {
  await stderrHas(/running/);
  const kept = (): boolean => {
    const load = keptLoad(cli.dataFolder);
    return load.seconds >= 1 && load.requests > requests;
  };
  await expect.poll(kept, patience).toBe(true);
}

describe.runIf(isPosix)('a signal to the whole process group', () => {
  it.each(signals)('%s: the run is stopped, audited and kept, exit 130, no process is left', async (signal) => {
    const busy = ['run', 'level-2', '--engine', 'sqlite', '--rate', '500', ...minute];
    const run = startGroup([...busy, '--out', cli.file('run.json')]);
    await hasRun(run, 700);
    const started = await startedBy(run);
    run.signal(signal);
    expect((await run.done).code).toBe(130);
    const document = cli.document('run.json');
    expect(document).toMatchObject({
      verdict: 'interrupted',
      reason: 'the run was stopped by the user.',
      integrity: { lostWrites: 0, violations: 0 },
    });
    expect(document.metrics.http_reqs.count).toBeGreaterThan(700);
    expect(document.integrity.acknowledgedWrites).toBeGreaterThan(0);
    expect(await history()).toMatchObject([{ id: document.id, verdict: 'interrupted' }]);
    expect(cli.leftovers()).toEqual([]);
    await expectGone(started);
  });

  it('a worker that is told to end by its number goes on: its coordinator alone decides', async () => {
    const run = startGroup(['run', 'level-2', '--engine', 'memory', '--warmup', '0s', '--duration', '4s']);
    await hasRun(run);
    const workers = Object.values(workerPids(run.child.pid ?? 0));
    for (const pid of workers) for (const signal of signals) process.kill(pid, signal);
    const { code, stdout } = await run.done;
    expect(stdout).not.toContain('Aborted');
    expect([0, 75, 99]).toContain(code);
  });

  it('when the terminal is closed: what can no longer be printed ends nothing', async () => {
    const run = startGroup(['run', 'level-2', '--engine', 'sqlite', ...minute, '--out', cli.file('run.json')]);
    await hasRun(run);
    run.child.stdout?.destroy();
    run.child.stderr?.destroy();
    const ended = once(run.child, 'exit');
    run.signal('SIGHUP');
    expect(await ended).toEqual([130, null]);
    expect(cli.document('run.json')).toMatchObject({ verdict: 'interrupted', integrity: { lostWrites: 0 } });
  });

  it('through the launcher, which passes on what the group has got already', async () => {
    const args = ['run', 'level-2', '--engine', 'sqlite', ...minute, '--out', cli.file('run.json')];
    const run = startGroup(args, launcher);
    await hasRun(run);
    const started = await startedBy(run);
    run.signal('SIGTERM');
    expect((await run.done).code).toBe(130);
    expect(cli.document('run.json')).toMatchObject({ verdict: 'interrupted', integrity: { lostWrites: 0 } });
    await expectGone(started);
  });

  it('a second one ends at once, and the next start keeps what was measured', async () => {
    // A server that never answers keeps a run that is stopped waiting for the last answers.
    const silent = createServer(() => {});
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const url = `http://127.0.0.1:${port}/`;
    const run = startGroup(['run', 'level-2', '--url', url, ...minute, '--out', cli.file('run.json')]);
    await hasRun(run);
    const started = await startedBy(run);
    const ended = once(run.child, 'exit');
    run.signal('SIGINT');
    await run.stderrHas(/waiting for the last responses/);
    // A second wish is one that comes later than what launchers pass on: it is repeated until it is heard.
    const again = setInterval(() => run.signal('SIGINT'), 100);
    const [code] = await ended;
    clearInterval(again);
    expect(code).toBe(130);
    // Had it come to its end in order, there would be a document.
    expect(readFileSync(cli.file('run.json'), 'utf8')).toBe('');
    await expectGone(started);
    expect(await history()).toMatchObject([{ verdict: 'interrupted' }]);
    silent.closeAllConnections();
    silent.close();
  });
});

describe.runIf(isPosix)('a signal to the group of any other kind of work', () => {
  const memory = ['--engine', 'memory'];
  const variants = ['--variants', 'memory,sqlite', '--level', 'level-0', '--pairs', '2', '--duration', '60s'];

  it.each([
    ['a run that seeds its store', ['run', 'level-2', '--engine', 'sqlite-json', ...minute], 'stderr', /seeding/],
    ['a run in its warm-up', ['run', 'level-2', ...memory, '--warmup', '3m'], 'stderr', /warming up {2}/],
    ['a capacity search', ['capacity', ...memory, '--warmup', '0s'], 'stderr', /req\/s answered, P95/],
    ['a climb', ['climb', ...memory, '--duration', '20s', '--warmup', '0s'], 'stderr', /running/],
    ['an experiment', ['experiment', ...variants], 'stderr', /1 of 4/],
    ['a decision between options', ['options', ...variants, '--no-capacity'], 'stderr', /conformance|1 of 4/],
    ['a conformance suite', ['conformance', '--engine', 'sqlite'], 'stdout', /ok/],
    ['a calibration', ['calibrate'], 'stderr', /measuring the generator overhead/],
  ] as const)('%s: exit 130, no process and no file is left', async (_name, args, stream, text) => {
    const work = startGroup(args);
    await (stream === 'stderr' ? work.stderrHas(text) : work.stdoutHas(text));
    const started = await startedBy(work);
    work.signal('SIGTERM');
    const { code, stderr, stdout } = await work.done;
    expect(code, `${stdout}${stderr}`).toBe(130);
    expect(`${stdout}${stderr}`).not.toContain('process ended');
    await expectGone(started);
    if (existsSync(join(cli.dataFolder, 'work'))) expect(cli.leftovers()).toEqual([]);
  });

  it('the service: it was there until somebody ends it, exit 0', async () => {
    const service = startGroup(['serve', 'level-0', ...memory, '--port', '0']);
    await service.stdoutHas(/http:/);
    const started = await startedBy(service);
    service.signal('SIGHUP');
    expect((await service.done).code).toBe(0);
    await expectGone(started);
    expect(cli.leftovers()).toEqual([]);
  });
});

describe.runIf(isPosix)('the embedded PostgreSQL', () => {
  const onPostgres = ['run', 'level-0', '--engine', 'postgres', ...minute, '--out'];

  it('serves a run that a signal to the group has stopped until that is audited, and ends with it', async () => {
    const run = startGroup([...onPostgres, cli.file('run.json')]);
    await hasRun(run);
    const server = serverPid();
    run.signal('SIGINT');
    const { code, stderr } = await run.done;
    expect(code, stderr).toBe(130);
    expect(cli.document('run.json').integrity).toMatchObject({ lostWrites: 0, violations: 0 });
    await expectGone([server]);
  });

  it('ends by itself when the command is killed by SIGKILL', async () => {
    const run = startGroup([...onPostgres, cli.file('run.json')]);
    await hasRun(run);
    const started = await startedBy(run);
    expect(started).toContain(serverPid());
    run.child.kill('SIGKILL');
    await run.done;
    await expectGone(started);
    expect(await history()).toMatchObject([{ verdict: 'interrupted' }]);
  });

  it.each([
    ['the process that watches over it', 'postgres.js', 'the process that watches over PostgreSQL ended'],
    ['it', 'bin/postgres', 'the embedded PostgreSQL ended'],
  ])(
    'when %s is killed by SIGKILL, nothing is left and the run says why it is aborted',
    async (_who, program, reason) => {
      const run = startGroup([...onPostgres, cli.file('run.json')]);
      await hasRun(run);
      const started = await startedBy(run);
      expect(started).toContain(serverPid());
      const victim = started.find((pid) => commandLine(pid).includes(program));
      process.kill(victim ?? 0, 'SIGKILL');
      expect((await run.done).code).toBe(1);
      expect(cli.document('run.json')).toMatchObject({ verdict: 'aborted', reason: expect.stringContaining(reason) });
      await expectGone(started);
    },
  );
});
