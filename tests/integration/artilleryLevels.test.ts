import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunDocument } from '../../shared/run/document';
import { Cli } from '../support/cli';
import { expectNothingOfTheGenerator } from '../support/drivenRuns';
import { isPosix } from '../support/platform';

const artillery = process.env.PROOFLOAD_TEST_ARTILLERY ?? '';

describe.runIf(isPosix)('a level that Artillery makes', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  it('is saved as a run of ours, and two processes make the same load as one', async () => {
    const documents: RunDocument[] = [];
    for (const processes of ['1', '2']) {
      const out = cli.file(`run-${processes}.json`);
      const length = ['--duration', '3s', '--warmup', '0s', '--processes', processes];
      const driven = ['--engine', 'memory', '--driver', 'artillery', '--artillery', artillery];
      const { code, stderr } = await cli.run('run', 'level-2', ...driven, ...length, '--out', out);
      // A slow machine lets requests fail or go missing; a response time that is not proven passes nowhere.
      expect([75, 99], stderr).toContain(code);
      documents.push(cli.document(`run-${processes}.json`));
    }
    for (const document of documents) {
      expectNothingOfTheGenerator(document);
      const { http_reqs, http_req_duration, http_req_failed, by_operation } = document.metrics;
      expect(http_reqs.count).toBe(600);
      // Percentiles are those of all requests of all processes, and no mean of two.
      expect(http_req_duration.count + http_req_failed.count).toBe(http_reqs.count);
      expect(Object.keys(by_operation).sort()).toEqual(['insert', 'query', 'read', 'update']);
      expect(document.metrics.connections.opened).toBeGreaterThan(0);
      expect(document.intervals.filter(({ isDraining }) => !isDraining)).toHaveLength(3);
      const { stdout } = await cli.run('history', 'show', document.id, '--json');
      expect(JSON.parse(stdout)).toMatchObject({ id: document.id, driver: { tool: 'artillery' } });
    }
  }, 120_000);

  it('has all requests after its warm-up and none of before, however late Artillery is', async () => {
    const length = ['--duration', '3s', '--warmup', '1s', '--processes', '2', '--out', cli.file('run.json')];
    const driven = ['--engine', 'memory', '--driver', 'artillery', '--artillery', artillery];
    const { code, stderr } = await cli.run('run', 'level-2', ...driven, ...length);
    expect([75, 99], stderr).toContain(code);
    expect(cli.document('run.json').metrics.http_reqs.count).toBe(600);
  }, 120_000);

  it('may have rates that are no whole numbers, and that rise', async () => {
    const scenario = {
      schema: 'proofload.scenario/1',
      id: 'rising',
      name: 'Rising',
      load: { executor: 'ramping-arrival-rate', startRate: 0, stages: [{ duration: '4s', target: 5 }] },
    };
    writeFileSync(cli.file('rising.json'), JSON.stringify(scenario));
    const driven = ['--engine', 'memory', '--driver', 'artillery', '--artillery', artillery, '--processes', '2'];
    const { code, stderr } = await cli.run('run', cli.file('rising.json'), ...driven, '--out', cli.file('run.json'));
    expect([0, 75], stderr).toContain(code);
    expect(cli.document('run.json').metrics.http_reqs.count).toBe(10);
  }, 120_000);
});
