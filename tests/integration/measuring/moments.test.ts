import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findMoments } from '../../../shared/moments/moments';
import { Cli, workerPids } from '../../support/cli';

let cli: Cli;
beforeEach(() => {
  cli = new Cli();
});
afterEach(() => cli.dispose());

it.runIf(process.platform === 'linux')('a service that stands still makes a moment that says so', async () => {
  const load = ['--engine', 'memory', '--rate', '100', '--duration', '14s', '--warmup', '0s'];
  const { child, done, stderrHas } = cli.start(['run', 'level-0', ...load, '--no-save', '--out', cli.file('run.json')]);
  await stderrHas(/0:0[4-9] of .* running/);
  const { target } = workerPids(child.pid ?? 0);
  // Seconds without an answer are a moment on any machine, however late answers are on it anyway.
  spawnSync('sh', ['-c', `kill -STOP ${target}; sleep 3; kill -CONT ${target}`]);
  const { stdout } = await done;

  const moments = findMoments(cli.document('run.json'));
  const [pause] = moments.filter(({ kind }) => kind === 'gap');
  expect(pause?.durationS).toBeGreaterThan(1);
  expect(pause?.causes[0]).toMatchObject({ kind: 'service-paused' });
  expect(pause?.causes[0]?.explainedMs).toBeGreaterThan(1_000);
  expect(stdout).toMatch(/\nMoments\n(?: .*\n)*? .*the service's event loop stood still for [2-9]\.\d\d s/);
});
