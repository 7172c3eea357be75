/* Operations per second of every engine, in turns with the raw limit of what it stands on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { EmbeddedPostgres } from '../../electron/app/databases/embeddedPostgres';
import { childProcessHost } from '../../electron/hosting/childProcessHost';
import { untimed } from '../../electron/service/serverTiming';
import { openEngine } from '../../electron/service/storage/openEngine';
import { rowToDocument, type SqliteRow } from '../../electron/service/storage/sqlite/sqliteDocuments';
import type { StorageEngine } from '../../electron/service/storage/storageEngine';
import { openDatabase } from '../../electron/sqlite/openDatabase';
import { documentId, seededDocuments, tenantName } from '../../shared/documents/dataset';
import type { Document, DocumentFields } from '../../shared/documents/document';
import { type EngineConfig, engineConfig } from '../../shared/engines/config';
import type { DatabaseUrls } from '../../shared/engines/database';
import { hasServer } from '../../shared/engines/engine';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { printTable } from '../table';

const size = { tenants: 20, documentsPerTenant: 500, documentBytes: 1_024 };
const documents = [...seededDocuments(size, 42)];
const rounds = 7;
const roundMs = 250;
const writers = 16;

type Operation = 'get' | 'list by status' | 'update' | 'insert' | 'delete';
const operations: readonly Operation[] = ['get', 'list by status', 'update', 'insert', 'delete'];

let counter = 0;
function some(): Document {
  counter = (counter * 1_103_515_245 + 12_345) % 2_147_483_648;
  const document = documents[counter % documents.length];
  if (!document) throw new Error('there are no documents');
  return document;
}

/** What is measured: one operation, by its number. */
type Step = (number: number) => unknown;

function stepsOf(engine: StorageEngine): Record<Operation, Step> {
  const fieldsOf = ({ status, title, owner, category, priority, tags, body }: Document): DocumentFields => ({
    status,
    title,
    owner,
    category,
    priority,
    tags,
    body,
  });
  let inserted = 0;
  let deleted = 0;
  return {
    get: () => {
      const { tenant, id } = some();
      return engine.get({ tenant, id }, untimed);
    },
    'list by status': () => engine.query(some().tenant, { status: 'draft', limit: 20, after: undefined }, untimed),
    update: (number) => {
      const document = some();
      return engine.update(document, fieldsOf(document), number, untimed);
    },
    insert: () => {
      inserted += 1;
      return engine.insert({ ...some(), tenant: tenantName(inserted % size.tenants), id: `n${inserted}` }, untimed);
    },
    delete: () => {
      deleted += 1;
      return engine.delete({ tenant: tenantName(deleted % size.tenants), id: `n${deleted}` }, untimed);
    },
  };
}

interface Measured {
  perSecond: number;
  latency: LatencyHistogram;
}

