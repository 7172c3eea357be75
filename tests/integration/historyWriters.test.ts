import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openHistory } from '../../electron/history/openHistory';
import { recoverRuns } from '../../electron/run/recoverRuns';
import { openDatabase } from '../../electron/sqlite/openDatabase';
import { buildWorker } from '../support/buildWorker';

let writerFile: string;

/** A process that writes runs, and the ids that it has said to be saved. */
class Writer {
  readonly saved: string[] = [];
  readonly #child: ChildProcess;
  readonly ended: Promise<number | null>;

  constructor(folder: string, name: string, count: number) {
    this.#child = spawn(process.execPath, [writerFile, folder, name, String(count)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    this.#child.stdout?.on('data', (chunk) => {
      text += chunk;
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      this.saved.push(...lines);
    });
    this.ended = new Promise((done) => this.#child.on('close', done));
  }

  /** Resolves when so many runs are saved. */
  async hasSaved(count: number): Promise<void> {
    await new Promise<void>((go) => {
      const look = (): void => {
        if (this.saved.length >= count) go();
        else this.#child.stdout?.once('data', () => setImmediate(look));
      };
      look();
    });
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

describe('several processes at one history', () => {
  let folder: string;
  beforeAll(async () => {
    writerFile = join(await buildWorker('historyWriter.ts', 'history-writer'), 'history-writer.js');
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-writers-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('lose nothing that they have said to be saved, also when one is killed in the middle of a write', async () => {
    const writers = [new Writer(folder, 'a', 60), new Writer(folder, 'b', 60)];
    // Each is killed at another point of its work.
    const killed: Writer[] = [];
    for (let round = 0; round < 6; round += 1) {
      const victim = new Writer(folder, `killed-${round}`, 1_000);
      killed.push(victim);
      await victim.hasSaved(1 + round * 2);
      victim.kill();
      await victim.ended;
    }
    expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual([0, 0]);

    const database = openDatabase(join(folder, 'history.sqlite'));
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
    const history = openHistory(folder);
    recoverRuns(history, join(folder, 'work'));
    for (const { saved } of [...writers, ...killed]) {
      expect(saved.length).toBeGreaterThan(0);
      for (const id of saved) {
        expect(history.document(id).verdict).toBe('passed');
        expect(history.responseHistograms(id)).toHaveLength(3);
      }
    }
    // Some were killed while they packed a run: it is packed now.
    expect(history.packing.due).toBeLessThanOrEqual(killed.length * 2);
    let isMore = true;
    while (isMore) isMore = history.packing.packNext(new Date(Date.now() + 60_000));
    expect(history.packing.due).toBe(0);
    for (const id of [...writers, ...killed].flatMap(({ saved }) => saved))
      expect(history.responseHistograms(id)).toHaveLength(3);
    // At most the run that each victim was at is there as well, kept as far as it had come.
    const interrupted = history.list({ limit: 10_000, verdict: 'interrupted' });
    expect(interrupted.length).toBeLessThanOrEqual(killed.length);
    history.close();
  }, 120_000);
});
