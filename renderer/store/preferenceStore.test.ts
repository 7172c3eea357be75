import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppError } from '../../shared/errors/appError';
import type { Bridge } from '../../shared/ipc/contract';
import { preferencesSchema } from '../../shared/ipc/preferences';

const bridge = vi.hoisted(() => {
  const methods = {
    getPreferences: vi.fn<Bridge['getPreferences']>(),
    setHistoryBudget: vi.fn<Bridge['setHistoryBudget']>(),
    saveFilter: vi.fn<Bridge['saveFilter']>(),
  };
  vi.stubGlobal('window', { proofload: methods });
  return methods;
});

const { usePreferenceStore } = await import('./preferenceStore');
const fresh = usePreferenceStore.getInitialState();
const state = () => usePreferenceStore.getState();
const failure: AppError = { code: 'data-folder-unusable', message: 'the disk is full', hint: 'make room' };

beforeEach(() => usePreferenceStore.setState(fresh, true));

describe('what is chosen for all windows', () => {
  it('has a limit of the history only where it is kept, and tells otherwise why not', async () => {
    const told: AppError[] = [];
    bridge.setHistoryBudget.mockResolvedValueOnce({ ok: false, error: failure });
    expect(await state().setHistoryBudget(200, (error) => told.push(error))).toBe(false);
    expect([state().historyBudgetMb, told]).toEqual([null, [failure]]);
    bridge.setHistoryBudget.mockResolvedValueOnce({ ok: true, value: undefined });
    expect(await state().setHistoryBudget(200, (error) => told.push(error))).toBe(true);
    expect([state().historyBudgetMb, told.length]).toEqual([200, 1]);
  });

  it('has the filters of all windows once one is saved', async () => {
    const mine = { name: 'Mine', filter: { tag: 'a' } };
    const ofAnother = { name: 'Other', filter: {} };
    bridge.saveFilter.mockResolvedValue({ ok: true, value: undefined });
    bridge.getPreferences.mockResolvedValue({
      ok: true,
      value: preferencesSchema.parse({ theme: 'dark', savedFilters: [ofAnother, mine] }),
    });
    await state().saveFilter(mine);
    expect(bridge.saveFilter).toHaveBeenCalledWith(mine);
    expect(state().savedFilters).toEqual([ofAnother, mine]);
  });
});