/** Runs an operation for a while, from several callers at once, each waiting for its answer. */
async function measure(step: Step, callers: number, limit = Number.POSITIVE_INFINITY): Promise<Measured> {
  const latency = new LatencyHistogram();
  const startMs = performance.now();
  const endMs = startMs + roundMs;
  let done = 0;
  const caller = async (): Promise<void> => {
    while (done < limit) {
      const begunMs = performance.now();
      if (begunMs >= endMs) return;
      done += 1;
      await step(done);
      latency.record((performance.now() - begunMs) * 1_000);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return { perSecond: (done / (performance.now() - startMs)) * 1_000, latency };
}

/** The same without waiting, for what answers at once. */
function measureRaw(step: Step): Measured {
  const latency = new LatencyHistogram();
  const startMs = performance.now();
  const endMs = startMs + roundMs;
  let done = 0;
  for (let begunMs = startMs; begunMs < endMs; begunMs = performance.now()) {
    step(done);
    done += 1;
    latency.record((performance.now() - begunMs) * 1_000);
  }
  return { perSecond: (done / (performance.now() - startMs)) * 1_000, latency };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function figure(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function microseconds(histogram: LatencyHistogram, percentile: number): string {
  return histogram.percentileUs(percentile).toLocaleString('en');
}

/** Rounds of several candidates in turns; the medians of their rates, and all latencies together. */
async function inTurns(
  candidates: ReadonlyMap<string, () => Measured | Promise<Measured>>,
): Promise<Map<string, Measured[]>> {
  const results = new Map<string, Measured[]>([...candidates.keys()].map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, candidate] of candidates) {
      globalThis.gc?.();
      const measured = await candidate();
      // The first round warms up.
      if (round > 0) results.get(name)?.push(measured);
    }
  }
  return results;
}

function rateOf(measured: readonly Measured[] = []): number {
  return median(measured.map(({ perSecond }) => perSecond));
}

async function beside(memory: StorageEngine, sqlite: StorageEngine, sqliteFile: string): Promise<void> {
  const database = openDatabase(sqliteFile);
  const statement = database.prepare<[string, string], SqliteRow>(
    'SELECT * FROM documents WHERE tenant = ? AND id = ?',
  );
  const map = new Map<string, Map<string, Document>>();
  for (const document of documents) {
    const tenant = map.get(document.tenant) ?? new Map<string, Document>();
    map.set(document.tenant, tenant.set(document.id, document));
  }
  const results = await inTurns(
    new Map<string, () => Measured | Promise<Measured>>([
      [
        'better-sqlite3, prepared get into an object',
        () =>
          measureRaw(() => {
            const { tenant, id } = some();
            const row = statement.get(tenant, id);
            return row && rowToDocument(row);
          }),
      ],
      ['sqlite', () => measure(stepsOf(sqlite).get, 1)],
      [
        'Map of maps, frozen documents',
        () =>
          measureRaw(() => {
            const { tenant, id } = some();
            return map.get(tenant)?.get(id);
          }),
      ],
      [
        'the same, awaited',
        () =>
          measure(async () => {
            const { tenant, id } = some();
            return map.get(tenant)?.get(id);
          }, 1),
      ],
      ['memory', () => measure(stepsOf(memory).get, 1)],
    ]),
  );
  const raw: Record<string, string> = {
    sqlite: 'better-sqlite3, prepared get into an object',
    memory: 'the same, awaited',
  };
  process.stdout.write(`get, one after the other, medians of ${rounds} rounds in turns:\n\n`);
  printTable(
    ['', 'get/s', 'of its limit'],
    [...results].map(([name, measured]) => {
      const limit = raw[name] && rateOf(results.get(raw[name] ?? ''));
      return [name, figure(rateOf(measured)), limit ? (rateOf(measured) / Number(limit)).toFixed(2) : ''];
    }),
  );
  database.close();
}

/** One round of an operation. What is deleted was inserted just before, out of the measured time. */
async function roundOf(operation: Operation, steps: Record<Operation, Step>, callers: number): Promise<Measured> {
  if (operation !== 'delete') return measure(steps[operation], callers);
  const { latency } = await measure(steps.insert, callers);
  return measure(steps.delete, callers, latency.count);
}

async function allOperations(engines: ReadonlyMap<string, StorageEngine>): Promise<void> {
  const stepsByName = [...engines].map(([name, engine]) => [name, stepsOf(engine)] as const);
  for (const operation of operations) {
    const callers = operation === 'get' || operation === 'list by status' ? 1 : writers;
    const results = await inTurns(
      new Map(stepsByName.map(([name, steps]) => [name, () => roundOf(operation, steps, callers)])),
    );
    report(operation, callers, results);
  }
}

function report(operation: Operation, callers: number, results: ReadonlyMap<string, readonly Measured[]>): void {
  process.stdout.write(`${operation}, ${callers === 1 ? 'one after the other' : `${callers} at once`}:\n\n`);
  printTable(
    ['engine', 'operations/s', 'P50 us', 'P99 us'],
    [...results].map(([name, measured]) => {
      const all = new LatencyHistogram();
      for (const { latency } of measured) all.merge(latency);
      return [name, figure(rateOf(measured)), microseconds(all, 50), microseconds(all, 99)];
    }),
  );
}

const folder = mkdtempSync(join(tmpdir(), 'proofload-bench-'));
const workers = childProcessHost(resolve(process.cwd(), 'out/main'));
const postgres = await EmbeddedPostgres.start(workers, join('/var/tmp', `proofload-bench-${process.pid}`));
const configs: [string, EngineConfig][] = [
  ['memory', engineConfig('memory')],
  ['hybrid (full)', engineConfig('hybrid')],
  ['sqlite (full)', engineConfig('sqlite')],
  ['sqlite (normal)', engineConfig('sqlite', { synchronous: 'normal' })],
  ['sqlite-json', engineConfig('sqlite-json')],
  ['postgres (on)', engineConfig('postgres')],
  ['postgres (off)', engineConfig('postgres', { synchronousCommit: 'off' })],
];
// A real one, by the same variable as in the tests: the double's speed says nothing about MongoDB.
const mongodb = process.env.TEST_MONGODB_URL;
if (mongodb) configs.push(['mongodb (majority)', engineConfig('mongodb')]);
const urls: DatabaseUrls = { postgres: postgres.url, mongodb };
const engines = new Map<string, StorageEngine>();
for (const [index, [name, config]] of configs.entries()) {
  const own = mkdtempSync(join(folder, 'engine-'));
  const engine = await openEngine(config, {
    folder: own,
    namespace: `bench${index}`,
    url: hasServer(config.engine) ? urls[config.engine] : undefined,
  });
  await engine.seed(documents);
  engines.set(name, engine);
}
const plainFolder = mkdtempSync(join(folder, 'plain-'));
const [memory, plain] = [
  await openEngine(engineConfig('memory'), { folder: plainFolder, namespace: 'plain', url: undefined }),
  await openEngine(engineConfig('sqlite'), { folder: plainFolder, namespace: 'plain', url: undefined }),
];
for (const engine of [memory, plain]) await engine.seed(documents);
process.stdout.write(
  `${documents.length} documents of about ${size.documentBytes} bytes, ${size.tenants} tenants (${tenantName(0)}/${documentId(0)}, ...)\n\n`,
);
await beside(memory, plain, join(plainFolder, 'documents.sqlite'));
await allOperations(engines);
for (const engine of [...engines.values(), memory, plain]) await engine.drop();
await postgres.server.stop();
rmSync(folder, { recursive: true });
rmSync(join('/var/tmp', `proofload-bench-${process.pid}`), { recursive: true, force: true });
