import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Lease } from '../sqlite/lease';
import { takeServerLease } from './serverLease';

describe('the lease of an embedded server', () => {
  let folder: string;
  let stopping: AbortController;
  beforeEach(() => {
    vi.useFakeTimers();
    stopping = new AbortController();
    folder = mkdtempSync(join(tmpdir(), 'proofload-server-'));
  });
  afterEach(() => {
    vi.useRealTimers();
    rmSync(folder, { recursive: true });
  });
  const place = (): string => join(folder, 'postgres');

  it('is waited for while another Proofload stops its server', async () => {
    const other = Lease.take(`${place()}.lease`);
    const waiting = takeServerLease(place(), stopping.signal);
    await vi.advanceTimersByTimeAsync(10_000);
    other?.drop();
    await vi.advanceTimersByTimeAsync(100);
    const lease = await waiting;
    expect(Lease.take(`${place()}.lease`)).toBeUndefined();
    lease.drop();
  });

  it('is not waited for by somebody who was stopped meanwhile', async () => {
    const other = Lease.take(`${place()}.lease`);
    const refused = expect(takeServerLease(place(), stopping.signal)).rejects.toThrow('in use by another');
    stopping.abort();
    await vi.advanceTimersByTimeAsync(100);
    await refused;
    other?.drop();
  });

  it('is not waited for where the server goes on', async () => {
    const other = Lease.take(`${place()}.lease`);
    const refused = expect(takeServerLease(place(), stopping.signal)).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.stringContaining('in use by another Proofload'),
    });
    await vi.advanceTimersByTimeAsync(15_100);
    await refused;
    other?.drop();
  });
});
