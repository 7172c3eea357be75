import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guards } from '../mutants/guards';

const project = resolve(import.meta.dirname, '../..');
const textOf = (file: string): string => readFileSync(resolve(project, file), 'utf8');

describe('the guards that npm run test:mutants takes out', () => {
  it('are at least 25, each with a name of its own', () => {
    expect(guards.length).toBeGreaterThanOrEqual(25);
    expect(new Set(guards.map(({ name }) => name)).size).toBe(guards.length);
  });

  it.each(guards)('are where the list says: $name', ({ file, find, replace, tests }) => {
    expect(textOf(file).split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
    for (const test of tests) expect(textOf(test.file)).toMatch(/\b(?:it|test)\b/);
  });
});
