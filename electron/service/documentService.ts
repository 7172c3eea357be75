import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  type Document,
  type DocumentFields,
  documentFieldsSchema,
  documentStatusSchema,
  identifierRule,
  identifierSchema,
  isIdentifier,
} from '../../shared/documents/document';
import { describeIssues } from '../../shared/scenario/parse';
import { type CachedDocument, DocumentCache, serialise } from './documentCache';
import type { PartTimer } from './serverTiming';
import type { BatchStep, DocumentKey, DocumentQuery, StorageEngine } from './storage/storageEngine';

/** A request that the service refuses before it reaches the engine. */
export class BadRequest extends Error {}

/** The document for a response, and whether the cache had it; `cache` is undefined when the cache is off. */
export interface ReadAnswer {
  document: CachedDocument | undefined;
  cache: 'hit' | 'miss' | 'bypass' | undefined;
}

function parseFields(body: unknown): DocumentFields {
  const parsed = documentFieldsSchema.safeParse(body);
  if (!parsed.success) throw new BadRequest(describeIssues(parsed.error));
  return parsed.data;
}

function parseIdentifier(name: string, value: string): string {
  if (!isIdentifier(value)) throw new BadRequest(`${name}: ${identifierRule}`);
  return value;
}

const maxQueryLimit = 1_000;
const maxBatchSteps = 1_000;

const version = z.int().positive();
/** The steps of a batch as a client sends them. */
const batchSchema = z
  .array(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('insert'), fields: documentFieldsSchema }),
      z.strictObject({
        kind: z.literal('update'),
        id: identifierSchema,
        expectedVersion: version.optional(),
        fields: documentFieldsSchema,
      }),
      z.strictObject({ kind: z.literal('delete'), id: identifierSchema, expectedVersion: version.optional() }),
      z.strictObject({ kind: z.literal('require'), id: identifierSchema, expectedVersion: version }),
    ]),
  )
  .max(maxBatchSteps);

function toBatchStep(tenant: string, step: z.infer<typeof batchSchema>[number], now: number): BatchStep {
  return step.kind === 'insert' ? { kind: 'insert', document: newDocument(tenant, step.fields, now) } : step;
}

/** What a batch has done to a document; the version is null when it was deleted. */
export interface BatchReceipt {
  id: string;
  version: number | null;
}

function newDocument(tenant: string, fields: DocumentFields, now: number): Document {
  return { tenant, id: randomUUID(), ...fields, version: 1, createdAt: now, updatedAt: now };
}

/** The multi-tenant document service, without HTTP: rules, cache and engine. Rejects with BadRequest and StorageError. */
export class DocumentService {
  readonly #engine: StorageEngine;
  readonly #cache: DocumentCache;

  constructor(engine: StorageEngine, cache: DocumentCache) {
    this.#engine = engine;
    this.#cache = cache;
  }

  /** Reads a document; with `noCache` always from the engine. A cached document is returned synchronously. */
  read(tenantText: string, idText: string, noCache: boolean, timing: PartTimer): ReadAnswer | Promise<ReadAnswer> {
    const tenant = parseIdentifier('tenant', tenantText);
    const id = parseIdentifier('id', idText);
    const key = DocumentCache.key(tenant, id);
    const cached = noCache ? undefined : timing.measure('cache', () => this.#cache.get(key));
    return cached ? { document: cached, cache: 'hit' } : this.#readEngine(key, { tenant, id }, noCache, timing);
  }

  async #readEngine(cacheKey: string, key: DocumentKey, noCache: boolean, timing: PartTimer): Promise<ReadAnswer> {
    const fromEngine = async (): Promise<CachedDocument | undefined> => {
      const found = await this.#engine.get(key, timing);
      return found && timing.measure('serialise', () => serialise(found));
    };
    if (noCache) return { document: await fromEngine(), cache: this.#cache.enabled ? 'bypass' : undefined };
    return {
      document: await this.#cache.throughRead(cacheKey, fromEngine),
      cache: this.#cache.enabled ? 'miss' : undefined,
    };
  }

  /** Returns a page of the documents of a tenant, of one status or of all. */
  async query(tenantText: string, parameters: URLSearchParams, timing: PartTimer): Promise<Document[]> {
    const tenant = parseIdentifier('tenant', tenantText);
    const status = documentStatusSchema.optional().safeParse(parameters.get('status') ?? undefined);
    if (!status.success) throw new BadRequest('status: must be one of the statuses of a document');
    const limit = Number(parameters.get('limit') ?? 50);
    if (!Number.isInteger(limit) || limit < 1 || limit > maxQueryLimit)
      throw new BadRequest(`limit: must be 1 to ${maxQueryLimit}`);
    const after = parameters.get('after');
    const query: DocumentQuery = {
      status: status.data,
      limit,
      after: after === null ? undefined : parseIdentifier('after', after),
    };
    return this.#engine.query(tenant, query, timing);
  }

  async create(tenantText: string, body: unknown, timing: PartTimer): Promise<Document> {
    const tenant = parseIdentifier('tenant', tenantText);
    const fields = parseFields(body);
    const document = newDocument(tenant, fields, Date.now());
    return this.#cache.throughWrite(DocumentCache.key(tenant, document.id), async () => {
      await this.#engine.insert(document, timing);
      return document;
    });
  }

  async replace(
    tenantText: string,
    idText: string,
    expectedVersion: number | undefined,
    body: unknown,
    timing: PartTimer,
  ): Promise<Document> {
    const tenant = parseIdentifier('tenant', tenantText);
    const id = parseIdentifier('id', idText);
    const fields = parseFields(body);
    return this.#cache.throughWrite(DocumentCache.key(tenant, id), () =>
      this.#engine.update({ tenant, id, expectedVersion }, fields, Date.now(), timing),
    );
  }

  async remove(
    tenantText: string,
    idText: string,
    expectedVersion: number | undefined,
    timing: PartTimer,
  ): Promise<void> {
    const tenant = parseIdentifier('tenant', tenantText);
    const id = parseIdentifier('id', idText);
    await this.#cache.throughWrite(DocumentCache.key(tenant, id), async () => {
      await this.#engine.delete({ tenant, id, expectedVersion }, timing);
      return undefined;
    });
  }

  /** Carries out all steps of a batch or none of them. */
  async batch(tenantText: string, body: unknown, timing: PartTimer): Promise<BatchReceipt[]> {
    const tenant = parseIdentifier('tenant', tenantText);
    const parsed = batchSchema.safeParse(body);
    if (!parsed.success) throw new BadRequest(describeIssues(parsed.error));
    const now = Date.now();
    const steps = parsed.data.map((step) => toBatchStep(tenant, step, now));
    const ids = [...new Set(steps.map((step) => (step.kind === 'insert' ? step.document.id : step.id)))];
    const effects = await this.#cache.throughWrites(
      ids.map((id) => DocumentCache.key(tenant, id)),
      () => this.#engine.batch(tenant, steps, now, timing),
    );
    return effects.map(({ id, document }) => ({ id, version: document?.version ?? null }));
  }
}
