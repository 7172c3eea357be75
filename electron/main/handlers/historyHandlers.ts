import { join } from 'node:path';
import { flameTree } from '../../../shared/profile/flameTree';
import { workFolder } from '../../run/dataFolder';
import { heatOf } from '../../run/heatOf';
import { readProfile } from '../../run/profileStore';
import { recoverRuns } from '../../run/recoverRuns';
import { replayOf } from '../../run/replay';
import { keepSampleRun } from '../../run/sampleRun';
import type { Handlers } from '../ipc/register';
import type { Parts } from '../parts';

/** Saved runs: listed, opened, and what users say of them. `appFolder` holds the sample run. */
export function historyHandlers({ folder, history }: Parts, appFolder: string) {
  return {
    listRuns: (query) => {
      // A command line that was killed while the window is open leaves its run behind, too.
      recoverRuns(history, workFolder(folder));
      return history.list(query);
    },
    countRuns: (filter) => history.count(filter),
    getRunFacets: () => history.facets(),
    keepSampleRun: () => ({
      id: keepSampleRun(join(appFolder, 'resources', 'sample-run.json'), folder, history),
    }),
    getRun: ({ id }) => history.stored(id),
    getHeat: ({ id }) => heatOf(history.responseHistograms(id)),
    getReplay: ({ id }) => replayOf(history, history.document(id)),
    getFlameTree: ({ id }) => flameTree(readProfile(folder, id)),
    getRunSummary: ({ id }) => history.summary(id),
    noteRun: ({ id, ...note }) => history.edits.note(id, note),
    tagRuns: ({ ids, tag, isSet }) => history.edits.tag(ids, tag, isSet),
    setBaseline: ({ id, isSet }) => history.edits.setBaseline(id, isSet),
    deleteRuns: ({ ids }) => history.edits.delete(ids, new Date()),
    restoreRuns: ({ ids }) => history.edits.restore(ids),
  } satisfies Partial<Handlers>;
}
