import type { HistoryStore } from '../history/historyStore';
import { isInUse } from '../history/storeWriter';
import { Measurement } from '../measure/measurement';
import { assembleDocument } from './assembleDocument';
import { sweepWork, takeAbandoned } from './ownedWork';

/**
 * Finishes the runs whose owner has ended (ownedWork.ts), as `interrupted`, with all the seconds that were saved, and
 * removes what they have left in `workFolder`. A run whose owner is alive is not touched, whatever it does and however
 * long it has written nothing. Returns the ids of the finished runs.
 */
export function finishAbandonedRuns(history: HistoryStore, workFolder: string): string[] {
  return history.unfinished().flatMap(({ description: { id } }) => {
    const work = takeAbandoned(workFolder, id);
    if (!work) return [];
    try {
      return finishInterrupted(history, id) ? id : [];
    } catch (error) {
      // Another process writes the history. A later call recovers the run.
      if (isInUse(error)) return [];
      throw error;
    } finally {
      work.end();
    }
  });
}

/** Finishes the runs whose owner has ended, and removes what all killed work has left in `workFolder`. */
export function recoverRuns(history: HistoryStore, workFolder: string): string[] {
  const recovered = finishAbandonedRuns(history, workFolder);
  sweepWork(workFolder);
  return recovered;
}

/** Returns false if its owner finished the run in the meantime, before releasing it. */
function finishInterrupted(history: HistoryStore, id: string): boolean {
  const run = history.unfinished().find(({ description }) => description.id === id);
  if (!run) return false;
  const { description, heartbeatAt } = run;
  const measurement = new Measurement(description.scenario, description.target);
  for (const second of history.seconds(id)) measurement.recover(second);
  history.finish(
    assembleDocument({
      description,
      endedAt: new Date(heartbeatAt),
      measurement,
      measuredMs: measurement.secondsMs,
      integrity: { checked: 0, violations: 0, acknowledgedWrites: 0, lostWrites: null },
      ending: { verdict: 'interrupted', reason: 'Proofload ended while the run was going on.' },
    }),
  );
  return true;
}
