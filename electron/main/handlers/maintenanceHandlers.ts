import { app } from 'electron';
import { requestRepair } from '../../history/storeFiles';
import { askWhereToSave } from '../fileDialogs';
import type { Handlers } from '../ipc/register';
import type { Parts } from '../parts';

/** What keeps the history small and safe. */
export function maintenanceHandlers({ folder, history, session, repair }: Parts) {
  return {
    getHistoryState: () => ({
      runs: history.count({}),
      sizeBytes: history.sizeBytes,
      repair,
    }),
    backupHistory: async () => {
      const day = new Date().toISOString().slice(0, 10);
      const file = await askWhereToSave('Back up the history', `proofload-history-${day}.sqlite`);
      if (file === undefined) return null;
      await history.backup(file);
      return file;
    },
    cleanHistory: ({ olderThanDays }) => history.edits.retain(olderThanDays, new Date()),
    compactHistory: () => session.exclusively(async () => history.compact()),
    repairHistory: () => {
      session.requireIdle();
      requestRepair(folder);
      app.relaunch();
      app.quit();
    },
  } satisfies Partial<Handlers>;
}
