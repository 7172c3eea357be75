import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runConformance } from '../../electron/app/conformance/runConformance';
import { childProcessHost } from '../../electron/hosting/childProcessHost';
import type { Database } from '../../electron/run/runContract';
import { documentOf, fields } from '../../electron/service/conformance/conformanceCheck';
import { untimed } from '../../electron/service/serverTiming';
import { databaseName } from '../../electron/service/storage/mongodb/databaseNote';
import { openEngine } from '../../electron/service/storage/openEngine';
import { engineConfig } from '../../shared/engines/config';
import type { ConformanceReport } from '../../shared/engines/conformance';
import { Cli, workerPids } from '../support/cli';
import { keptLoad } from '../support/keptLoad';
import { MongoDouble } from '../support/mongoDouble/process';

const workers = childProcessHost(resolve(import.meta.dirname, '../../out/main'));
/** The URL of a real MongoDB for the same suite. */
const realUrl = process.env.TEST_MONGODB_URL;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'proofload-mongo-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function suite(id: string, options: Record<string, unknown>, database: Database): Promise<ConformanceReport> {
  return runConformance(id, engineConfig('mongodb', options), 1, {
    workers,
    workFolder: folder,
    database,
    onResult: () => {},
    signal: new AbortController().signal,
    now: () => new Date(0),
    crashes: 4,
  });
}

function unwanted({ checks }: ConformanceReport): string[] {
  return checks.flatMap(({ id, status, evidence }) =>
    status === 'passed' ? [] : [`${id}: ${status}: ${evidence[0]}`],
  );
}

describe('mongodb on the wire-protocol test double', () => {
  let double: MongoDouble;
  beforeAll(async () => {
    double = await MongoDouble.start(folder);
  });
  afterAll(() => double.kill());

  it.each([{}, { writeConcern: '1', journal: false, poolSize: 4 }])(
    'passes the suite with %j, kill -9 of the server included, and says what it ran on',
    async (options) => {
      const report = await suite(`double-${Object.keys(options).length}`, options, {
        place: { url: double.url },
        server: double,
      });
      expect(unwanted(report)).toEqual([]);
      expect(report).toMatchObject({
        backend: 'MongoDB wire-protocol test double',
        isTestDouble: true,
        conforms: true,
      });
    },
    120_000,
  );

  it('never passes a run, and never has its figures called MongoDB', async () => {
    const cli = new Cli();
    const args = [
      'run',
      'level-0',
      '--engine',
      'mongodb',
      '--database-url',
      double.url,
      '--duration',
      '1s',
      '--warmup',
      '0s',
    ];
    const { code, stdout, stderr } = await cli.run(...args, '--out', cli.file('run.json'));
    expect(code, stderr).toBe(75);
    const document = cli.document('run.json');
    expect(document.verdict).toBe('inconclusive');
    expect(document.integrity).toMatchObject({ violations: 0, lostWrites: 0 });
    expect(document.trust.find(({ check }) => check === 'real-backend')).toMatchObject({ ok: false });
    expect(stdout).toContain('say nothing about the real server');
    const [listed] = JSON.parse((await cli.run('history', 'list', '--json')).stdout);
    expect(listed.target).toBe('mongodb test double');
    expect((await cli.run('conformance', '--engine', 'mongodb')).stderr).toContain('no MongoDB server is configured');
    cli.dispose();
  });

  it('loses the databases of killed work at the next start that may use the server, and none that is in use', async () => {
    const cli = new Cli();
    const server = ['--engine', 'mongodb', '--database-url', double.url];
    const client = await MongoClient.connect(double.url);
    const exists = async (id: string): Promise<boolean> =>
      (await client.db(databaseName(id)).collection('documents').findOne()) !== null;
    const works = (): string[] => cli.leftovers().filter((name) => !name.endsWith('.lease'));
    const serve = async () => {
      const before = existsSync(join(cli.dataFolder, 'work')) ? works() : [];
      const { child, done, stdoutHas } = cli.start(['serve', 'level-0', ...server, '--port', '0']);
      await stdoutHas(/http:/);
      return { child, done, id: works().find((id) => !before.includes(id)) ?? '' };
    };
    const killed = await serve();
    killed.child.kill('SIGKILL');
    await killed.done;
    const used = await serve();
    expect([await exists(killed.id), await exists(used.id)]).toEqual([false, true]);
    expect(works()).toEqual([used.id]);

    // A run that loses its service in the middle has nobody left to drop its database.
    const run = cli.start(['run', 'level-2', ...server, '--warmup', '0s', '--duration', '60s']);
    await run.stderrHas(/running/);
    await expect.poll(() => keptLoad(cli.dataFolder).seconds, { timeout: 20_000 }).toBeGreaterThanOrEqual(1);
    process.kill(workerPids(run.child.pid ?? 0).target, 'SIGKILL');
    await run.done;
    const [lost = ''] = works().filter((id) => id !== used.id);
    // A look at the history connects to no server.
    await cli.run('history', 'list');
    expect(await exists(lost)).toBe(true);
    await cli.run('run', 'level-0', ...server, '--duration', '1s', '--warmup', '0s');
    expect([await exists(lost), await exists(used.id)]).toEqual([false, true]);
    used.child.kill('SIGTERM');
    await used.done;
    expect(await exists(used.id)).toBe(false);
    expect(cli.leftovers()).toEqual([]);
    await client.close();
    cli.dispose();
  });

  it('gives up an operation that the server does not answer in time, and goes on when it does', async () => {
    const config = engineConfig('mongodb', { timeoutMs: 300 });
    const engine = await openEngine(config, { folder, namespace: 'frozen', url: double.url });
    await engine.insert(documentOf('tenant', 'd1'), untimed);
    double.freeze();
    const read = expect(engine.get({ tenant: 'tenant', id: 'd1' }, untimed)).rejects;
    await read.toMatchObject({ name: 'StorageError', kind: expect.stringMatching(/^(timeout|unavailable)$/) });
    double.thaw();
    const update = engine.update({ tenant: 'tenant', id: 'd1' }, fields({ title: 'after' }), 2_000, untimed);
    expect(await update).toMatchObject({ version: 2, title: 'after' });
    await engine.drop();
  });

  it('says what is wrong with a URL that leads nowhere', async () => {
    await expect(
      openEngine(engineConfig('mongodb'), { folder, namespace: 'none', url: 'mongodb://127.0.0.1:1/' }),
    ).rejects.toMatchObject({ name: 'StorageError', kind: 'unavailable' });
  });
});

describe.skipIf(!realUrl)('mongodb on a real server', () => {
  it('passes the suite', async () => {
    const report = await suite('real', {}, { place: { url: realUrl ?? '' }, server: undefined });
    expect(unwanted(report).filter((line) => !line.includes('not-'))).toEqual([]);
    expect(report.isTestDouble).toBe(false);
  }, 300_000);
});
