import { chmodSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHistory } from '../history/openHistory';
import { requestRepair } from '../history/storeFiles';
import { openDatabase } from '../sqlite/openDatabase';
import { closeDataFolder, makePrivateFolder, writeUserFile } from './privateFiles';

const open = 0o022;

function modeOf(path: string): string {
  return (lstatSync(path).mode & 0o7777).toString(8);
}

describe.skipIf(process.platform === 'win32')('files for the user alone', () => {
  let folder: string;
  let before: number;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-private-'));
    // As open as a system may make it: the tests must not depend on what the user has set.
    before = process.umask(0);
  });
  afterEach(() => {
    process.umask(before);
    rmSync(folder, { recursive: true, force: true });
  });

  function put(path: string, mode: number): string {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true, mode: 0o777 });
    writeFileSync(file, '');
    chmodSync(file, mode);
    return file;
  }

  it('are those of a new history from the first byte: the folder, the store, its log and its index', () => {
    const data = join(folder, 'a', 'data');
    const history = openHistory(data);
    const modes = ['.', 'history.sqlite', 'history.sqlite-wal', 'history.sqlite-shm'].map((name) =>
      modeOf(join(data, name)),
    );
    history.close();
    expect(modes).toEqual(['700', '600', '600', '600']);
    requestRepair(data);
    expect(modeOf(join(data, 'history.repair'))).toBe('600');
  });

  it('are all databases that engines make', () => {
    const database = openDatabase(join(folder, 'documents.sqlite'));
    database.pragma('journal_mode = WAL');
    database.exec('CREATE TABLE a (b)');
    const modes = ['', '-wal', '-shm'].map((end) => modeOf(join(folder, `documents.sqlite${end}`)));
    database.close();
    expect(modes).toEqual(['600', '600', '600']);
  });

  it('is everything that an earlier version has left open, and nothing else', () => {
    const ours = [
      'history.sqlite',
      'history.sqlite-wal',
      'history.sqlite-shm',
      'history-damaged-2026-11-24T00-00-00.sqlite',
      'history-damaged-2026-11-24T00-00-00-2.sqlite-wal',
      'settings.json',
      'databases.json',
      'calibrations.json',
      'window/preferences.json',
      'window/Local Storage/leveldb/000003.log',
      'profiles/a.cpuprofile',
      'scenarios/mine.json',
      'experiments/a.json',
      'conformance/a.json',
      'work/20261124-000000-abcdef/documents.sqlite',
      'postgres/password',
      'postgres/data/base/1/1',
    ].map((path) => put(path, 0o644));
    const foreign = put('report.html', 0o644);
    const script = put('tools/run.sh', 0o755);
    chmodSync(folder, 0o755);
    closeDataFolder(folder);
    expect(ours.map(modeOf)).toEqual(ours.map(() => '600'));
    for (const path of ['window', 'window/Local Storage/leveldb', 'work/20261124-000000-abcdef', 'postgres/data'])
      expect([path, modeOf(join(folder, path))]).toEqual([path, '700']);
    expect([modeOf(foreign), modeOf(script), modeOf(join(folder, 'tools'))]).toEqual(['644', '755', '777']);
    // Others read their own files in this folder.
    expect(modeOf(folder)).toBe('755');
    rmSync(foreign);
    rmSync(dirname(script), { recursive: true });
    closeDataFolder(folder);
    expect(modeOf(folder)).toBe('700');
  });

  it('is nothing in a folder without a history, and no folder that a group was given', () => {
    const names = ['postgres/data/base', 'profiles/a', 'settings.json'].map((path) => put(path, 0o644));
    chmodSync(folder, 0o755);
    closeDataFolder(folder);
    expect([...names, folder].map(modeOf)).toEqual(['644', '644', '644', '755']);
    const program = put('work/20261125-120000-abcdef/tool', 0o755);
    openHistory(folder).close();
    expect([...names, program, folder].map(modeOf)).toEqual(['600', '600', '600', '700', '700']);
    for (const name of names) chmodSync(name, 0o644);
    chmodSync(folder, 0o2770);
    closeDataFolder(folder);
    expect([...names, folder].map(modeOf)).toEqual(['600', '600', '600', '2770']);
  });

  it('is no file that a link leads to, and no folder that others have business in', () => {
    const elsewhere = put('elsewhere/file', 0o644);
    const data = join(folder, 'data');
    mkdirSync(data);
    symlinkSync(dirname(elsewhere), join(data, 'profiles'));
    symlinkSync(elsewhere, join(data, 'settings.json'));
    chmodSync(data, 0o1777);
    writeFileSync(join(data, 'history.sqlite'), '');
    writeFileSync(join(data, 'databases.json'), '', { mode: 0o644 });
    closeDataFolder(data);
    expect([modeOf(elsewhere), modeOf(dirname(elsewhere)), modeOf(data)]).toEqual(['644', '777', '1777']);
    expect(modeOf(join(data, 'databases.json'))).toBe('600');
  });

  it('is nothing where there is no folder, or something else in its place', () => {
    closeDataFolder(join(folder, 'none'));
    closeDataFolder(put('file', 0o644));
    expect(modeOf(join(folder, 'file'))).toBe('644');
  });

  it('is no file that the user has named, and every folder on the way to a new data folder', () => {
    process.umask(open);
    writeUserFile(join(folder, 'export.html'), 'x');
    expect(modeOf(join(folder, 'export.html'))).toBe('644');
    writeUserFile('/dev/null', 'x');
    makePrivateFolder(join(folder, 'b', 'c'));
    expect([modeOf(join(folder, 'b')), modeOf(join(folder, 'b', 'c'))]).toEqual(['700', '700']);
  });
});
