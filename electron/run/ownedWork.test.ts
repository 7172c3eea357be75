import { existsSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OwnerProcess } from '../../tests/support/ownerProcess';
import { noteDatabase } from '../service/storage/mongodb/databaseNote';
import { Lease } from '../sqlite/lease';
import { ownWork, sweepWork, takeAbandoned } from './ownedWork';

let program: string;
beforeAll(async () => {
  program = await OwnerProcess.build();
});

describe('work of an owner', () => {
  let folder: string;
  let owners: OwnerProcess[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-work-'));
    owners = [];
  });
  afterEach(async () => {
    for (const owner of owners) await owner.kill();
    rmSync(folder, { recursive: true });
  });

  const start = (id: string): OwnerProcess => {
    const owner = OwnerProcess.start(program, folder, id);
    owners.push(owner);
    return owner;
  };
  const file = (id: string): string => join(folder, id, 'documents.sqlite');

  it('is left alone while its owner lives, also one that does not get to run, and swept when that is killed', async () => {
    const owner = start('work-1');
    await owner.says('owns');
    owner.freeze();
    sweepWork(folder);
    expect(takeAbandoned(folder, 'work-1')).toBeUndefined();
    expect(existsSync(file('work-1'))).toBe(true);
    await owner.kill();
    sweepWork(folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves nothing when it is ended in order', async () => {
    const owner = start('work-1');
    await owner.says('owns');
    await owner.end();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is not what somebody else keeps in a folder of that name', () => {
    const thesis = join(folder, 'thesis');
    mkdirSync(thesis);
    writeFileSync(join(thesis, 'chapter.md'), 'a year');
    writeFileSync(join(folder, 'flat.lease'), 'a contract');
    mkdirSync(join(folder, 'flat'));
    for (const id of ['20261125-120000-abcdef', 'conformance-4711-20261125-120000-abcdef']) mkdirSync(join(folder, id));
    sweepWork(folder);
    expect(readdirSync(folder).sort()).toEqual(['flat', 'flat.lease', 'thesis']);
    expect(readdirSync(thesis)).toEqual(['chapter.md']);
  });

  it('is swept for one owner while another lives', async () => {
    const [first, second] = [start('first'), start('second')];
    await Promise.all([first.says('owns'), second.says('owns')]);
    await first.kill();
    sweepWork(folder);
    expect([existsSync(file('first')), existsSync(file('second'))]).toEqual([false, true]);
  });

  it('is left alone by the process that owns it', () => {
    const work = ownWork(folder, 'own');
    writeFileSync(file('own'), '');
    sweepWork(folder);
    expect(existsSync(file('own'))).toBe(true);
    work.end();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that has no lease is nobody’s: folders of earlier versions go, files that are no work stay', () => {
    mkdirSync(join(folder, 'conformance-1-20260101-000000-aaaaaa', 'checks'), { recursive: true });
    writeFileSync(join(folder, 'notes.txt'), '');
    sweepWork(folder);
    expect(readdirSync(folder)).toEqual(['notes.txt']);
  });

  it('is never outside the work folder, whatever its id', () => {
    const inside = join(folder, 'work');
    mkdirSync(inside);
    writeFileSync(join(folder, 'kept.txt'), '');
    for (const id of ['..', '.', '../kept.txt', 'a/../..', '']) takeAbandoned(inside, id)?.end();
    expect(readdirSync(folder).sort()).toEqual(['kept.txt', 'work']);
  });

  it('stays noted while a database of it is in a server', () => {
    const work = ownWork(folder, 'mongo');
    mkdirSync(join(work.folder, 'checks'));
    noteDatabase(join(work.folder, 'checks'), 'proofload_run_mongo_checks', 'mongodb://127.0.0.1:1/');
    work.end();
    sweepWork(folder);
    expect(readdirSync(join(folder, 'mongo', 'checks'))).toEqual(['proofload_run_mongo_checks.database.json']);
  });

  it.runIf(process.platform === 'linux')(
    'is not begun on a lease that somebody sweeps away in the moment it is made',
    async () => {
      const leaseFile = join(folder, 'work-1.lease');
      // A sweeping process has found the file before its owner has locked it.
      const sweeping = Lease.take(leaseFile);
      const owner = start('work-1');
      await owner.says('starts');
      const openFiles = (): string[] =>
        readdirSync(`/proc/${owner.pid}/fd`).flatMap((fd) => {
          try {
            return readlinkSync(`/proc/${owner.pid}/fd/${fd}`);
          } catch {
            // It was closed after the folder was listed.
            return [];
          }
        });
      await expect.poll(openFiles, { timeout: 20_000 }).toContain(leaseFile);
      sweeping?.remove();
      await owner.says('owns');
      expect(existsSync(leaseFile)).toBe(true);
      sweepWork(folder);
      expect(existsSync(file('work-1'))).toBe(true);
    },
  );
});
