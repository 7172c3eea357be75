import { chmodSync, lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { openHistory } from '../../electron/history/openHistory';
import { expect, launch, test } from '../support/app';

/** Whether others may enter or read it. What Chromium has removed since it was listed is for nobody. */
function isOpen(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isSymbolicLink() && (found.mode & 0o077) !== 0;
}

/** What others may enter or read. */
function openTo(folder: string): string[] {
  return [folder, ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))]
    .filter(isOpen)
    .map((path) => relative(folder, path));
}

test('the data folder is for its user alone: what an earlier version has left in it, what the app writes, and what Chromium does', async ({
  dataFolder,
}) => {
  // There the folder of the user is closed by its access list.
  if (process.platform === 'win32') return;
  // As open as a system may make what is new.
  const before = process.umask(0);
  try {
    // A folder whose history is there already: one that is begun anew is closed with it.
    openHistory(dataFolder).close();
    chmodSync(dataFolder, 0o755);
    mkdirSync(join(dataFolder, 'window'));
    writeFileSync(join(dataFolder, 'window', 'preferences.json'), '{"theme":"dark"}');
    writeFileSync(join(dataFolder, 'settings.json'), '{}');
    const { app, page } = await launch(dataFolder);
    await page.evaluate(() => localStorage.setItem('kept', 'in a file of Chromium'));
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    expect(openTo(dataFolder)).toEqual([]);
    await app.close();
    expect(openTo(dataFolder)).toEqual([]);
    expect(readdirSync(dataFolder)).toContain('history.sqlite');
  } finally {
    process.umask(before);
  }
});
