import type { EngineConfig } from '../../shared/engines/config';
import type { Scenario } from '../../shared/scenario/schema';
import { ServiceProcess } from '../hosting/serviceProcess';
import type { WorkerHost } from '../hosting/workerHost';
import { ownWork } from '../run/ownedWork';
import { orAborted } from '../system/orAborted';
import type { Databases } from './databases/databases';
import type { ServedDocuments } from './services';

/** How long the service may take to exit. */
const exitPatienceMs = 3_000;

/** What to serve, and how. */
export interface Serving {
  id: string;
  /** The scenario whose data set and cache the service uses. */
  scenario: Scenario;
  config: EngineConfig;
  /** The port on 127.0.0.1. 0 selects a free port. */
  port: number;
  signal: AbortSignal;
}

/** The dependencies of serving. */
export interface ServingContext {
  workers: WorkerHost;
  databases: Pick<Databases, 'of'>;
  workFolder: string;
}

/** Serves documents until `use` settles, as services.ts says. */
export async function serveDocuments(
  { id, scenario, config, port, signal }: Serving,
  { workers, databases, workFolder }: ServingContext,
  use: (served: ServedDocuments) => Promise<void>,
): Promise<void> {
  const work = ownWork(workFolder, id);
  const service = new ServiceProcess(workers, () => {});
  try {
    const database = await orAborted(databases.of(config.engine, 'The service reads and writes it'), signal);
    const where = { folder: work.folder, namespace: id, ...database?.place };
    const ready = await orAborted(service.start(config, where, port, scenario), signal);
    await use({ url: `http://127.0.0.1:${ready.port}`, backend: ready.backend.name, died: service.died });
  } finally {
    await service.end(exitPatienceMs);
    work.end();
  }
}
