import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepReport } from '../../electron/app/conformance/reportStore';
import { engineConfig } from '../../shared/engines/config';
import { Cli } from '../support/cli';
import { conformanceReport } from '../support/conformanceReport';
import { steady, writeScenario } from '../support/scenarios';

let cli: Cli;
beforeEach(() => {
  cli = new Cli();
});
afterEach(() => cli.dispose());

function damagedStores(): string[] {
  return readdirSync(cli.dataFolder).filter((name) => /^history-damaged-.*\.sqlite$/.test(name));
}

/** A port that nobody listens on: what is run against it ends at once. */
async function closedPort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  return address !== null && typeof address === 'object' ? address.port : 0;
}

describe('a damaged history', () => {
  beforeEach(() => {
    mkdirSync(cli.dataFolder, { recursive: true });
    writeFileSync(join(cli.dataFolder, 'history.sqlite'), 'this is no database, but long enough to look like one');
    // An engine that was put to the test before is not again: the history is opened for the first run.
    keepReport(cli.dataFolder, conformanceReport(engineConfig('memory')));
  });

  it.each([
    [['run', 'level-0', '--url', 'URL', '--quiet']],
    [['climb', '--url', 'URL', '--quiet']],
    [['capacity', '--url', 'URL', '--quiet']],
    [['experiment', '--variants', 'URL,memory', '--pairs', '2']],
    [['options', '--variants', 'URL,memory', '--pairs', '2', '--no-capacity']],
    [['history', 'list']],
    [['compare', 'a', 'b']],
    [['export', '20260101-000000-aaaaaa', '--to', 'csv']],
    [['import', 'no-such-file']],
  ])('%j says that it was repaired and where the old file is', async (args) => {
    const url = `http://127.0.0.1:${await closedPort()}/`;
    const { child, done, stderrHas } = cli.start(args.map((arg) => arg.replace('URL', url)));
    await stderrHas(/The history was damaged: 0 runs were rescued\..*\n/);
    const [aside] = damagedStores();
    expect(aside).toBeDefined();
    // What it was asked for may take long.
    child.kill('SIGINT');
    expect((await done).stderr).toContain(join(cli.dataFolder, aside ?? ''));
  });
});

describe('history repair while a run goes on', () => {
  it('is refused with what to do, and the run is kept; after it, it is made', async () => {
    const args = ['run', writeScenario(cli.folder, steady), '--engine', 'memory'];
    const run = cli.start([...args, '--out', cli.file('run.json')]);
    await run.stderrHas(/running/);
    const refused = await cli.run('history', 'repair');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('another Proofload has it open');
    expect(refused.stderr).toContain('wait for the end of the run');
    const { code, stderr } = await run.done;
    expect(code, stderr).toBe(0);
    expect(damagedStores()).toEqual([]);
    const { id } = cli.document('run.json');

    const repaired = await cli.run('history', 'repair');
    expect(repaired.code).toBe(0);
    expect(repaired.stderr).toContain('1 runs were rescued');
    expect(damagedStores()).toHaveLength(1);
    const listed = JSON.parse((await cli.run('history', 'list', '--json')).stdout);
    expect(listed).toMatchObject([{ id, verdict: 'passed' }]);
  });
});
