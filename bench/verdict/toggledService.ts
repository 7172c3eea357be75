/*
 * The document service on memory, whose measuring of parts its parent switches on and off. One process for both: two
 * processes of one program differ by several per cent for as long as they live. Prints its URL; tells the processor
 * time that it has used with each answer to the parent.
 */
import { DocumentCache } from '../../electron/target/documentCache';
import { DocumentService } from '../../electron/target/documentService';
import { createHttpServer, listenOnLoopback } from '../../electron/target/httpServer';
import { LoopWatch } from '../../electron/target/loopWatch';
import { LoopUse, ServerTiming, untimed } from '../../electron/target/serverTiming';
import { openEngine } from '../../electron/target/storage/openEngine';
import { seededDocuments } from '../../shared/documents/dataset';
import { engineConfig } from '../../shared/engines/config';

const bare = [
  [LoopWatch.prototype, { begin: () => 0 }],
  [LoopUse.prototype, { add: () => {} }],
  [ServerTiming.prototype, { ...untimed, header: () => '' }],
] as const;
const measuring = bare.map(
  ([prototype, methods]) =>
    [prototype, Object.fromEntries(Object.keys(methods).map((name) => [name, Reflect.get(prototype, name)]))] as const,
);

process.on('message', (isMeasuring) => {
  if (typeof isMeasuring === 'boolean')
    for (const [prototype, methods] of isMeasuring ? measuring : bare) Object.assign(prototype, methods);
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});

const documents = [...seededDocuments({ tenants: 20, documentsPerTenant: 500, documentBytes: 1_024 }, 42)];
const cache = new DocumentCache({ enabled: true, maxEntries: 20_000, ttlMs: 0, onWrite: 'refresh' });
const engine = await openEngine(engineConfig('memory'), { folder: '', namespace: '', url: undefined });
await engine.seed(documents);
for (const document of documents) cache.preload(document);
const port = await listenOnLoopback(createHttpServer(new DocumentService(engine, cache)), 0);
process.stdout.write(`http://127.0.0.1:${port}\n`);
process.on('disconnect', () => process.exit(0));
