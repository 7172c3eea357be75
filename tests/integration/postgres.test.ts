import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddedPostgres } from '../../electron/app/databases/embeddedPostgres';
import { childProcessHost } from '../../electron/hosting/childProcessHost';
import type { WorkerHost } from '../../electron/hosting/workerHost';
import { closedFolder, serverUser } from '../../electron/postgres/serverUser';
import { documentOf, fields } from '../../electron/service/conformance/conformanceCheck';
import { checks, runCheck } from '../../electron/service/conformance/suite';
import { untimed } from '../../electron/service/serverTiming';
import { openEngine } from '../../electron/service/storage/openEngine';
import type { StorageEngine } from '../../electron/service/storage/storageEngine';
import { isAlive } from '../../electron/system/processes';
import { engineConfig } from '../../shared/engines/config';
import { conformanceReportSchema } from '../../shared/engines/conformance';
import { Cli } from '../support/cli';
import { brief, writeScenario } from '../support/scenarios';

const workers = childProcessHost(resolve(import.meta.dirname, '../../out/main'));

/** One folder of data for all servers that are started here one after the other: to make one anew takes seconds. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'proofload-postgres-'));
  // When the tests are run by root, PostgreSQL is not.
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The process of the server over the data folder. */
function serverPid(): number {
  return Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0]);
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded server', () => {
  it('is a real PostgreSQL on loopback with a password of its own, and leaves nothing when it is stopped', async () => {
    const { server, url } = await EmbeddedPostgres.start(workers, folder);
    expect(await query(url, 'show server_version')).toEqual([{ server_version: '18.4' }]);
    expect(await query(url, 'show fsync')).toEqual([{ fsync: 'on' }]);
    expect(await query(url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(statSync(join(folder, 'password')).mode & 0o777).toBe(0o600);
    const wrong = new URL(url);
    wrong.password = 'guessed';
    await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    const pid = serverPid();
    await server.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('recovers from kill -9 of all its processes, at the same address and with what was committed', async () => {
    const { server, url } = await EmbeddedPostgres.start(workers, folder);
    await query(url, 'create table committed (id integer); insert into committed values (42)');
    const pid = serverPid();
    await server.kill();
    expect(isAlive(pid)).toBe(false);
    await server.start();
    expect(await query(url, 'select id from committed')).toEqual([{ id: 42 }]);
    await server.stop();
  });

  it('is left alone by a second Proofload that wants the same data, which waits until it has stopped', async () => {
    const first = await EmbeddedPostgres.start(workers, folder);
    const giveUp = new AbortController();
    const refused = expect(EmbeddedPostgres.start(workers, folder, giveUp.signal)).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.stringContaining('in use by another Proofload'),
    });
    giveUp.abort();
    await refused;
    expect(await query(first.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    const second = EmbeddedPostgres.start(workers, folder);
    await first.server.stop();
    const { url, server } = await second;
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it('is ended by the next start when a killed Proofload has left it behind', async () => {
    let guard: number | undefined;
    const watched: WorkerHost = {
      start: (kind, handlers) => {
        const worker = workers.start(kind, handlers);
        guard = worker.pid;
        return worker;
      },
    };
    const first = await EmbeddedPostgres.start(watched, folder);
    await query(first.url, 'create table orphaned (id integer)');
    const orphan = serverPid();
    process.kill(guard ?? 0, 'SIGKILL');
    await expect(first.server.died).rejects.toThrow(/PostgreSQL/);

    const second = await EmbeddedPostgres.start(workers, folder);
    expect(isAlive(orphan)).toBe(false);
    expect(await query(second.url, 'select id from orphaned')).toEqual([]);
    await second.server.stop();
  });
});

describe('the embedded server after a restart of the machine', () => {
  let stranger: ChildProcess;
  beforeEach(() => {
    stranger = spawn(process.execPath, ['-e', "process.stdin.on('data', () => process.stdout.write('here'))"]);
  });
  afterEach(() => {
    stranger.kill('SIGKILL');
  });

  it('starts, and leaves the stranger alone that has its number now', async () => {
    const first = await EmbeddedPostgres.start(workers, folder);
    await query(first.url, 'create table restarted (id integer)');
    const lockFile = join(folder, 'data/postmaster.pid');
    const noteFile = join(folder, 'data/proofload-server.json');
    const [lock, note] = [lockFile, noteFile].map((file) => readFileSync(file, 'utf8'));
    const number = String(serverPid());
    await first.server.stop();
    for (const [file, text = ''] of [
      [lockFile, lock],
      [noteFile, note],
    ] as const)
      writeFileSync(file, text.replace(number, String(stranger.pid)));

    const second = await EmbeddedPostgres.start(workers, folder);
    expect(await query(second.url, 'select id from restarted')).toEqual([]);
    const answer = new Promise((said) => stranger.stdout?.once('data', said));
    stranger.stdin?.write('?');
    await answer;
    await second.server.stop();
    expect(stranger.signalCode).toBeNull();
  });
});

describe('PostgreSQL under the settings of the engine', () => {
  let server: EmbeddedPostgres;
  let url: string;
  beforeAll(async () => {
    ({ server, url } = await EmbeddedPostgres.start(workers, folder));
  });
  afterAll(() => server.stop());

  const variants = [
    { rowLevelSecurity: true },
    { isolation: 'serializable' },
    { isolation: 'repeatable-read', synchronousCommit: 'off', poolSize: 4 },
  ];
  describe.each(variants.map((options) => [JSON.stringify(options), options] as const))('%s', (_name, options) => {
    const config = engineConfig('postgres', options);
    let engine: StorageEngine;
    const open = (): Promise<StorageEngine> => openEngine(config, { folder, namespace: 'variant', url });
    beforeAll(async () => {
      engine = await open();
    });
    afterAll(() => engine.drop());

    it.each(checks.map((check) => [check.title, check] as const))('%s', async (_title, check) => {
      const result = await runCheck(check, { config, engine, reopen: open }, 1);
      expect(result, result.evidence.join('\n')).toMatchObject({ status: 'passed' });
    });
  });

  it('keeps tenants apart in the server itself under row-level security', async () => {
    const config = engineConfig('postgres', { rowLevelSecurity: true });
    const engine = await openEngine(config, { folder, namespace: 'rls', url });
    await engine.insert(documentOf('own', 'd1'), untimed);
    await engine.insert(documentOf('other', 'd1'), untimed);
    const client = new pg.Client({
      connectionString: url,
      options: '-c role=proofload_tenant -c search_path=proofload_run_rls',
    });
    await client.connect();
    expect((await client.query('select * from documents')).rows).toEqual([]);
    await client.query("select set_config('proofload.tenant', 'own', false)");
    expect((await client.query('select tenant from documents')).rows).toEqual([{ tenant: 'own' }]);
    await expect(client.query("update documents set tenant = 'other' where id = 'd1'")).rejects.toMatchObject({
      code: '42501',
    });
    expect((await client.query("delete from documents where tenant = 'other'")).rowCount).toBe(0);
    await client.end();
    await engine.drop();
  });

  it('makes batches that change the same documents in opposite orders: they wait for no deadlock', async () => {
    const engine = await openEngine(engineConfig('postgres'), { folder, namespace: 'crossing', url });
    await Promise.all(['a', 'b'].map((id) => engine.insert(documentOf('t', id), untimed)));
    const change = (...ids: string[]): Promise<unknown> =>
      engine.batch(
        't',
        ids.map((id) => ({ kind: 'update', id, fields: fields() })),
        1,
        untimed,
      );
    // The server would end one of two that wait for each other, as a conflict.
    const rounds = 50;
    for (let round = 0; round < rounds; round += 1) await Promise.all([change('a', 'b'), change('b', 'a')]);
    expect((await engine.get({ tenant: 't', id: 'a' }, untimed))?.version).toBe(1 + 2 * rounds);
    await engine.drop();
  });

  it('removes the schema of a run that nobody holds any more, and no other', async () => {
    const schemas = async (): Promise<unknown[]> =>
      query(url, "select nspname from pg_namespace where nspname ~ '^proofload|^mine'");
    await query(url, 'create schema proofload_run_orphan; create schema mine');
    const config = engineConfig('postgres');
    const held = await openEngine(config, { folder, namespace: 'held', url });
    const next = await openEngine(config, { folder, namespace: 'next', url });
    expect(await schemas()).toEqual(
      expect.arrayContaining(['proofload_run_held', 'proofload_run_next', 'mine'].map((nspname) => ({ nspname }))),
    );
    expect(await schemas()).toHaveLength(3);
    await next.drop();
    await held.drop();
    expect(await schemas()).toEqual([{ nspname: 'mine' }]);
  });

  it('says what is wrong with a URL that leads nowhere', async () => {
    const closed = new URL(url);
    closed.port = '1';
    await expect(
      openEngine(engineConfig('postgres'), { folder, namespace: 'none', url: closed.href }),
    ).rejects.toMatchObject({ name: 'StorageError', kind: 'unavailable' });
  });
});

describe('proofload with PostgreSQL', () => {
  it('passes its conformance suite, and runs a level on the embedded server', async () => {
    const cli = new Cli();
    chmodSync(cli.folder, 0o755);
    const { code, stdout, stderr } = await cli.run('conformance', '--engine', 'postgres', '--json');
    expect(code, `${stdout}${stderr}`).toBe(0);
    const report = conformanceReportSchema.parse(JSON.parse(stdout));
    expect(report).toMatchObject({ backend: 'PostgreSQL 18.4', isTestDouble: false, conforms: true });
    expect(report.checks.map(({ status }) => status)).toEqual(report.checks.map(() => 'passed'));

    const run = await cli.run(
      'run',
      writeScenario(cli.folder, brief),
      '--engine',
      'postgres',
      '--out',
      cli.file('run.json'),
    );
    const document = cli.document('run.json');
    expect(run.code, run.stderr).toBe(0);
    expect(document.backend).toEqual({ name: 'PostgreSQL 18.4', isTestDouble: false });
    expect(document.integrity).toMatchObject({ violations: 0, lostWrites: 0 });
    expect(document.metrics.http_reqs.count).toBe(300);
    expect(cli.leftovers()).toEqual([]);
    cli.dispose();
    // Twenty crashes of a server, which take a minute where nothing else runs.
  }, 300_000);

  // Who is not root runs all tests of this file as a plain user.
  const plainUser = process.getuid?.() === 0 ? serverUser() : undefined;
  const isReachable = closedFolder(import.meta.filename, plainUser) === undefined;
  it.runIf(plainUser !== undefined && isReachable)('runs for a plain user, under their own account', async () => {
    const cli = new Cli(plainUser);
    const args = ['run', writeScenario(cli.folder, brief), '--engine', 'postgres', '--out', cli.file('run.json')];
    const run = await cli.run(...args);
    expect(run.code, run.stderr).toBe(0);
    expect(cli.document('run.json')).toMatchObject({
      backend: { name: 'PostgreSQL 18.4' },
      integrity: { violations: 0, lostWrites: 0 },
    });
    const password = statSync(join(cli.dataFolder, 'postgres/password'));
    expect({ uid: password.uid, mode: password.mode & 0o777 }).toEqual({ uid: plainUser?.uid, mode: 0o600 });
    cli.dispose();
  });
});
