import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Lease } from './lease';

// electron/run/ownedWork.test.ts tests what the system does with the lease of another process.
describe('Lease', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-lease-'));
    file = join(folder, 'below', 'a.lease');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is held once, also within one process, until it is dropped', () => {
    const lease = Lease.take(file);
    expect([Lease.take(file), Lease.takeOver(file)]).toEqual([undefined, undefined]);
    lease?.drop();
    const next = Lease.takeOver(file);
    expect(next).toBeDefined();
    expect(Lease.take(file)).toBeUndefined();
    next?.drop();
  });

  it('is waited for while another has it, not for ever, and not by somebody who has thought better of it', async () => {
    vi.useFakeTimers();
    try {
      const first = Lease.take(file);
      const stopping = new AbortController();
      const [waiting, tooLong, stopped] = [
        Lease.takePatiently(file, 10_000),
        Lease.takePatiently(file, 1_000),
        Lease.takePatiently(file, 10_000, stopping.signal),
      ];
      await vi.advanceTimersByTimeAsync(1_000);
      expect(await tooLong).toBeUndefined();
      stopping.abort();
      await vi.advanceTimersByTimeAsync(100);
      expect(await stopped).toBeUndefined();
      first?.drop();
      await vi.advanceTimersByTimeAsync(100);
      const lease = await waiting;
      expect(lease).toBeDefined();
      lease?.drop();
    } finally {
      vi.useRealTimers();
    }
  });

  it('is an empty file with nothing beside it, and nothing when it is removed', () => {
    const lease = Lease.take(file);
    expect(readdirSync(join(folder, 'below'))).toEqual(['a.lease']);
    lease?.remove();
    expect(readdirSync(join(folder, 'below'))).toEqual([]);
  });

  it('is not taken over where there is none', () => {
    expect(Lease.takeOver(file)).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('counts as held when it cannot be told', () => {
    const damaged = join(folder, 'damaged.lease');
    writeFileSync(damaged, 'what no lease contains'.repeat(100));
    expect(Lease.takeOver(damaged)).toBeUndefined();
  });

  it('says why it cannot be taken at all', () => {
    writeFileSync(join(folder, 'occupied'), '');
    expect(() => Lease.take(join(folder, 'occupied', 'a.lease'))).toThrow(/EEXIST|ENOTDIR/);
  });
});
