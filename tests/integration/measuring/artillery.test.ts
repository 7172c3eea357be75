import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../../shared/comparison/comparison';
import type { ImportedResult } from '../../../shared/interchange/importedResult';
import type { ImportOutcome } from '../../../shared/interchange/importOutcome';
import { Cli } from '../../support/cli';

/** Starts the service for others, and resolves with its URL. */
async function serve(cli: Cli): Promise<{ url: string; end(): Promise<void> }> {
  const { child, done } = cli.start(['serve', 'level-2', '--engine', 'memory', '--port', '0']);
  const url = await new Promise<string>((found, fail) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      const [match] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
      if (match) found(match);
    });
    void done.then(({ stderr }) => fail(new Error(stderr)));
  });
  return {
    url,
    end: async () => {
      child.kill('SIGTERM');
      const { code } = await done;
      expect(code).toBe(0);
    },
  };
}

describe('a level exported to Artillery', () => {
  it('makes the same number of requests at the same rate there, and comes back beside the local run', async () => {
    const cli = new Cli();
    const service = await serve(cli);
    try {
      const script = cli.file('level-2.yml');
      await cli.run('export', 'level-2', '--to', 'artillery', '--url', service.url, '--out', script);
      // The whole level takes two minutes; its rate is what is compared.
      writeFileSync(script, readFileSync(script, 'utf8').replace('duration: 120', 'duration: 10'));
      const report = cli.file('report.json');
      const artillery = process.env.PROOFLOAD_TEST_ARTILLERY ?? '';
      const code = await new Promise((ended) => {
        const child = spawn(process.execPath, [artillery, 'run', '--quiet', '-o', report, script], {
          env: { ...process.env, ARTILLERY_DISABLE_TELEMETRY: 'true' },
          stdio: 'ignore',
        });
        child.on('close', ended);
      });
      // Its thresholds may fail on a machine that is busy; a script that it does not take ends with another code.
      expect([0, 1]).toContain(code);
      const { stdout } = await cli.run('import', '--json', report);
      const { imported }: ImportOutcome = JSON.parse(stdout);
      const id = imported[0]?.id ?? '';
      const result: ImportedResult = JSON.parse((await cli.run('history', 'show', id, '--json')).stdout);
      const { http_reqs, http_req_failed } = result.metrics;
      expect(http_reqs.count).toBeGreaterThanOrEqual(2_000 * 0.98);
      expect(http_reqs.count).toBeLessThanOrEqual(2_000 * 1.02);
      // Its last responses may come late on a busy machine, and its report has the time until then.
      expect(http_reqs.rate).toBeGreaterThan(200 * 0.9);
      expect(http_reqs.rate).toBeLessThan(200 * 1.02);
      expect(http_req_failed?.count).toBe(0);

      await cli.run(
        'run',
        'level-2',
        '--engine',
        'memory',
        '--duration',
        '2s',
        '--warmup',
        '0s',
        '--quiet',
        '--out',
        cli.file('run.json'),
      );
      const local = cli.document('run.json');
      const { stdout: compared } = await cli.run('compare', local.id, id, '--json');
      const comparison: Comparison = JSON.parse(compared);
      expect(comparison.runs.map(({ origin }) => origin)).toEqual([null, 'artillery']);
      expect(comparison.warnings[0]).toContain('to the first byte of the response');
      const [throughput] = comparison.deltas;
      expect(throughput?.ratio).toBeGreaterThan(0.9);
      expect(throughput?.ratio).toBeLessThan(1.05);
    } finally {
      await service.end();
      cli.dispose();
    }
  }, 120_000);
});
