import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Attribution } from '../../shared/attribution/attribution';
import { cpuProfileSchema, summariseProfile } from '../../shared/profile/cpuProfile';
import { Cli } from '../support/cli';
import { startServer } from '../support/testServer';

const slowDisk = resolve(import.meta.dirname, '../../docs/guides/slow-disk.json');

describe('where the time went', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  async function attributionOf(...args: string[]): Promise<{ attribution: Attribution; stdout: string }> {
    const out = cli.file('run.json');
    const { stdout, stderr } = await cli.run('run', ...args, '--no-save', '--out', out);
    const { attribution } = cli.document('run.json');
    if (!attribution) throw new Error(`the run has no attribution: ${stderr}`);
    return { attribution, stdout };
  }

  /** A machine that is busy with something else has a cause of its own, and must name that one. */
  function causeOf({ causes }: Attribution): string | undefined {
    return causes.find(({ cause }) => cause !== 'processor-withheld')?.cause ?? causes[0]?.cause;
  }

  it('tells the two causes of the same figures apart: scans, and a disk that flushes slowly', async () => {
    const scans = await attributionOf('level-1', '--engine', 'sqlite-json', '--duration', '4s');
    expect(['server.decode', 'processor-withheld']).toContain(causeOf(scans.attribution));
    expect(scans.attribution.by_operation.read?.all?.parts['server.loop']).toBeGreaterThan(100);
    expect(scans.attribution.notes.join()).toMatch(/Held up by the requests before them.*read \(/);
    expect(scans.stdout).toContain("waiting for the service's event loop");

    const args = ['--engine', 'sqlite-json', '--engine-option', 'commitDelayMs=24', '--duration', '4s'];
    const disk = await attributionOf(slowDisk, ...args);
    expect(['server.commit', 'processor-withheld']).toContain(causeOf(disk.attribution));
    expect(disk.attribution.by_operation.update?.all?.parts['server.commit']).toBeGreaterThan(24);
    expect(disk.attribution.notes.join()).toMatch(/Conversion of documents.* 0 % of update/);
  });

  it('accounts for the whole response time, in every band', async () => {
    const { attribution } = await attributionOf('level-2', '--engine', 'sqlite', '--duration', '6s');
    const { all, by_operation } = attribution;
    for (const bands of [all, ...Object.values(by_operation)]) {
      for (const band of Object.values(bands)) {
        if (!band) continue;
        const sum = Object.values(band.parts).reduce((total, part) => total + part, 0);
        // Each part is rounded to a tenth of a microsecond.
        expect(Math.abs(sum - band.mean)).toBeLessThan(0.005);
        expect(band.parts.unattributed ?? 0).toBe(0);
      }
    }
    expect(all.slowest_1?.mean).toBeGreaterThanOrEqual(all.slowest_5?.mean ?? 0);
    expect(all.slowest_5?.mean).toBeGreaterThan(all.median?.mean ?? 0);
  });

  it('says of a service without Server-Timing what it cannot know', async () => {
    const target = await startServer((_request, response) => response.end('ok'));
    const { attribution, stdout } = await attributionOf('level-0', '--url', target.url, '--duration', '6s');
    expect(Object.keys(attribution.all.all?.parts ?? {})).toContain('unattributed');
    expect(Object.keys(attribution.all.all?.parts ?? {}).filter((part) => part.startsWith('server.'))).toEqual([]);
    expect(stdout).toContain('network and service, undivided');
    await target.close();
  });

  it('says of a service that names its whole time alone that requests may have waited in it', async () => {
    const target = await startServer((_request, response) => {
      response.setHeader('Server-Timing', 'total;dur=0.01');
      response.end('ok');
    });
    const { attribution, stdout } = await attributionOf('level-0', '--url', target.url, '--duration', '6s');
    expect(Object.keys(attribution.all.all?.parts ?? {})).toContain('network_and_waiting');
    expect(Object.keys(attribution.all.all?.parts ?? {})).not.toContain('network');
    expect(stdout).toContain('network and waiting to be handled');
    await target.close();
  });

  it('counts the time of nested parts once, and says so', async () => {
    // Metrics of half a minute fit into no answer, however slow the machine is.
    const target = await startServer((_request, response) => {
      response.setHeader('Server-Timing', 'app;dur=30000, db;dur=25000');
      response.end('ok');
    });
    const { attribution, stdout } = await attributionOf('level-0', '--url', target.url, '--duration', '6s');
    const all = attribution.all.all;
    const sum = Object.values(all?.parts ?? {}).reduce((total, part) => total + part, 0);
    expect(Math.abs(sum - (all?.mean ?? 0))).toBeLessThan(0.005);
    expect(Object.keys(all?.parts ?? {})).toContain('server.app without db');
    expect(stdout).toContain('app is taken to contain db');
    await target.close();
  });

  it('takes a CPU profile of the service, names the function that parses, and keeps the profile for other tools', async () => {
    const out = cli.file('run.json');
    const args = ['--engine', 'sqlite-json', '--duration', '3s', '--out', out];
    const { stdout } = await cli.run('run', 'level-1', ...args, '--profile');
    const { id, profile } = cli.document('run.json');
    expect(profile?.top[0]).toMatchObject({ functionName: 'parseStored', place: expect.stringMatching(/\.js:\d+$/) });
    // The profiler starts when the busy event loop gets to it: after half a second or more.
    expect(profile?.durationMs).toBeGreaterThan(1_000);
    const file = join(cli.dataFolder, 'profiles', `${id}.cpuprofile`);
    expect(stdout).toContain(file);
    expect(summariseProfile(cpuProfileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))))).toEqual(profile);

    const refused = await cli.run('run', 'level-0', '--url', 'http://127.0.0.1:1/', '--profile');
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--profile goes with the built-in') });
  });
});
