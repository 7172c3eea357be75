import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cli } from '../../support/cli';
import { isBusy } from '../../support/rightVerdicts';
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
    const document = cli.document('run.json');
    const { metrics } = document;
    const error = isBusy(document) ? 0.5 : 0.1;
    expect(metrics.http_reqs.count).toBe(600);
    // A tenth of the requests fell into the stall and waited for what was left of it.
    expect(Math.abs(metrics.http_req_duration.p95 / (freezeMs * 0.5) - 1)).toBeLessThan(error);
    expect(Math.abs(metrics.http_req_duration.p99 / (freezeMs * 0.9) - 1)).toBeLessThan(error);
  });
});
