import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cli, type CliResult } from '../support/cli';

/** How a shell ends a pipe: `head` has its line and is gone, and the command goes on printing. */
const pipe = ['bash', '-c', 'set -o pipefail; "$@" | head -1', 'bash', process.execPath, 'out/main/cli.js'] as const;

describe('the program that reads the output ends first', () => {
  let cli: Cli;
  let ids: string[];

  beforeAll(async () => {
    cli = new Cli();
    for (const name of ['a.json', 'b.json'])
      await cli.run(
        'run',
        'level-0',
        '--engine',
        'memory',
        '--duration',
        '1s',
        '--warmup',
        '0s',
        '--quiet',
        '--out',
        cli.file(name),
      );
    ids = ['a.json', 'b.json'].map((name) => cli.document(name).id);
  });
  afterAll(() => cli.dispose());

  const commands: [string, () => string[]][] = [
    ['levels', () => ['levels']],
    ['levels --json', () => ['levels', '--json']],
    ['engines', () => ['engines']],
    ['engines --json', () => ['engines', '--json']],
    ['history list', () => ['history', 'list']],
    ['history list --json', () => ['history', 'list', '--json']],
    ['history show', () => ['history', 'show', ids[0] ?? '']],
    ['history show --json', () => ['history', 'show', ids[0] ?? '', '--json']],
    ['compare', () => ['compare', ...ids]],
    ['compare --json', () => ['compare', ...ids, '--json']],
    ['export', () => ['export', ids[0] ?? '', '--to', 'html']],
    ['--help', () => ['--help']],
  ];

  /** The read end of the pipe is closed before the command has begun: its first line meets that for certain. */
  async function intoClosedPipe(args: readonly string[]): Promise<CliResult> {
    const { child, done } = cli.start(args);
    child.stdout?.destroy();
    return done;
  }

  it.each(commands)('%s: neither a crash nor a word about it', async (_name, args) => {
    expect(await intoClosedPipe(args())).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it.each(commands)('%s | head -1: the line, and nothing else', async (_name, args) => {
    const { code, stdout, stderr } = await cli.start(args(), {}, { program: pipe }).done;
    expect({ code, lines: stdout.split('\n').length - 1, stderr }).toEqual({ code: 0, lines: 1, stderr: '' });
  });

  it('a list has as many entries as are asked for', async () => {
    const list = async (...args: string[]): Promise<{ id: string }[]> =>
      JSON.parse((await cli.run(...args, '--json', '--limit', '1')).stdout);
    expect((await list('history', 'list')).map(({ id }) => id)).toEqual([ids[1]]);
    expect((await list('levels')).map(({ id }) => id)).toEqual(['level-0']);
    expect(await list('engines')).toHaveLength(1);
    for (const limit of ['0', '1.5', '10001', 'all']) {
      const { code, stderr } = await cli.run('levels', '--limit', limit);
      expect({ limit, code }).toEqual({ limit, code: 2 });
      expect(stderr).toContain('must be a whole number from 1 to 10000');
    }
  });
});
