import { create } from 'zustand';
import type { AppError, Result } from '../../shared/errors/appError';
import type { ImportOutcome, ImportProgress } from '../../shared/interchange/importOutcome';
import { api, settle } from '../api/client';
import { useHistoryListStore } from './historyListStore';
import { useRecentRunsStore } from './recentRunsStore';

interface ImportState {
  importing: boolean;
  /** The progress. Undefined until it is known. */
  progress: ImportProgress | undefined;
  outcome: ImportOutcome | undefined;
  error: AppError | undefined;
  /** Prompts for files and imports them. */
  choose(): Promise<void>;
  /** Imports files that were dropped on the window. */
  drop(files: readonly File[]): Promise<void>;
  /** Stops the import. Files that were imported before stay. */
  cancel(): Promise<void>;
  noteProgress(progress: ImportProgress): void;
  dismiss(): void;
}

/** The import of results of other tools into the history. */
export const useImportStore = create<ImportState>()((set) => {
  const run = async (call: Promise<Result<ImportOutcome>>): Promise<void> => {
    set({ importing: true, progress: undefined, outcome: undefined, error: undefined });
    await settle(
      call,
      (outcome) => set({ outcome }),
      (error) => set({ error }),
    );
    set({ importing: false });
    await Promise.all([useHistoryListStore.getState().refresh(), useRecentRunsStore.getState().refresh()]);
  };
  return {
    importing: false,
    progress: undefined,
    outcome: undefined,
    error: undefined,
    choose: () => run(api.chooseImports(undefined)),
    drop: (files) => run(api.importFiles({ paths: files.map((file) => api.pathOf(file)) })),
    cancel: () =>
      settle(
        api.cancelImport(undefined),
        () => {},
        (error) => set({ error }),
      ),
    noteProgress: (progress) => set({ progress }),
    dismiss: () => set({ outcome: undefined, error: undefined }),
  };
});
