import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const nativeTheme = vi.hoisted(() => ({ themeSource: '' }));
vi.mock('electron', () => ({ nativeTheme }));
const { PreferenceStore } = await import('./preferences');

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proofload-preferences-'));
  path = join(folder, 'preferences.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('what the user has chosen for all windows', () => {
  it('is the same at the next start', () => {
    const first = new PreferenceStore(path);
    first.setTheme('light');
    first.setHistoryBudget(200);
    first.saveFilter({ name: 'Failed', filter: { verdict: 'failed' } });
    first.saveFilter({ name: 'On memory', filter: { target: 'memory' } });
    const outputs = {
      prometheusPort: 9_464,
      otlpUrl: 'http://127.0.0.1:4318',
      traceContext: true,
      traceUrl: 'http://127.0.0.1:16686/trace/{traceId}',
    };
    first.setOutputs(outputs);
    const second = new PreferenceStore(path);
    expect(second.current).toMatchObject({
      outputs,
      theme: 'light',
      historyBudgetMb: 200,
      savedFilters: [
        { name: 'Failed', filter: { verdict: 'failed' } },
        { name: 'On memory', filter: { target: 'memory' } },
      ],
    });
    expect(nativeTheme.themeSource).toBe('light');
  });

  it('has one filter of a name, and forgets it', () => {
    const preferences = new PreferenceStore(path);
    preferences.saveFilter({ name: 'Mine', filter: { tag: 'a' } });
    preferences.saveFilter({ name: 'Mine', filter: { tag: 'b' } });
    expect(preferences.current.savedFilters).toEqual([{ name: 'Mine', filter: { tag: 'b' } }]);
    preferences.deleteFilter('Mine');
    expect(new PreferenceStore(path).current.savedFilters).toEqual([]);
  });

  it('is read from what an earlier version wrote, and is the default where nothing can be read', () => {
    writeFileSync(path, JSON.stringify({ theme: 'dark' }));
    expect(new PreferenceStore(path).current).toMatchObject({ theme: 'dark', historyBudgetMb: null, savedFilters: [] });
    writeFileSync(path, JSON.stringify({ theme: 'light', savedFilters: [{ name: 'New', filter: { host: 'a' } }] }));
    expect(new PreferenceStore(path).current).toMatchObject({ theme: 'light', savedFilters: [] });
    writeFileSync(path, JSON.stringify({ theme: 'light', outputs: { prometheusPort: 9_464, otlpUrl: 'file:///a' } }));
    expect(new PreferenceStore(path).current).toMatchObject({ theme: 'light', outputs: { prometheusPort: null } });
    writeFileSync(path, '{ damaged');
    expect(new PreferenceStore(path).current.theme).toBe('system');
  });
});
