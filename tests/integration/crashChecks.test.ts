import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CrashSubject, killCheck } from '../../electron/app/conformance/crashChecks';
import { childProcessHost } from '../../electron/hosting/childProcessHost';
import type { WorkerHost } from '../../electron/hosting/workerHost';
import { isAlive } from '../../electron/system/processes';
import { engineConfig } from '../../shared/engines/config';

const host = childProcessHost(resolve(import.meta.dirname, '../../out/main'));

describe('the crash check', () => {
  let folder: string;
  let pids: number[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-crash-'));
    pids = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** What is checked, by workers that are counted; `onStart` hears which is about to start. */
  function subject(onStart: (count: number) => void, signal = new AbortController().signal): CrashSubject {
    const workers: WorkerHost = {
      start: (kind, handlers) => {
        onStart(pids.length + 1);
        const worker = host.start(kind, handlers);
        pids.push(worker.pid ?? 0);
        return worker;
      },
    };
    const engine = {
      config: engineConfig('sqlite'),
      folder,
      namespace: 'crash',
      database: undefined,
      server: undefined,
    };
    return { workers, ...engine, seed: 1, crashes: 2, signal };
  }

  it('takes one process more for each crash: what has survived one is struck by the next', async () => {
    expect(await killCheck(subject(() => {}))).toMatchObject({ status: 'passed' });
    expect(pids).toHaveLength(3);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('leaves no process when the store can not be opened after a crash', async () => {
    const gone = subject((count) => {
      if (count === 2) rmSync(folder, { recursive: true });
    });
    expect(await killCheck(gone)).toMatchObject({
      status: 'failed',
      evidence: expect.arrayContaining([expect.stringContaining('could not be opened and read after a crash')]),
    });
    expect(pids).toHaveLength(2);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('is given up between two crashes, and says nothing of the engine then', async () => {
    const stopping = new AbortController();
    const reason = new Error('stopped');
    const stopped = subject((count) => {
      if (count === 2) stopping.abort(reason);
    }, stopping.signal);
    await expect(killCheck(stopped)).rejects.toBe(reason);
    expect(pids).toHaveLength(2);
    expect(pids.filter(isAlive)).toEqual([]);
  });
});
