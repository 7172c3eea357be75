import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProofloadError } from '../../shared/errors/appError';
import type { RunDocument } from '../../shared/run/document';
import type { RunDescription } from '../../shared/run/events';
import { description, histogramOfMs, runDocument, runInterval } from '../../tests/support/factories';
import type { PackedSecond, RunArchive } from '../history/runArchive';
import type { RecordedSecond } from '../measure/recordedSecond';
import { RunPersister } from './runPersister';

function second(t: number): RecordedSecond {
  return {
    interval: runInterval({ t, count: 1 }),
    response: new Map([['read', histogramOfMs(t)]]),
    service: histogramOfMs(t),
    lateness: histogramOfMs(),
    stages: new Map(),
    phases: new Map(),
    serverTiming: new Map(),
    parts: new Map(),
  };
}

/** A history that another process may be writing to. */
class Archive implements RunArchive {
  isBusy = false;
  readonly begun: string[] = [];
  readonly seconds: number[] = [];
  readonly finished: string[] = [];
  readonly discarded: string[] = [];
  tries = 0;

  #write(work: () => void): void {
    this.tries += 1;
    if (this.isBusy) throw new ProofloadError('history-in-use', 'another Proofload is writing', 'wait');
    work();
  }

  begin({ id }: RunDescription): void {
    this.#write(() => this.begun.push(id));
  }
  append(_runId: string, seconds: readonly PackedSecond[]): void {
    this.#write(() => this.seconds.push(...seconds.map(({ t }) => t)));
  }
  finish({ id }: RunDocument): void {
    this.#write(() => this.finished.push(id));
  }
  discard(runId: string): void {
    this.#write(() => this.discarded.push(runId));
  }
}

describe('RunPersister', () => {
  let archive: Archive;
  let told: string[];
  let keeper: RunPersister;
  beforeEach(() => {
    vi.useFakeTimers();
    archive = new Archive();
    told = [];
    keeper = new RunPersister(archive, 'run-1', (level, message) => told.push(`${level}: ${message}`));
  });
  afterEach(() => void vi.useRealTimers());

  const begin = (isWanted = (): boolean => true): Promise<void> => keeper.begin(description({ id: 'run-1' }), isWanted);
  const document = runDocument({ id: 'run-1' });
  /** The other process finishes after this time. */
  async function freeAfter(ms: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(ms);
    archive.isBusy = false;
    await vi.advanceTimersByTimeAsync(500);
  }

  it('loses nothing while another process writes for a minute, and says that it was late', async () => {
    keeper.append(second(1));
    archive.isBusy = true;
    for (let t = 2; t <= 61; t += 1) keeper.append(second(t));
    expect(archive.seconds).toEqual([1]);
    archive.isBusy = false;
    keeper.append(second(62));
    expect(archive.seconds).toEqual(Array.from({ length: 62 }, (_, index) => index + 1));
    expect(told).toEqual([expect.stringMatching(/^info: another Proofload .* 61 seconds .* are saved now$/)]);
    await keeper.settle();
    expect(await keeper.finish(document)).toBe(true);
    expect([archive.finished, told.length]).toEqual([['run-1'], 1]);
  });

  it('tries once a second, for it must not hold up what it measures', () => {
    archive.isBusy = true;
    for (let t = 1; t <= 10; t += 1) keeper.append(second(t));
    expect(archive.tries).toBe(10);
  });

  it('waits at the end for as long as another process writes, first with the seconds and then with the document', async () => {
    archive.isBusy = true;
    keeper.append(second(1));
    const settled = keeper.settle();
    await freeAfter(60_000);
    await settled;
    expect(archive.seconds).toEqual([1]);
    expect(told).toEqual([
      expect.stringMatching(/^warning: another Proofload is writing the history/),
      expect.stringMatching(/^info: .* are saved now$/),
    ]);
    archive.isBusy = true;
    const finished = keeper.finish(document);
    await freeAfter(60_000);
    expect(await finished).toBe(true);
    expect([archive.seconds, archive.finished]).toEqual([[1], ['run-1']]);
  });

  it('writes seconds that are late with the document where nobody has waited for them', async () => {
    archive.isBusy = true;
    keeper.append(second(1));
    archive.isBusy = false;
    expect(await keeper.finish(document)).toBe(true);
    expect([archive.seconds, archive.finished]).toEqual([[1], ['run-1']]);
  });

  it('begins a run when the other process is done, unless it is stopped before', async () => {
    archive.isBusy = true;
    const begun = begin();
    await freeAfter(30_000);
    await begun;
    expect(archive.begun).toEqual(['run-1']);
    archive.isBusy = true;
    let isWanted = true;
    const refused = expect(begin(() => isWanted)).rejects.toMatchObject({ code: 'interrupted' });
    isWanted = false;
    await freeAfter(1_000);
    await refused;
    expect(archive.begun).toEqual(['run-1']);
  });

  it('gives up after five minutes, and says so', async () => {
    archive.isBusy = true;
    keeper.append(second(1));
    const finished = keeper.finish(document);
    await vi.advanceTimersByTimeAsync(299_000);
    expect(told.filter((line) => line.startsWith('error'))).toEqual([]);
    await freeAfter(2_000);
    expect(await finished).toBe(false);
    expect(told.at(-1)).toBe('error: the run is not being saved: another Proofload is writing; wait');
    expect([archive.seconds, archive.finished]).toEqual([[], []]);
  });

  it('keeps no more than half an hour in memory', () => {
    archive.isBusy = true;
    for (let t = 1; t <= 1_800; t += 1) keeper.append(second(t));
    expect(told).toEqual([]);
    for (let t = 1_801; t <= 2_000; t += 1) keeper.append(second(t));
    expect(told).toEqual([expect.stringMatching(/^error: the run is not being saved/)]);
    expect(archive.tries).toBe(1_801);
  });

  it('forgets a run as soon as the other process is done', async () => {
    archive.isBusy = true;
    const discarded = keeper.discard();
    await freeAfter(10_000);
    await discarded;
    expect(archive.discarded).toEqual(['run-1']);
  });
});
