import { seededDocuments } from '../../shared/documents/dataset';
import type { Document } from '../../shared/documents/document';
import type { EngineConfig } from '../../shared/engines/config';
import { hasServer } from '../../shared/engines/engine';
import { errorMessage, ProofloadError, toAppError } from '../../shared/errors/appError';
import { parseDurationMs } from '../../shared/units/duration';
import { connectToParent } from '../workers/parentPort';
import { processSampler } from '../workers/processSampler';
import { auditWrites } from './audit';
import { CpuProfiler } from './cpuProfiler';
import { DocumentCache } from './documentCache';
import { DocumentService } from './documentService';
import { createHttpServer, listenOnLoopback } from './httpServer';
import { type AcknowledgedWrite, type ServiceCommand, type ServiceReport, serviceCommandSchema } from './protocol';
import { LoopUse } from './serverTiming';
import { type EnginePlace, openEngine, openForAudit } from './storage/openEngine';
import type { StorageEngine } from './storage/storageEngine';

/** Four samples a second, so that a pause of the service is known in the second in which requests waited for it. */
const sampleIntervalMs = 250;

type StartCommand = Extract<ServiceCommand, { type: 'start' }>;

interface RunningService {
  audit(writes: readonly AcknowledgedWrite[]): Promise<void>;
  stop(): Promise<void>;
}

/** The parts of the service. The benchmark of the attribution replaces them by faulty ones. */
export interface ServiceParts {
  open(config: EngineConfig, place: EnginePlace): Promise<StorageEngine>;
  /** Whether the cache is filled before the first request. */
  preloads: boolean;
}

/** Opens an engine without data and fills it. Throws `target-failed`. */
async function openSeeded(
  open: ServiceParts['open'],
  config: EngineConfig,
  place: EnginePlace,
  documents: readonly Document[],
): Promise<StorageEngine> {
  try {
    const engine = await open(config, place);
    await engine.seed(documents);
    return engine;
  } catch (error) {
    throw new ProofloadError(
      'target-failed',
      `the storage engine ${config.engine} cannot be prepared: ${errorMessage(error)}`,
      hasServer(config.engine)
        ? 'check that the server runs, that its URL is right and that its user may create schemas and tables'
        : `check the free space and the permissions of ${place.folder}, or choose another data folder`,
      { cause: error, details: hasServer(config.engine) ? undefined : { about: 'data-folder' } },
    );
  }
}

async function startTarget(
  command: StartCommand,
  { open, preloads }: ServiceParts,
  report: (message: ServiceReport) => void,
): Promise<RunningService> {
  const { scenario, config, folder, namespace, url, addresses } = command;
  const place: EnginePlace = { folder, namespace, url, addresses };
  const startedMs = performance.now();
  const cache = new DocumentCache({ ...scenario.cache, ttlMs: parseDurationMs(scenario.cache.ttl) ?? 0 });
  const documents = [...seededDocuments(scenario.dataset, scenario.seed)];
  const engine = await openSeeded(open, config, place, documents);
  if (preloads) for (const document of documents) cache.preload(document);
  const use = new LoopUse();
  const server = createHttpServer(new DocumentService(engine, cache), use);
  const port = await listenOnLoopback(server, command.port);
  const backend = await engine.describe();
  report({ type: 'ready', port, documents: documents.length, seedMs: performance.now() - startedMs, backend });

  const sample = processSampler(sampleIntervalMs);
  const sampling = setInterval(
    () => report({ type: 'sample', sample: { ...sample(), ...use.take() } }),
    sampleIntervalMs,
  );
  return {
    audit: async (writes) => {
      const auditor = await openForAudit(config, place, engine);
      report({ type: 'audited', ...(await auditWrites(auditor, writes)) });
      if (auditor !== engine) await auditor.close();
    },
    stop: async () => {
      clearInterval(sampling);
      server.close();
      server.closeAllConnections();
      await engine.drop();
    },
  };
}

/**
 * Serves the commands of the coordinator: the document service over one storage engine, seeded, sampled and audited.
 */
export function serveDocuments(parts: ServiceParts = { open: openEngine, preloads: true }): void {
  const parent = connectToParent();
  const report = (message: ServiceReport): void => parent.send(message);
  let running: RunningService | undefined;
  const profiler = new CpuProfiler();

  const handleCommand = async (command: ServiceCommand): Promise<void> => {
    switch (command.type) {
      case 'start':
        running = await startTarget(command, parts, report);
        return;
      case 'profile':
        if (command.action === 'start') return profiler.start();
        report({ type: 'profiled', profile: await profiler.stop() });
        return;
      case 'audit':
        if (!running) throw new ProofloadError('internal', 'an audit before the start', 'report this as a defect');
        return running.audit(command.writes);
      case 'stop':
        await running?.stop();
        process.exit(0);
    }
  };

  parent.onMessage((message) => {
    handleCommand(serviceCommandSchema.parse(message)).catch((error: unknown) =>
      report({ type: 'failed', error: toAppError(error) }),
    );
  });
}
