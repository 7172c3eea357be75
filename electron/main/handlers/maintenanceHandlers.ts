import { app } from 'electron';
import { requestRepair } from '../../history/storeFiles';
import type { DesktopApp } from '../desktopApp';
import { askWhereToSave } from '../fileDialogs';
import type { Handlers } from '../ipc/register';

/** What keeps the history small and safe. */
export function maintenanceHandlers({ services, historyWork, packing, session, preferences, repair }: DesktopApp) {
  const { history } = services;
  return {
    getHistoryState: () => ({
      runs: history.count({}),
      sizeBytes: history.sizeBytes,
      toPack: history.packing.due,
      thinnedRuns: history.budget.thinnedRuns,
      repair,
    }),
    setHistoryBudget: ({ megabytes }) => {
      preferences.setHistoryBudget(megabytes);
      packing.start();
    },
    backupHistory: async () => {
      const day = new Date().toISOString().slice(0, 10);
      const file = await askWhereToSave('Back up the history', `proofload-history-${day}.sqlite`);
      if (file === undefined) return null;
      await historyWork.backup(file);
      return file;
    },
    cleanHistory: ({ olderThanDays }) => historyWork.retain(olderThanDays),
    compactHistory: () =>
      session.exclusively((signal) => {
        // Quitting does not wait: SQLite rolls back what is half done.
        signal.addEventListener('abort', () => historyWork.close(), { once: true });
        return historyWork.compact();
      }),
    repairHistory: () => {
      session.requireIdle();
      requestRepair(services.dataFolder);
      app.relaunch();
      app.quit();
    },
  } satisfies Partial<Handlers>;
}
