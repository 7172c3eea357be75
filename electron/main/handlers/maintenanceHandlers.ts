import { app } from 'electron';
import type { HistoryState } from '../../../shared/ipc/contract';
import { requestRepair } from '../../history/storeFiles';
import type { DesktopApp } from '../desktopApp';
import { askWhereToSave } from '../fileDialogs';
import type { Handlers } from '../ipc/answer';

/** The size of the history, and the state of its maintenance. */
export function historyState({ services: { history }, repair }: Pick<DesktopApp, 'services' | 'repair'>): HistoryState {
  return {
    runs: history.count({}),
    sizeBytes: history.sizeBytes,
    usedBytes: history.budget.usedBytes,
    toPack: history.packing.due,
    thinnedRuns: history.budget.thinnedRuns,
    repair,
  };
}

/** Keeps the history small and safe. */
export function maintenanceHandlers(desktopApp: DesktopApp) {
  const { services, historyWork, packing, session, preferences } = desktopApp;
  return {
    getHistoryState: () => historyState(desktopApp),
    setHistoryBudget: ({ megabytes }) => {
      preferences.setHistoryBudget(megabytes);
      packing.start();
    },
    forecastHistoryBudget: ({ megabytes }) => historyWork.forecast(megabytes * 2 ** 20),
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
        // Quitting does not wait, because SQLite rolls back incomplete work.
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
