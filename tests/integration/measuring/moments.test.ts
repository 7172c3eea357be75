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
  const out = cli.file('run.json');
  const load = ['--rate', '200', '--duration', '20s', '--warmup', '2s'];
  const { child, done, stderrHas } = cli.start([
    'run',
    'level-0',
    '--engine',
    'memory',
    ...load,
    '--no-save',
    '--out',
    out,
  ]);
  await stderrHas(/0:1\d of .* running/);
  const { target } = workerPids(child.pid ?? 0);
  // Seconds without an answer are a moment on any machine, however late answers are on it anyway.
  spawnSync('sh', ['-c', `kill -STOP ${target}; sleep 3; kill -CONT ${target}`]);
  const { stdout } = await done;

  const moments = findMoments(cli.document('run.json'));
  const [pause] = moments.filter(({ kind }) => kind === 'gap');
  expect(pause?.durationS).toBeGreaterThan(1);
  expect(pause?.causes[0]).toMatchObject({ kind: 'service-paused' });
  expect(pause?.causes[0]?.explainedMs).toBeGreaterThan(1_000);
  expect(stdout).toMatch(/\nMoments\n(?: .*\n)*? .*the service's event loop stood still for [23]\.\d\d s/);
});
