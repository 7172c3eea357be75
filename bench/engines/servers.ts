/*
 * The document service on memory, or a bare server that answers the same bytes, as Node makes one or without streams
 * for requests that have no body, as the service does. Prints its URL.
 */
import { createServer, type Server } from 'node:http';
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
const body = JSON.stringify(documents[0]);
const headers = {
  'Content-Type': 'application/json',
  'Content-Length': Buffer.byteLength(body),
  'Server-Timing': 'cache;dur=0.001, handler;dur=0.010',
  'Cache-Status': 'proofload; hit',
  ETag: '"1"',
};
const bare = (optimizeEmptyRequests: boolean): Server =>
  createServer({ optimizeEmptyRequests, keepAliveTimeout: 0 }, (_request, response) => {
    response.writeHead(200, headers);
    response.end(body);
  });
const kinds: Record<string, () => Server> = {
  bare: () => bare(false),
  'bare-optimised': () => bare(true),
  service: () => createHttpServer(new DocumentService(engine, cache)),
};
const server = kinds[process.argv[2] ?? '']?.();
if (!server) throw new RangeError(`the kinds of server are ${Object.keys(kinds).join(', ')}`);
const port = await listenOnLoopback(server, 0);
process.stdout.write(`http://127.0.0.1:${port}/tenants/t00/documents/d00000\n`);
process.on('disconnect', () => process.exit(0));
