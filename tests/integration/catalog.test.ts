import { describe, expect, it } from 'vitest';
import { Cli } from '../support/cli';

describe('proofload levels, engines, history', () => {
  it('lists what there is, for people and for programs', async () => {
    const cli = new Cli();
    const levels = JSON.parse((await cli.run('levels', '--json')).stdout);
    expect(levels.map(({ id }: { id: string }) => id)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 'c'].map((name) => `level-${name}`),
    );
    const engines = JSON.parse((await cli.start(['engines', '--json'], { PROOFLOAD_STORAGE: 'memory' }).done).stdout);
    expect(engines.find((engine: { default: boolean }) => engine.default)).toMatchObject({
      id: 'memory',
      durability: 'none',
    });
    expect((await cli.run('engines')).stdout).toMatch(/^memory +not durable /m);
    expect((await cli.run('levels')).stdout).toContain('100 virtual users');

    await cli.run('run', 'level-0', '--duration', '1s', '--warmup', '0s', '--out', cli.file('run.json'), '--quiet');
    const saved = cli.document('run.json');
    const list = JSON.parse((await cli.run('history', 'list', '--json')).stdout);
    expect(list).toMatchObject([{ id: saved.id, verdict: saved.verdict, target: 'sqlite' }]);
    expect(JSON.parse((await cli.run('history', 'show', saved.id, '--json')).stdout)).toEqual(saved);
    expect((await cli.run('history', 'show', saved.id)).stdout).toContain('responses checked');
    cli.dispose();
  });

  it('keeps nothing with --no-save', async () => {
    const cli = new Cli();
    await cli.run('run', 'level-0', '--duration', '1s', '--warmup', '0s', '--engine', 'memory', '--no-save', '--quiet');
    expect(JSON.parse((await cli.run('history', 'list', '--json')).stdout)).toEqual([]);
    cli.dispose();
  });
});
