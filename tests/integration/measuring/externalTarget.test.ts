import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cli } from '../../support/cli';
import { startServer } from '../../support/testServer';

describe('proofload run --url', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  // Once more when the machine itself stalled: its stall is in the figures too.
  it('sees a stall of the target in full, as the open model must', { retry: 1 }, async () => {
    let frozen = false;
    const waiting: (() => void)[] = [];
    let served = 0;
    const freezeMs = 600;
    const target = await startServer((_request, response) => {
      served += 1;
      // 100 requests of warm-up, then one second of calm.
      if (served === 200) {
        frozen = true;
        setTimeout(() => {
          frozen = false;
          for (const answer of waiting.splice(0)) answer();
        }, freezeMs);
      }
      if (frozen) waiting.push(() => response.end());
      else response.end();
    });
    await cli.run(
      'run',
      'level-0',
      '--url',
      target.url,
      '--rate',
      '100',
      '--duration',
      '6s',
      '--out',
      cli.file('run.json'),
      '--quiet',
    );
    await target.close();
    const { metrics } = cli.document('run.json');
    expect(metrics.http_reqs.count).toBe(600);
    // A tenth of the requests fell into the stall and waited for what was left of it.
    expect(Math.abs(metrics.http_req_duration.p95 / (freezeMs * 0.5) - 1)).toBeLessThan(0.1);
    expect(Math.abs(metrics.http_req_duration.p99 / (freezeMs * 0.9) - 1)).toBeLessThan(0.1);
  });

  it('goes through the stages of a ramp and judges each by itself', async () => {
    const target = await startServer((_request, response) => response.end());
    const { code, stderr } = await cli.run(
      'run',
      'level-5',
      '--url',
      target.url,
      '--stages',
      '1s:100,1s:300,1s:60',
      '--warmup',
      '1s',
      '--threshold',
      'http_req_duration{stage:1}:p(50)<1000',
      '--threshold',
      'http_req_failed{stage:1}:rate==0',
      '--out',
      cli.file('run.json'),
    );
    await target.close();
    const { metrics, thresholds } = cli.document('run.json');
    expect(code, stderr).toBe(0);
    // From 200 to 100 to 300 to 60 per second: the areas under the three stages are 150, 200 and 180.
    expect(Object.values(metrics.by_stage).map((stage) => stage.http_req_duration.count)).toEqual([150, 200, 180]);
    expect(thresholds.filter(({ metric }) => metric.includes('stage:1')).map(({ ok }) => ok)).toEqual([true, true]);
  });
});
