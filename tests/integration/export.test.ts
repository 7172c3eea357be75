import { readFileSync } from 'node:fs';
import { HistogramLogReader } from 'hdr-histogram-js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cli } from '../support/cli';

describe('proofload export', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  it('writes a saved run in the formats of others, with all of its requests', async () => {
    const junit = cli.file('junit.xml');
    const page = cli.file('run.html');
    await cli.run(
      'run',
      'level-0',
      '--engine',
      'memory',
      '--duration',
      '2s',
      '--warmup',
      '0s',
      '--junit',
      junit,
      '--html',
      page,
      '--out',
      cli.file('run.json'),
    );
    const document = cli.document('run.json');
    expect(readFileSync(junit, 'utf8')).toContain('<testcase name="http_req_duration p(95)&lt;50"');
    expect(readFileSync(page, 'utf8')).toMatch(/^<!doctype html>/i);
    const exported = async (format: string): Promise<string> =>
      (await cli.run('export', document.id, '--to', format)).stdout;
    expect(JSON.parse(await exported('json')).metrics).toEqual(document.metrics);
    expect((await exported('csv')).trimEnd().split('\r\n')).toHaveLength(document.intervals.length + 1);
    const reader = new HistogramLogReader(await exported('hlog'));
    let count = 0;
    for (let next = reader.nextIntervalHistogram(); next; next = reader.nextIntervalHistogram())
      count += next.totalCount;
    expect(count).toBe(document.metrics.http_req_duration.count);
    expect((await cli.run('export', document.id, '--to', 'junit', '--out', cli.file('again.xml'))).code).toBe(0);
    expect((await cli.run('export', 'nobody', '--to', 'csv')).stderr).toContain('there is no run nobody');
  }, 60_000);
});
