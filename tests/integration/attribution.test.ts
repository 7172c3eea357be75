import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Attribution } from '../../shared/attribution/attribution';
import { cpuProfileSchema, summariseProfile } from '../../shared/profile/cpuProfile';
import { Cli } from '../support/cli';
import { startServer } from '../support/testServer';

describe('where the time went', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  /** 100 requests to a URL. */
  const brief = ['--rate', '100', '--duration', '1s', '--warmup', '0s'];

  async function attributionOf(...args: string[]): Promise<{ attribution: Attribution; stdout: string }> {
    const out = cli.file('run.json');
    const { stdout, stderr } = await cli.run('run', ...args, '--no-save', '--out', out);
    const { attribution } = cli.document('run.json');
    if (!attribution) throw new Error(`the run has no attribution: ${stderr}`);
    return { attribution, stdout };
  }

  it('accounts for the whole response time, in every band', async () => {
    // A hundredth of the requests is a band when there are 1,000 of them.
    const busy = ['--rate', '600', '--duration', '2s', '--warmup', '0s'];
    const { attribution } = await attributionOf('level-2', '--engine', 'sqlite', ...busy);
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
    const { attribution, stdout } = await attributionOf('level-0', '--url', target.url, ...brief);
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
    const { attribution, stdout } = await attributionOf('level-0', '--url', target.url, ...brief);
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
    const { attribution, stdout } = await attributionOf('level-0', '--url', target.url, ...brief);
    const all = attribution.all.all;
    const sum = Object.values(all?.parts ?? {}).reduce((total, part) => total + part, 0);
    expect(Math.abs(sum - (all?.mean ?? 0))).toBeLessThan(0.005);
    expect(Object.keys(all?.parts ?? {})).toContain('server.app without db');
    expect(stdout).toContain('app is taken to contain db');
    await target.close();
  });

  it('takes a CPU profile of the service, names the function that parses, and keeps the profile for other tools', async () => {
    const out = cli.file('run.json');
    const args = ['--engine', 'sqlite-json', '--vus', '1', '--duration', '3s', '--warmup', '0s', '--out', out];
    const { stdout } = await cli.run('run', 'level-1', ...args, '--profile');
    const { id, profile } = cli.document('run.json');
    expect(profile?.top[0]).toMatchObject({ functionName: 'parseStored', place: expect.stringMatching(/\.js:\d+$/) });
    // The profiler starts when the event loop, which one user keeps busy, gets to it.
    expect(profile?.durationMs).toBeGreaterThan(1_000);
    const file = join(cli.dataFolder, 'profiles', `${id}.cpuprofile`);
    expect(stdout).toContain(file);
    expect(summariseProfile(cpuProfileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))))).toEqual(profile);

    const refused = await cli.run('run', 'level-0', '--url', 'http://127.0.0.1:1/', '--profile');
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--profile is for the built-in') });
  });
});
