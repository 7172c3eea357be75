import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cli } from '../support/cli';

describe('proofload history', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  it('names, tags, finds, deletes and has back a run', async () => {
    await cli.run('run', 'level-0', '--engine', 'memory', '--duration', '1s', '--warmup', '0s');
    const list = async (
      ...args: string[]
    ): Promise<{ id: string; name: string; tags: string[]; isBaseline: boolean }[]> =>
      JSON.parse((await cli.run('history', 'list', '--json', ...args)).stdout);
    const id = (await list())[0]?.id ?? '';
    for (const args of [
      ['note', id, '--name', 'After the index', '--notes', 'twice as fast', '--pin'],
      ['tag', id, 'release'],
      ['baseline', id],
    ])
      expect((await cli.run('history', ...args)).code).toBe(0);
    expect(await list('--tag', 'release', '--text', 'TWICE index', '--target', 'memory')).toMatchObject([
      { id, name: 'After the index', tags: ['release'], isBaseline: true, isPinned: true },
    ]);
    expect(await list('--tag', 'other')).toEqual([]);
    expect(await list('--scenario', 'level-1')).toEqual([]);
    expect((await cli.run('history', 'clean', '--older-than', '1')).stdout).toContain('no run is older');

    expect((await cli.run('history', 'delete', id)).stdout).toContain(`history delete --undo ${id}`);
    expect(await list()).toEqual([]);
    expect((await cli.run('history', 'delete', '--undo', id)).code).toBe(0);
    expect(await list('--tag', 'release')).toHaveLength(1);

    const unknown = await cli.run('history', 'tag', 'nobody', 'x');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('there is no run nobody');
    expect((await cli.run('history', 'delete', 'nobody')).stderr).toContain('0 of 1 runs were found');
  }, 60_000);
});
