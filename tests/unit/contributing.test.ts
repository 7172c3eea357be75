import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The words of a name, however it is written: `steady-state` is `steadyState` in code. */
function spellings(name: string): RegExp {
  return new RegExp(name.split(/[-_]/).filter(Boolean).join('[-_ ]?'), 'i');
}

const [, section = ''] = textOf('CONTRIBUTING.md').split('## How to add something');
const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| (an? .+?) \| `([^`]+)` \| (.+) \|$/gm)].map(
  ([, title = '', example = '', cell = '']) => ({
    title,
    example,
    files: [...cell.matchAll(/`([^`]+\.[a-z]+)`/g)].map(([, file = '']) => file),
    folders: [...cell.matchAll(/`([^`.]+\/[^`.]+)`/g)].map(([, folder = '']) => folder),
  }),
);

describe('CONTRIBUTING.md', () => {
  it('says for ten kinds of change which files they need', () => {
    expect(rows).toHaveLength(10);
  });

  it.each(rows)('names files that are there, and have its example, to add $title', ({ example, files, folders }) => {
    expect(files.length).toBeGreaterThan(0);
    expect([...files, ...folders].filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const pattern = spellings(example);
    expect(files.filter((file) => !pattern.test(textOf(file)) && !pattern.test(file))).toEqual([]);
  });
});
