import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { calibrationSchema } from '../../../shared/run/calibration';
import { Cli } from '../../support/cli';
import { brief, writeScenario } from '../../support/scenarios';

describe('proofload capacity and calibrate', () => {
  it('finds the rate that a queue can serve whose answers have a tail, confirms it, and says what it rests on', async () => {
    // A process of its own: what the tests themselves do must not make it slower.
    const target = fork(resolve(import.meta.dirname, '../../support/queueServer.mjs'), {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      execArgv: [],
    });
    const url = await new Promise<string>((found) => target.stdout?.once('data', (text) => found(String(text).trim())));
    const cli = new Cli();
    const load = { executor: 'capacity-search', stepDuration: '2s', confirmDuration: '4s', maxDuration: '45s' };
    const thresholds = { http_req_duration: ['p(95)<200'] };
    writeFileSync(
      cli.file('search.json'),
      JSON.stringify({ schema: 'proofload.scenario/1', id: 'search', name: 'Search', load, thresholds }),
    );
    const run = ['run', cli.file('search.json'), '--url', `${url}tail`, '--out', cli.file('run.json')];
    const { code, stderr } = await cli.run(...run);
    target.kill();
    const { capacity, metrics, verdict } = cli.document('run.json');
    // On a busy machine it may end without a result, but never with a wrong one.
    expect([0, 75, 99], stderr).toContain(code);
    expect(capacity?.steps.length).toBeGreaterThan(4);
    if (verdict === 'passed') {
      expect(Math.abs((capacity?.rate ?? 0) / 100 - 1)).toBeLessThan(0.1);
      const confirmation = capacity?.steps.findLast(({ offeredRate }) => offeredRate === capacity.rate);
      expect(confirmation).toMatchObject({ kind: 'confirmation', holds: true, attainment: 1 });
      const seconds = (confirmation?.durationMs ?? 0) / 1000;
      expect(Math.abs(metrics.http_reqs.count / seconds / (capacity?.rate ?? 1) - 1)).toBeLessThan(0.05);
    }
    cli.dispose();
  });

  it('measures what the generator can do, keeps it, and marks a run beyond it before it starts', async () => {
    const cli = new Cli();
    const { code, stdout, stderr } = await cli.run('calibrate', '--json');
    expect(code, stderr).toBe(0);
    const calibration = calibrationSchema.parse(JSON.parse(stdout));
    expect(calibration.floorP50).toBeGreaterThan(0);
    expect(calibration.highestRate).toBeGreaterThan(0);
    // Without a limit for times, in which a slow machine would also be a service that is too slow.
    const scenario = { ...brief, thresholds: { http_req_failed: ['rate<0.01'] } };
    const load = ['--engine', 'memory', '--rate', '900000', '--duration', '1s'];
    const beyond = await cli.run('run', writeScenario(cli.folder, scenario), ...load, '--out', cli.file('run.json'));
    expect(beyond.stderr).toContain('requests may be sent late');
    expect(beyond.code).toBe(75);
    const { trust, calibration: kept } = cli.document('run.json');
    expect(trust.find(({ check }) => check === 'calibrated-rate')).toMatchObject({ isNotable: true, value: 900_000 });
    expect(kept).toEqual(calibration);
    cli.dispose();
  });
});
