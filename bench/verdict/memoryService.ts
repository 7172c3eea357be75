/*
 * The document service on memory, built two times: with its measuring of parts, and without. Prints its URL; tells the
 * processor time that it has used whenever its parent asks.
 */
import { DocumentCache } from '../../electron/service/documentCache';
import { DocumentService } from '../../electron/service/documentService';
import { createHttpServer, listenOnLoopback } from '../../electron/service/httpServer';
import { openEngine } from '../../electron/service/storage/openEngine';
import { seededDocuments } from '../../shared/documents/dataset';
import { engineConfig } from '../../shared/engines/config';

const documents = [...seededDocuments({ tenants: 20, documentsPerTenant: 500, documentBytes: 1_024 }, 42)];
const cache = new DocumentCache({ enabled: true, maxEntries: 20_000, ttlMs: 0, onWrite: 'refresh' });
const engine = await openEngine(engineConfig('memory'), { folder: '', namespace: '', url: undefined });
await engine.seed(documents);
for (const document of documents) cache.preload(document);
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
process.on('disconnect', () => process.exit(0));
const port = await listenOnLoopback(createHttpServer(new DocumentService(engine, cache)), 0);
process.stdout.write(`http://127.0.0.1:${port}\n`);
