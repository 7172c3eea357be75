import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { whileOwning } from '../../electron/app/experiment/experimentLease';
import { keepExperiment, readExperiments } from '../../electron/app/experiment/experimentStore';
import { urlTarget } from '../../electron/app/targets/urlTarget';
import { Deferred } from '../../electron/hosting/deferred';
import { engineConfig } from '../../shared/engines/config';
import { experimentSchema } from '../../shared/experiment/experiment';
import { Cli } from '../support/cli';
import { experimentOver } from '../support/experiments';
import { startServer } from '../support/testServer';

describe('proofload experiment', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  it('runs variants in turns, is stopped and resumed without losing a run, and says what it does not know', async () => {
    const out = cli.file('experiment.json');
    const args = ['experiment', '--variants', 'memory,sqlite:commitDelayMs=5', '--level', 'level-0', '--pairs', '2'];
    const first = cli.start([...args, '--duration', '1s', '--warmup', '0s', '--out', out]);
    await first.stderrHas(/3 of 4: block 2, sqlite/);
    first.child.kill('SIGINT');
    const stopped = await first.done;
    expect(stopped.code).toBe(130);
    const id = /experiment (\S+);/.exec(stopped.stderr)?.[1] ?? '';
    expect(experimentSchema.parse(JSON.parse(readFileSync(out, 'utf8')))).toMatchObject({
      id,
      state: 'stopped',
      runs: [{ block: 0 }, { block: 0 }],
    });

    const resumed = await cli.run('experiment', '--resume', id, '--out', out);
    // Two pairs can't settle anything.
    expect(resumed.code, resumed.stderr).toBe(75);
    expect(resumed.stdout).toMatch(/\* sqlite:commitDelayMs=5 against memory at P95: can't tell/);
    const experiment = experimentSchema.parse(JSON.parse(readFileSync(out, 'utf8')));
    expect(experiment.runs.map(({ block, variant }) => [block, variant])).toEqual([
      [0, 0],
      [0, 1],
      [1, 1],
      [1, 0],
    ]);
    const listed = JSON.parse((await cli.run('history', 'list', '--json')).stdout);
    expect(listed.map((run: { id: string }) => run.id)).toEqual(
      expect.arrayContaining(experiment.runs.map(({ runId }) => runId)),
    );
    expect(cli.leftovers()).toEqual([]);
  }, 120_000);

  it('sends files and rows that stand beside the scenario, in each run and after it was resumed', async () => {
    const seen = new Set<string>();
    const started = new Deferred<void>();
    const server = await startServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        seen.add(`${request.url} ${Buffer.concat(chunks)}`);
        response.end('ok');
        started.resolve();
      });
    });
    mkdirSync(cli.file('shop'));
    writeFileSync(cli.file('shop/users.csv'), 'name\nann\nbob\n');
    writeFileSync(cli.file('shop/body.txt'), 'from the file');
    const scenario = {
      schema: 'proofload.scenario/1',
      id: 'files',
      name: 'Files',
      load: { executor: 'constant-vus', vus: 1, duration: '1s' },
      dataFiles: [{ name: 'users', file: 'users.csv' }],
      journeys: [{ name: 'a', steps: [{ url: '/{{users.name}}', method: 'POST', bodyFile: 'body.txt' }] }],
    };
    writeFileSync(cli.file('shop/scenario.json'), JSON.stringify(scenario));
    const variants = `${server.url}?1,${server.url}?2`;
    const shape = ['--pairs', '2', '--duration', '1s', '--warmup', '0s'];
    const file = cli.file('shop/scenario.json');
    const first = cli.start(['experiment', '--variants', variants, '--level', file, ...shape]);
    await started.promise;
    first.child.kill('SIGINT');
    const stopped = await first.done;
    const id = /experiment (\S+);/.exec(stopped.stderr)?.[1] ?? '';
    const out = cli.file('experiment.json');
    const { code, stderr } = await cli.run('experiment', '--resume', id, '--out', out);
    await server.close();
    expect([0, 75], stderr).toContain(code);
    const { runs } = experimentSchema.parse(JSON.parse(readFileSync(out, 'utf8')));
    expect(runs).toHaveLength(4);
    expect(runs.map(({ failures }) => failures?.count)).toEqual([0, 0, 0, 0]);
    expect([...seen].sort()).toEqual(['/ann from the file', '/bob from the file']);
  }, 120_000);

  it.each([
    [['experiment'], /needs variants/],
    [['experiment', '--resume', '../../etc/passwd'], /there is no experiment/],
    [['experiment', '--variants', 'memory,sqlite', '--pairs', '1'], /must be 2 to 100/],
    [['experiment', '--variants', 'memory,http://192.0.2.1/'], /192\.0\.2\.1 is not this machine/],
  ])('refuses %j with a remedy', async (args, message) => {
    const { code, stderr } = await cli.run(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('asks again where it goes to when it is gone on with', async () => {
    const elsewhere = { name: 'there', target: urlTarget({ url: 'http://0.0.0.0:9/' }) };
    const experiment = experimentOver([[engineConfig('memory'), 10]], {
      state: 'stopped',
      variants: [{ name: 'memory', target: engineConfig('memory') }, elsewhere],
      runs: [],
    });
    keepExperiment(cli.dataFolder, experiment);
    const { code, stderr } = await cli.run('experiment', '--resume', experiment.id);
    expect([code, stderr]).toEqual([2, expect.stringContaining('0.0.0.0 is not this machine')]);
    expect(readExperiments(cli.dataFolder)).toEqual([experiment]);
  });

  it('is refused while another process measures it, and goes on when that has ended', async () => {
    const experiment = experimentOver(
      [
        [engineConfig('memory'), 10],
        [engineConfig('sqlite'), 20],
      ],
      { state: 'stopped' },
    );
    keepExperiment(cli.dataFolder, experiment);
    const refused = await whileOwning(cli.dataFolder, experiment.id, () =>
      cli.run('experiment', '--resume', experiment.id),
    );
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining(`experiment ${experiment.id} is being measured by another Proofload`),
    ]);
    expect(readExperiments(cli.dataFolder)[0]?.state).toBe('stopped');
    expect((await cli.run('experiment', '--resume', experiment.id)).stdout).toContain(
      `experiment ${experiment.id}, finished`,
    );
  });
});
