import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cli } from '../support/cli';

describe('the gates of the ladder', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  it('stop a climb where the report was stopped, and a run that goes on all the same says so', async () => {
    const climbed = await cli.run('climb', '--engine', 'sqlite-json', '--duration', '3s');
    expect(climbed.stdout).toMatch(/Level 2 stays locked\. Requires level 1 with P95 below 100 ms; /);
    expect(climbed.code).toBe(99);
    const listed = JSON.parse((await cli.run('history', 'list', '--json')).stdout);
    expect(listed.map(({ scenarioId }: { scenarioId: string }) => scenarioId)).toEqual(['level-1', 'level-0']);

    const out = cli.file('run.json');
    const run = await cli.run('run', 'level-2', '--engine', 'sqlite-json', '--duration', '2s', '--out', out);
    expect(run.stdout).toMatch(/Gate +the level was locked: Requires level 1/);
    expect(cli.document('run.json').gate).toMatchObject({ open: false });

    await cli.run('run', 'level-0', '--engine', 'sqlite-json', '--duration', '1s', '--out', out);
    expect(cli.document('run.json').gate).toEqual({ open: true, reason: null });
  });
});
