import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppError } from '../../shared/errors/appError';
import type { Bridge } from '../../shared/ipc/contract';
import { runSummary } from '../../tests/support/factories';

const bridge = vi.hoisted(() => {
  const methods = {
    countRuns: vi.fn<Bridge['countRuns']>(),
    listRuns: vi.fn<Bridge['listRuns']>(),
    getRunFacets: vi.fn<Bridge['getRunFacets']>(),
    deleteRuns: vi.fn<Bridge['deleteRuns']>(),
    restoreRuns: vi.fn<Bridge['restoreRuns']>(),
  };
  vi.stubGlobal('window', { proofload: methods });
  return methods;
});

const { pageSize, useHistoryListStore } = await import('./historyListStore');

const fresh = useHistoryListStore.getInitialState();
const state = () => useHistoryListStore.getState();
const idAt = (place: number): string | undefined => state().rows.get(place)?.id;
const failure: AppError = { code: 'history-in-use', message: 'the history is in use', hint: 'wait' };

/** The runs of the history, newest first. Requests are served from them at once. */
let runs: ReturnType<typeof runSummary>[] = [];

function history(count: number, name: string): ReturnType<typeof runSummary>[] {
  return Array.from({ length: count }, (_, place) => runSummary({ id: `${name}-${place}` }));
}

/** Resolves when all callbacks of received responses have run. */
function allDone(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Holds back the responses to `listRuns` from now on. Each is released by the index of its request. */
function holdBack(): { release(place: number): Promise<void>; asked(): (number | undefined)[] } {
  const held: { answer: () => void; offset: number | undefined }[] = [];
  bridge.listRuns.mockImplementation(({ offset = 0, limit }) => {
    const page = runs.slice(offset, offset + limit);
    return new Promise((resolve) => {
      held.push({ answer: () => resolve({ ok: true, value: page }), offset });
    });
  });
  return {
    release: async (place) => {
      await allDone();
      held[place]?.answer();
      await allDone();
    },
    asked: () => held.map(({ offset }) => offset),
  };
}

beforeEach(async () => {
  runs = history(400, 'old');
  bridge.countRuns.mockImplementation(async () => ({ ok: true, value: runs.length }));
  bridge.listRuns.mockImplementation(async ({ offset = 0, limit }) => ({
    ok: true,
    value: runs.slice(offset, offset + limit),
  }));
  bridge.getRunFacets.mockResolvedValue({
    ok: true,
    value: { scenarios: [], targets: [], verdicts: [], tags: [], machines: [] },
  });
  bridge.deleteRuns.mockResolvedValue({ ok: true, value: 1 });
  bridge.restoreRuns.mockResolvedValue({ ok: true, value: 1 });
  useHistoryListStore.setState(fresh, true);
  await state().show(0, 10);
  await state().refresh();
});

describe('the list of the history', () => {
  it('asks for the pages in sight only, and for each once', async () => {
    bridge.listRuns.mockClear();
    await Promise.all([state().show(pageSize, 2 * pageSize), state().show(pageSize, 2 * pageSize)]);
    await state().show(pageSize, 2 * pageSize);
    expect(bridge.listRuns.mock.calls.map(([{ offset, limit }]) => [offset, limit])).toEqual([[pageSize, pageSize]]);
    expect(idAt(pageSize)).toBe(`old-${pageSize}`);
  });

  it('shows the answer to the latest search, however late the answer to the one before comes', async () => {
    const held = holdBack();
    runs = history(3, 'first');
    const first = state().setFilter({ text: 'first' });
    runs = history(2, 'second');
    const second = state().setFilter({ text: 'second' });
    await held.release(1);
    await second;
    await held.release(0);
    await first;
    expect([state().total, idAt(0), idAt(2)]).toEqual([2, 'second-0', undefined]);
  });

  it('puts no page of the list before among the rows of the next', async () => {
    const held = holdBack();
    const scrolled = state().show(pageSize, 2 * pageSize);
    runs = history(200, 'new');
    await state().show(0, 10);
    const searched = state().setFilter({ text: 'new' });
    await held.release(1);
    await held.release(0);
    await scrolled;
    await held.release(2);
    await searched;
    expect([idAt(0), idAt(pageSize)]).toEqual(['new-0', undefined]);
  });

  it('asks again for a page that an answer to the list before was to bring', async () => {
    const held = holdBack();
    const scrolled = state().show(pageSize, 3 * pageSize);
    expect(held.asked()).toEqual([pageSize, 2 * pageSize]);
    runs = history(300, 'new');
    const searched = state().setFilter({ text: 'new' });
    // The first page of the new list. Then, among the old pages, the new pages of the visible range.
    await held.release(2);
    for (const place of [0, 1, 3, 4, 5]) await held.release(place);
    await Promise.all([scrolled, searched]);
    expect([idAt(pageSize), idAt(2 * pageSize)]).toEqual([`new-${pageSize}`, `new-${2 * pageSize}`]);
  });

  it('has the rows in sight again when it is read anew, though they are not its first', async () => {
    await state().show(pageSize, pageSize + 10);
    runs = history(400, 'new');
    await state().refresh();
    expect(idAt(pageSize + 5)).toBe(`new-${pageSize + 5}`);
  });

  it('takes a saved filter in the place of all that was asked for before', async () => {
    await state().setFilter({ text: 'old', target: 'memory' });
    state().select(['old-1'], true);
    await state().replaceFilter({ verdict: 'failed' });
    expect([state().filter, [...state().selected]]).toEqual([{ verdict: 'failed' }, []]);
    expect(bridge.countRuns).toHaveBeenLastCalledWith({ verdict: 'failed' });
  });

  it('asks again for a page that could not be read', async () => {
    bridge.listRuns.mockResolvedValueOnce({ ok: false, error: failure });
    await state().show(pageSize, pageSize + 10);
    expect([state().error, idAt(pageSize)]).toEqual([failure, undefined]);
    await state().show(pageSize, pageSize + 10);
    expect(idAt(pageSize)).toBe(`old-${pageSize}`);
  });
});

describe('deleting runs', () => {
  beforeEach(() => state().select(['old-1', 'old-2'], true));

  it('offers to undo what was deleted', async () => {
    await state().deleteSelected();
    expect([state().deleted, [...state().selected]]).toEqual([['old-1', 'old-2'], []]);
    await state().undoDelete();
    expect(bridge.restoreRuns).toHaveBeenCalledWith({ ids: ['old-1', 'old-2'] });
    expect(state().deleted).toEqual([]);
  });

  it('that fails leaves the selection as it is, and its error in sight when the list has been read anew', async () => {
    bridge.deleteRuns.mockResolvedValue({ ok: false, error: failure });
    await state().deleteSelected();
    expect([state().deleted, [...state().selected], state().error]).toEqual([[], ['old-1', 'old-2'], failure]);
  });
});
