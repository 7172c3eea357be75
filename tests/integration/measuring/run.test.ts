import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../../shared/run/verdict';
import { Cli } from '../../support/cli';
import { rightVerdicts } from '../../support/rightVerdicts';
import { brief, writeScenario } from '../../support/scenarios';

describe('proofload run', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  it.each(['memory', 'sqlite'])(
    'level 2 on %s passes: every request sent, checked, audited; nothing left behind',
    async (engine) => {
      const out = cli.file('run.json');
      // P99 needs the thousand requests of five seconds; a second is warm-up enough for the first of them.
      const shortened = ['--duration', '5s', '--warmup', '1s'];
      const { code, stdout } = await cli.run('run', 'level-2', '--engine', engine, ...shortened, '--out', out);
      const document = cli.document('run.json');
      expect(rightVerdicts(document, 'passed'), stdout).toContain(document.verdict);
      expect(code).toBe(exitCodes[document.verdict]);
      expect(document.metrics.http_reqs.count).toBe(1_000);
      expect(document.metrics.http_req_failed.count).toBe(0);
      expect(document.metrics.dropped_iterations.count).toBe(0);
      expect(document.integrity).toMatchObject({ violations: 0, lostWrites: 0 });
      expect(document.integrity.acknowledgedWrites).toBeGreaterThan(50);
      expect(document.shortened).toBe(true);
      expect(stdout).toContain(document.verdict === 'passed' ? 'held 200 req/s' : 'Inconclusive');
      expect(cli.leftovers()).toEqual([]);
    },
  );

  it('is inconclusive when asked for a rate that the generator cannot send', async () => {
    const { code, stdout } = await cli.run(
      'run',
      writeScenario(cli.folder, brief),
      '--engine',
      'memory',
      '--rate',
      '400000',
      '--duration',
      '1s',
      '--out',
      cli.file('run.json'),
    );
    expect(code).toBe(75);
    const { verdict, trust, metrics } = cli.document('run.json');
    expect(verdict).toBe('inconclusive');
    expect(trust.some(({ check, ok }) => check === 'unanswered' && !ok)).toBe(true);
    expect(metrics.http_reqs.count + metrics.dropped_iterations.count).toBe(400_000);
    expect(stdout).toContain('Inconclusive');
  });
});
