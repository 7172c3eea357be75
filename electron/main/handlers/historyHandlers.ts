import { join } from 'node:path';
import { flameTree } from '../../../shared/profile/flameTree';
import { lastCapacities } from '../../app/runs/lastCapacities';
import type { AppServices } from '../../app/services';
import { readProfile } from '../../run/profileStore';
import type { DesktopApp } from '../desktopApp';
import type { Handlers } from '../ipc/answer';

/** The dependencies of these handlers. */
export type HistoryApp = Pick<DesktopApp, 'historyWork' | 'session'> & {
  services: Pick<AppServices, 'dataFolder' | 'history' | 'recoverRuns'>;
};

/** Lists, opens and edits saved runs. `appFolder` holds the sample run. */
export function historyHandlers({ services, historyWork, session }: HistoryApp, appFolder: string) {
  const { dataFolder: folder, history } = services;
  /** Changes the history when no other process is writing to it, because SQLite would block this process meanwhile. */
  const written = async <T>(change: () => T): Promise<T> => {
    await historyWork.written();
    return change();
  };
  return {
    listRuns: async (query) => {
      // A command line that is killed while the window is open also leaves its run behind. Recovery of a long run takes
      // seconds. While this app measures, no other process should work beside it.
      if (history.unfinished().length > 0 && !session.isBusy) await historyWork.recover();
      else services.recoverRuns();
      return history.list(query);
    },
    countRuns: (filter) => history.count(filter),
    getRunFacets: () => {
      // Only the list asks for the facets, and runs are opened from the list.
      historyWork.prepare();
      return history.facets();
    },
    getCapacities: () => lastCapacities(history),
    keepSampleRun: async () => ({
      id: await historyWork.keepSample(join(appFolder, 'resources', 'sample-run.json')),
    }),
    getRun: ({ id }) => historyWork.stored(id),
    getHeat: ({ id }) => historyWork.heat(id),
    getOperationSeconds: ({ id, by }) => historyWork.operations(id, by),
    getReplay: ({ id }) => historyWork.replay(id),
    getFlameTree: ({ id }) => flameTree(readProfile(folder, id)),
    getRunSummary: ({ id }) => history.summary(id),
    noteRun: ({ id, ...note }) => written(() => history.edits.note(id, note)),
    tagRuns: ({ ids, tag, isSet }) => written(() => history.edits.tag(ids, tag, isSet)),
    setBaseline: ({ id, isSet }) => written(() => history.edits.setBaseline(id, isSet)),
    deleteRuns: ({ ids }) => written(() => history.edits.delete(ids, new Date())),
    restoreRuns: ({ ids }) => written(() => history.edits.restore(ids)),
  } satisfies Partial<Handlers>;
}
