import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryStore, UnfinishedRun } from '../history/historyStore';
import { isAlive } from '../system/processes';
import { assembleDocument } from './assembleDocument';
import { Measurement } from './measurement';

/** A live writer writes every second; one that has been silent for so long while its process exists is another process. */
const silenceMs = 120_000;

/** Whether the process that wrote the run is gone, so that nobody else will finish it. */
function isAbandoned({ writerPid, heartbeatAt }: UnfinishedRun, now: Date): boolean {
  // In a container an app may get the number that its killed predecessor had.
  if (writerPid === process.pid) return heartbeatAt < now.getTime() - process.uptime() * 1000;
  return !isAlive(writerPid) || now.getTime() - heartbeatAt > silenceMs;
}

/**
 * Finishes the runs that a killed app left behind, as `interrupted`, with all the seconds that were kept, and removes
 * the files of their engines from `workFolder`.
 * Returns their ids.
 */
export function recoverRuns(history: HistoryStore, workFolder: string, now: Date): string[] {
  const abandoned = history.unfinished().filter((run) => isAbandoned(run, now));
  for (const { description, heartbeatAt } of abandoned) {
    const measurement = new Measurement(description.scenario, description.target, {
      onTick: () => {},
      onSecond: () => {},
    });
    for (const second of history.seconds(description.id)) measurement.recover(second);
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
    rmSync(join(workFolder, description.id), { recursive: true, force: true });
  }
  return abandoned.map(({ description }) => description.id);
}
