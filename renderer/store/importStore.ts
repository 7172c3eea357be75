import { create } from 'zustand';
import type { AppError, Result } from '../../shared/errors/appError';
import type { ImportOutcome } from '../../shared/ipc/contract';
import { api, settle } from '../api/client';
import { useHistoryListStore } from './historyListStore';
import { useHistoryStore } from './historyStore';

interface ImportState {
  importing: boolean;
  outcome: ImportOutcome | undefined;
  error: AppError | undefined;
  /** Asks for files and imports them. */
  choose(): Promise<void>;
  /** Imports files that were dropped on the window. */
  drop(files: readonly File[]): Promise<void>;
  dismiss(): void;
}

/** Results of other tools on their way into the history. */
export const useImportStore = create<ImportState>()((set) => {
  const run = async (call: Promise<Result<ImportOutcome>>): Promise<void> => {
    set({ importing: true, outcome: undefined, error: undefined });
    await settle(
      call,
      (outcome) => set({ outcome }),
      (error) => set({ error }),
    );
    set({ importing: false });
    await Promise.all([useHistoryListStore.getState().refresh(), useHistoryStore.getState().refresh()]);
  };
  return {
    importing: false,
    outcome: undefined,
    error: undefined,
    choose: () => run(api.chooseImports(undefined)),
    drop: (files) => run(api.importFiles({ paths: files.map((file) => api.pathOf(file)) })),
    dismiss: () => set({ outcome: undefined, error: undefined }),
  };
});
