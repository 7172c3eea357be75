import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultEngine } from '../app/targets/defaultEngine';
import { openHistory } from '../history/openHistory';
import { requestRepair } from '../history/storeFiles';
import { ownWork } from '../run/ownedWork';
import { Lease } from '../sqlite/lease';
import { deniedFile } from './deniedFile';
import { writeWhole } from './writeWhole';

/** The path that the system refuses, as it refuses files that root has left to another user. */
const refused = vi.hoisted(() => ({ path: '' }));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const check = (path: unknown): void => {
    if (refused.path !== '' && `${path}`.startsWith(refused.path))
      throw Object.assign(new Error(`EACCES: permission denied, open '${path}'`), { code: 'EACCES' });
  };
  type Named = (path: string, ...rest: never[]) => unknown;
  const guarded =
    (work: unknown): Named =>
    (path, ...rest) => {
      check(path);
      return (work as Named)(path, ...rest);
    };
  return {
    ...fs,
    openSync: guarded(fs.openSync),
    readFileSync: guarded(fs.readFileSync),
    accessSync: guarded(fs.accessSync),
    mkdirSync: guarded(fs.mkdirSync),
    writeFileSync: guarded(fs.writeFileSync),
  };
});

describe.skipIf(process.platform === 'win32')('a file that another user has left', () => {
  const owner = userInfo().uid;
  const ownerName = owner === 0 ? 'root' : `the user with the number ${owner}`;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "proofload-d'enied-"));
    // The current user is not the owner of the files.
    vi.spyOn(process, 'getuid').mockReturnValue(owner + 1_000);
  });
  afterEach(() => {
    refused.path = '';
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  /** An error that names the file, its owner, and the shell command that gives the folder back. */
  const naming = (path: string, back = folder) =>
    expect.objectContaining({
      code: 'data-folder-unusable',
      message: `${path} belongs to ${ownerName}, and may not be used by this user`,
      hint: expect.stringContaining(`sudo chown -R "$(id -un)" '${back.replaceAll("'", `'\\''`)}'`),
      // Each surface names its own way to another folder.
      details: { about: 'data-folder' },
    });

  it.each(['history.lock', 'history.sqlite'])(
    '%s is named, with what gives it back, when the history is opened',
    (name) => {
      openHistory(folder).close();
      refused.path = join(folder, name);
      expect(() => openHistory(folder)).toThrow(naming(join(folder, name)));
    },
  );

  it('is named as a lease, a work folder, a request for a repair, and a folder that settings are kept in', () => {
    const work = join(folder, 'work');
    Lease.take(join(work, 'a.lease'))?.drop();
    refused.path = join(work, 'a.lease');
    expect(() => Lease.take(join(work, 'a.lease'))).toThrow(naming(join(work, 'a.lease'), work));
    expect(() => ownWork(work, 'a')).toThrow(naming(join(work, 'a.lease'), work));
    refused.path = join(work, 'b');
    expect(() => ownWork(work, 'b')).toThrow(naming(work, work));
    refused.path = '';
    openHistory(folder).close();
    refused.path = join(folder, 'history.repair');
    expect(() => requestRepair(folder)).toThrow(naming(folder));
    refused.path = join(folder, 'settings.json');
    expect(() => writeWhole(join(folder, 'settings.json'), '', 'the settings')).toThrow(naming(folder));
    refused.path = join(folder, 'window');
    expect(() => writeWhole(join(folder, 'window', 'a.json'), '', 'the settings')).toThrow(naming(folder));
  });

  it('is known as well by what SQLite says, also of what it has beside a database', () => {
    const [file, log] = ['history.sqlite', 'history.sqlite-wal'].map((name) => join(folder, name));
    for (const code of ['SQLITE_CANTOPEN', 'SQLITE_READONLY_DIRECTORY']) {
      writeFileSync(`${log}`, '');
      const error = Object.assign(new Error('unable to open database file'), { code });
      expect(deniedFile(`${file}`, error)).toEqual(naming(`${log}`));
      rmSync(`${log}`);
      expect(deniedFile(`${file}`, error)).toBeUndefined();
    }
  });

  it('is named where it can only not be read', () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    refused.path = join(folder, 'settings.json');
    expect(defaultEngine(folder, {})).toMatchObject({ engine: 'sqlite' });
    expect(said.mock.calls.join('')).toContain(`sudo chown -R "$(id -un)"`);
  });

  it('is not blamed for other errors, for what is not there, for what is the own, and by root', () => {
    const denied = Object.assign(new Error('denied'), { code: 'EACCES' });
    mkdirSync(join(folder, 'a'));
    const path = join(folder, 'a', 'file');
    expect(deniedFile(path, denied)).toEqual(naming(join(folder, 'a'), join(folder, 'a')));
    expect(deniedFile(path, Object.assign(new Error('full'), { code: 'ENOSPC' }))).toBeUndefined();
    expect(deniedFile(path, denied, owner)).toBeUndefined();
    expect(deniedFile(path, denied, 0)).toBeUndefined();
  });
});
