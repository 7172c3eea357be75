import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunDocument } from '../../../shared/run/document';
import { Cli } from '../../support/cli';
import { expectNothingOfTheGenerator } from '../../support/drivenRuns';

const artillery = process.env.PROOFLOAD_TEST_ARTILLERY ?? '';

describe('a level that Artillery makes', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  it('is saved as a run of ours, and two processes make the same load as one', async () => {
    const documents: RunDocument[] = [];
    for (const processes of ['1', '2']) {
      const out = cli.file(`run-${processes}.json`);
      const length = ['--duration', '5s', '--warmup', '0s', '--processes', processes];
      const driven = ['--engine', 'memory', '--driver', 'artillery', '--artillery', artillery];
      const { code, stderr } = await cli.run('run', 'level-2', ...driven, ...length, '--out', out);
      // A slow machine lets requests fail or go missing; a response time that is not proven passes nowhere.
      expect([75, 99], stderr).toContain(code);
      documents.push(cli.document(`run-${processes}.json`));
    }
    for (const document of documents) {
      expectNothingOfTheGenerator(document);
      const { http_reqs, http_req_duration, http_req_failed, by_operation } = document.metrics;
      expect(http_reqs.count).toBeGreaterThanOrEqual(1_000 * 0.98);
      expect(http_reqs.count).toBeLessThanOrEqual(1_000 * 1.02);
      // Percentiles are those of all requests of all processes, and no mean of two.
      expect(http_req_duration.count + http_req_failed.count).toBe(http_reqs.count);
      expect(Object.keys(by_operation).sort()).toEqual(['insert', 'query', 'read', 'update']);
      expect(document.metrics.connections.opened).toBeGreaterThan(0);
      expect(document.intervals.filter(({ isDraining }) => !isDraining)).toHaveLength(5);
      const { stdout } = await cli.run('history', 'show', document.id, '--json');
      expect(JSON.parse(stdout)).toMatchObject({ id: document.id, driver: { tool: 'artillery' } });
    }
    const [one, two] = documents.map(({ metrics }) => metrics.http_reqs.count);
    expect((two ?? 0) / (one ?? 1)).toBeGreaterThanOrEqual(0.98);
    expect((two ?? 0) / (one ?? 1)).toBeLessThanOrEqual(1.02);
  }, 120_000);
});
