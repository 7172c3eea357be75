import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportedResult } from '../../shared/interchange/importedResult';
import type { ImportOutcome } from '../../shared/interchange/importOutcome';
import { Cli } from '../support/cli';

const fixtures = resolve(import.meta.dirname, '../fixtures/imports');

describe('results of other tools on the command line', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  async function imported(...files: string[]): Promise<string[]> {
    const { stdout, code } = await cli.run('import', '--json', ...files);
    expect(code).toBe(0);
    const { imported: runs }: ImportOutcome = JSON.parse(stdout);
    return runs.map(({ id }) => id);
  }

  it('are imported, listed, shown, compared and exported', async () => {
    const [k6 = '', wrk2 = ''] = await imported(
      resolve(fixtures, 'k6-handle-summary.json'),
      resolve(fixtures, 'wrk2-4.0.txt'),
    );
    const { stdout: shown } = await cli.run('history', 'show', k6);
    expect(shown).toContain('✕ failed  http_req_duration p(95)<5');
    expect(shown).toContain('from the send over an open connection to the last byte');
    const { stdout: listed } = await cli.run('history', 'list', '--verdict', 'imported', '--json');
    expect(JSON.parse(listed)).toHaveLength(2);
    const { stdout: compared } = await cli.run('compare', k6, wrk2);
    expect(compared).toContain('! Latency is measured differently');
    expect(compared).toContain("can't tell");
    const out = cli.file('again.json');
    expect((await cli.run('export', k6, '--to', 'json', '--out', out)).code).toBe(0);
    const [again = ''] = await imported(out);
    const result: ImportedResult = JSON.parse((await cli.run('history', 'show', again, '--json')).stdout);
    const { id: _id, importedAt: _at, ...figures } = JSON.parse(readFileSync(out, 'utf8'));
    expect(result).toMatchObject(figures);
    expect((await cli.run('export', k6, '--to', 'html')).stderr).toContain('has no run document');
  }, 60_000);

  it('that are no results leave everything as it was', async () => {
    const file = cli.file('page.html');
    writeFileSync(file, '<script>alert(1)</script>');
    const refused = await cli.run('import', file);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('page.html: unrecognised file format');
    expect(refused.stderr).toContain('nothing was saved');
    expect((await cli.run('history', 'list', '--json')).stdout.trim()).toBe('[]');
  }, 60_000);

  it('of another Proofload are runs, once', async () => {
    const out = cli.file('run.json');
    await cli.run('run', 'level-0', '--engine', 'memory', '--duration', '1s', '--warmup', '0s', '--out', out);
    const document = cli.document('run.json');
    const elsewhere = new Cli();
    try {
      const { code } = await elsewhere.run('import', out);
      expect(code).toBe(0);
      const shown = await elsewhere.run('history', 'show', document.id, '--json');
      expect(JSON.parse(shown.stdout)).toEqual(JSON.parse(readFileSync(out, 'utf8')));
      expect((await elsewhere.run('import', out)).stderr).toContain('is in the history already');
    } finally {
      elsewhere.dispose();
    }
  }, 60_000);
});

describe('thresholds relative to a baseline', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  it('hold a run against the baseline that is named, as a run or a file, or kept', async () => {
    // Limits far away: a baseline has come to a verdict, on a busy machine too.
    const scenario = {
      schema: 'proofload.scenario/1',
      id: 'steady',
      name: 'Steady',
      load: { executor: 'constant-arrival-rate', rate: 100, duration: '1s', preAllocatedVUs: 20, maxVUs: 50 },
      thresholds: { http_req_duration: ['p(50)<30000'] },
    };
    writeFileSync(cli.file('steady.json'), JSON.stringify(scenario));
    const level = ['run', cli.file('steady.json'), '--engine', 'memory', '--quiet'];
    await cli.run(...level, '--out', cli.file('base.json'));
    const baseline = cli.document('base.json');
    expect(baseline.verdict).toBe('passed');
    const relative = ['--threshold', 'http_req_duration:p(50)<=baseline*1000', '--out', cli.file('run.json')];

    const without = await cli.run(...level, ...relative);
    expect(without.code).toBe(75);
    expect(cli.document('run.json').trust.find(({ check }) => check === 'baseline')?.message).toContain(
      'choose a run that has it as the baseline',
    );

    await cli.run(...level, ...relative, '--baseline', cli.file('base.json'));
    const [held] = cli.document('run.json').thresholds.filter(({ expression }) => expression.includes('baseline'));
    expect(held).toMatchObject({
      ok: true,
      baseline: { runId: baseline.id, value: baseline.metrics.http_req_duration.p50 },
    });

    await cli.run('history', 'baseline', baseline.id);
    const impossible = ['--threshold', 'http_req_duration:p(50)<=baseline*0.0001', '--out', cli.file('run.json')];
    const failed = await cli.run(...level, ...impossible);
    expect(failed.code).not.toBe(0);
    expect(cli.document('run.json').thresholds.find((threshold) => threshold.baseline)).toMatchObject({
      ok: false,
      baseline: { runId: baseline.id, isSure: true },
    });
    expect((await cli.run(...level, ...impossible, '--baseline', 'nobody')).code).toBe(2);
    const other = await cli.run('run', 'level-0', ...level.slice(2), ...impossible, '--baseline', baseline.id);
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('it ran steady, and this is level-0');
    expect(
      (await cli.run('capacity', '--engine', 'memory', '--threshold', 'http_req_duration:p(95)<=baseline')).stderr,
    ).toContain('a capacity search has no thresholds relative to a baseline');
  }, 120_000);
});
