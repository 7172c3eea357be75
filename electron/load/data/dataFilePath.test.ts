import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dataFilePath } from './dataFilePath';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'proofload-paths-')));
  mkdirSync(join(folder, 'scenarios', 'data'), { recursive: true });
  writeFileSync(join(folder, 'private.csv'), 'a');
  writeFileSync(join(folder, 'scenarios', 'data', 'users.csv'), 'a');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('is in the folder of the scenario file or below', () => {
  const scenarios = join(folder, 'scenarios');
  const users = join(scenarios, 'data', 'users.csv');
  for (const file of ['data/users.csv', './data/users.csv', 'data/../data/users.csv'])
    expect(dataFilePath(file, scenarios)).toBe(users);
});

it('is refused elsewhere, by whatever path or link', () => {
  const scenarios = join(folder, 'scenarios');
  symlinkSync(join(folder, 'private.csv'), join(scenarios, 'link.csv'));
  symlinkSync(folder, join(scenarios, 'up'));
  const elsewhere = ['../private.csv', 'data/../../private.csv', join(folder, 'private.csv'), 'C:\\private.csv'];
  for (const file of [...elsewhere, 'link.csv', 'up/private.csv', 'none.csv', 'data', 'data/users.csv/x'])
    expect(() => dataFilePath(file, scenarios), file).toThrow(expect.objectContaining({ code: 'data-invalid' }));
});
