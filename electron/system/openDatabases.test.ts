import { linkSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryStore } from '../history/historyStore';
import { openHistory } from '../history/openHistory';
import { ImportFile } from '../report/importers/importFile';
import { Lease } from '../sqlite/lease';
import { isOpenDatabase } from './openDatabases';
import { writeUserFile } from './privateFiles';

describe('a file that SQLite has open in this process', () => {
  let folder: string;
  let history: HistoryStore;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-open-'));
    history = openHistory(folder);
    file = join(folder, 'history.sqlite');
  });
  afterEach(() => {
    history.close();
    rmSync(folder, { recursive: true });
  });

  it('is known by whatever name, and so is what SQLite has beside it, until it is closed', () => {
    symlinkSync(file, join(folder, 'symlink'));
    linkSync(file, join(folder, 'link'));
    const names = ['history.sqlite', 'history.sqlite-wal', 'history.sqlite-shm', 'history.lock', 'symlink', 'link'];
    const areOpen = (): boolean[] => names.map((name) => isOpenDatabase(join(folder, name)));
    expect(areOpen()).toEqual(names.map(() => true));
    writeFileSync(join(folder, 'other'), '');
    expect([isOpenDatabase(join(folder, 'other')), isOpenDatabase(join(folder, 'none'))]).toEqual([false, false]);
    history.close();
    expect(areOpen()).toEqual(names.map(() => false));
  });

  it('is not one that has taken its name, and still is the one that has lost it', () => {
    linkSync(file, join(folder, 'moved'));
    rmSync(file);
    writeFileSync(file, '');
    expect([isOpenDatabase(file), isOpenDatabase(join(folder, 'moved'))]).toEqual([false, true]);
  });

  it('is refused before it is opened: to close it again would drop the locks of SQLite', async () => {
    linkSync(file, join(folder, 'run.json'));
    for (const name of ['history.sqlite', 'run.json', 'history.sqlite-shm'])
      await expect(ImportFile.open(join(folder, name))).rejects.toMatchObject({
        code: 'import-failed',
        message: `${name} is the history of this Proofload, or belongs to it`,
      });
    const lease = Lease.take(join(folder, 'a.lease'));
    for (const path of [join(folder, 'run.json'), join(folder, 'a.lease')])
      expect(() => writeUserFile(path, 'x')).toThrow(/is open/);
    lease?.drop();
    writeUserFile(join(folder, 'a.lease'), 'x');
  });
});
