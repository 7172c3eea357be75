import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runDocumentSchema } from '../../../shared/run/document';
import { exitCodes } from '../../../shared/run/verdict';
import { Cli } from '../../support/cli';
import { rightVerdicts } from '../../support/rightVerdicts';

describe('the gates of the ladder', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  it('stop a climb where the report was stopped, and a run that goes on all the same says so', async () => {
    const climbed = await cli.run('climb', '--engine', 'sqlite-json', '--duration', '3s');
    expect(climbed.stdout).toMatch(/Level 2 stays locked\. Requires level 1 with P95 below 100 ms; /);
    const listed = JSON.parse((await cli.run('history', 'list', '--json')).stdout);
    expect(listed.map(({ scenarioId }: { scenarioId: string }) => scenarioId)).toEqual(['level-1', 'level-0']);
    const last = JSON.parse((await cli.run('history', 'show', listed[0].id, '--json')).stdout);
    const stopped = runDocumentSchema.parse(last);
    expect(rightVerdicts(stopped, 'failed')).toContain(stopped.verdict);
    expect(climbed.code).toBe(exitCodes[stopped.verdict]);

    const out = cli.file('run.json');
    const briefly = ['--engine', 'sqlite-json', '--duration', '1s', '--warmup', '0s'];
    const run = await cli.run('run', 'level-2', ...briefly, '--out', out);
    expect(run.stdout).toMatch(/Gate +the level was locked: Requires level 1/);
    expect(cli.document('run.json').gate).toMatchObject({ open: false });

    await cli.run('run', 'level-0', ...briefly, '--out', out);
    expect(cli.document('run.json').gate).toEqual({ open: true, reason: null });
  });
});
