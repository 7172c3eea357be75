import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { Lease } from './lease';
import type { openDatabase } from './openDatabase';

type Opening = { openDatabase: typeof openDatabase };

/** Files that a sweep removes as soon as they are created, before they are locked. */
const swept = vi.hoisted(() => new Set<string>());

vi.mock('./openDatabase', async (original) => {
  const real = await original<Opening>();
  const openAndSweep: typeof openDatabase = (path, options) => {
    const database = real.openDatabase(path, options);
    if (swept.delete(path)) rmSync(path);
    return database;
  };
  return { ...real, openDatabase: openAndSweep };
});

// Windows does not remove a file that is open.
it.skipIf(process.platform === 'win32')('a lease whose file is swept before it is locked is taken anew', () => {
  const folder = mkdtempSync(join(tmpdir(), 'proofload-lease-'));
  const file = join(folder, 'run.lease');
  swept.add(file);
  const lease = Lease.take(file);
  expect([existsSync(file), Lease.take(file)]).toEqual([true, undefined]);
  lease?.remove();
  rmSync(folder, { recursive: true });
});
