import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { admitRun } from '../../electron/app/runs/prepareRun';
import { noArchive } from '../../electron/history/runArchive';
import type { WorkerHost } from '../../electron/hosting/workerHost';
import { HostGuard } from '../../electron/hosts/hostGuard';
import { readEnvironment } from '../../electron/measure/environment';
import { startRun } from '../../electron/run/runCoordinator';
import { newRunId } from '../../electron/run/runId';
import type { RunDocument } from '../../shared/run/document';
import type { RunEvent } from '../../shared/run/events';
import type { Target } from '../../shared/run/target';
import { scenarioSchema } from '../../shared/scenario/schema';

/** Makes a run as the app makes it, kept nowhere. Throws when there is no document. */
export async function benchRun(
  workers: WorkerHost,
  target: Target,
  scenario: Record<string, unknown>,
  emit: (event: RunEvent) => void = () => {},
): Promise<RunDocument> {
  const folder = mkdtempSync(join(tmpdir(), 'proofload-verdict-'));
  const request = {
    id: newRunId(new Date()),
    scenario: scenarioSchema.parse({ schema: 'proofload.scenario/1', id: 'bench', name: 'Bench', ...scenario }),
    target,
    shortened: false,
    overridden: false,
    port: 0,
  };
  const admitted = await admitRun(request, new HostGuard(() => false));
  const outcome = await startRun(admitted, {
    workers,
    databases: { of: async () => undefined },
    secrets: { find: () => undefined, remedy: () => 'the bench has none' },
    workFolder: folder,
    environment: readEnvironment('bench'),
    calibration: undefined,
    archive: noArchive,
    emit,
    now: () => new Date(),
  }).finished;
  rmSync(folder, { recursive: true });
  if (outcome.kind === 'failed') throw new Error(outcome.error.message);
  return outcome.document;
}
