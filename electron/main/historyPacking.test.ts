import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ProofloadError } from '../../shared/errors/appError';
import { HistoryPacking } from './historyPacking';

/** Lets callbacks of settled promises run. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the packing of the history', () => {
  const packing = { due: 1 };
  const budget = { usedBytes: 3 * 2 ** 20 };
  let budgetMb: number | null = null;
  let isBusy = false;
  let done = (): void => {};
  let fail = (_error: Error): void => {};
  const work = {
    pack: vi.fn(
      (_budgetBytes: number | null) =>
        new Promise<void>((resolve, reject) => {
          done = resolve;
          fail = reject;
        }),
    ),
    stopPacking: vi.fn(() => fail(new ProofloadError('interrupted', 'the work was stopped', 'do it again'))),
  };
  let history: HistoryPacking;
  beforeEach(() => {
    vi.clearAllMocks();
    isBusy = false;
    packing.due = 1;
    budgetMb = null;
    history = new HistoryPacking({ packing, budget }, work, { budgetMb: () => budgetMb, isBusy: () => isBusy });
  });

  it('goes on once, and not while a run would be disturbed or when nothing is due', () => {
    isBusy = true;
    history.start();
    isBusy = false;
    packing.due = 0;
    history.start();
    expect(work.pack).not.toHaveBeenCalled();
    packing.due = 1;
    history.start();
    history.start();
    expect(work.pack).toHaveBeenCalledTimes(1);
  });

  it('does not go on when the app ends, also after the end of its run', async () => {
    history.start();
    history.end();
    expect(work.stopPacking).toHaveBeenCalledTimes(1);
    await settled();
    history.start();
    expect(work.pack).toHaveBeenCalledTimes(1);
  });

  it('goes on for a history that is larger than it may be, once where there is nothing to remove', async () => {
    packing.due = 0;
    budgetMb = 3;
    history.start();
    expect(work.pack).not.toHaveBeenCalled();
    budgetMb = 2;
    history.start();
    expect(work.pack).toHaveBeenCalledWith(2 * 2 ** 20);
    done();
    await settled();
    history.start();
    expect(work.pack).toHaveBeenCalledTimes(1);
    budgetMb = 1;
    history.start();
    expect(work.pack).toHaveBeenCalledTimes(2);
  });

  it('is stopped for a run, and begun again after it', async () => {
    history.stop();
    expect(work.stopPacking).not.toHaveBeenCalled();
    history.start();
    history.stop();
    expect(work.stopPacking).toHaveBeenCalledTimes(1);
    await settled();
    history.start();
    expect(work.pack).toHaveBeenCalledTimes(2);
  });

  it('is not tried again and again when the disk is full', async () => {
    const spy = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    history.start();
    fail(new ProofloadError('history-write-failed', 'the disk is full', 'free space'));
    await settled();
    history.start();
    expect(work.pack).toHaveBeenCalledTimes(1);
    expect(spy.mock.calls.join()).toContain('the disk is full');
    spy.mockRestore();
  });
});
