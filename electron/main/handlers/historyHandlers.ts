import { join } from 'node:path';
import { replayOf } from '../../app/runs/replay';
import { keepSampleRun } from '../../app/runs/sampleRun';
import { latencyHeatmap } from '../../measure/latencyHeatmap';
import type { DesktopApp } from '../desktopApp';
import type { Handlers } from '../ipc/register';

type HistoryMethods =
  | 'listRuns'
  | 'countRuns'
  | 'getRunFacets'
  | 'keepSampleRun'
  | 'getRun'
  | 'getHeat'
  | 'getReplay'
  | 'getRunSummary'
  | 'noteRun'
  | 'tagRuns'
  | 'setBaseline'
  | 'deleteRuns'
  | 'restoreRuns';

/** What the History screen asks for. `appFolder` holds the sample run. */
export function historyHandlers({ services }: DesktopApp, appFolder: string): Pick<Handlers, HistoryMethods> {
  const { dataFolder: folder, history } = services;
  return {
    listRuns: (query) => {
      // A command line that was killed while the window is open leaves its run behind, too.
      services.recoverRuns();
      return history.list(query);
    },
    countRuns: (filter) => history.count(filter),
    getRunFacets: () => history.facets(),
    keepSampleRun: () => ({
      id: keepSampleRun(join(appFolder, 'resources', 'sample-run.json'), folder, history),
    }),
    getRun: ({ id }) => history.stored(id),
    getHeat: ({ id }) => latencyHeatmap(history.responseHistograms(id)),
    getReplay: ({ id }) => replayOf(history, history.document(id)),
    getRunSummary: ({ id }) => history.summary(id),
    noteRun: ({ id, ...note }) => history.edits.note(id, note),
    tagRuns: ({ ids, tag, isSet }) => history.edits.tag(ids, tag, isSet),
    setBaseline: ({ id, isSet }) => history.edits.setBaseline(id, isSet),
    deleteRuns: ({ ids }) => history.edits.delete(ids, new Date()),
    restoreRuns: ({ ids }) => history.edits.restore(ids),
  };
}
