import { randomUUID } from 'node:crypto';
import {
  type Document,
  type DocumentFields,
  documentFieldsSchema,
  documentStatusSchema,
  identifierSchema,
} from '../../shared/documents/document';
import { describeIssues } from '../../shared/scenario/parse';
import { type CachedDocument, DocumentCache, serialise } from './documentCache';
import type { ServerTiming } from './serverTiming';
import type { StatusQuery, StorageEngine } from './storage/storageEngine';

/** A request that the service refuses before it reaches the engine. */
export class BadRequest extends Error {}

/** A document to answer with, and whether the cache had it; `cache` is undefined where no cache was asked. */
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
  const parsed = identifierSchema.safeParse(value);
  if (!parsed.success) throw new BadRequest(`${name}: ${parsed.error.issues[0]?.message ?? 'is not valid'}`);
  return parsed.data;
}

const maxQueryLimit = 1_000;

/** The multi-tenant document service, without HTTP: rules, cache and engine. Rejects with BadRequest and StorageError. */
export class DocumentService {
  readonly #engine: StorageEngine;
  readonly #cache: DocumentCache;

  constructor(engine: StorageEngine, cache: DocumentCache) {
    this.#engine = engine;
    this.#cache = cache;
  }

  /** Reads a document; with `noCache` past the cache, from the engine. */
  async read(tenantText: string, idText: string, noCache: boolean, timing: ServerTiming): Promise<ReadAnswer> {
    const tenant = parseIdentifier('tenant', tenantText);
    const id = parseIdentifier('id', idText);
    const key = DocumentCache.key(tenant, id);
    const cached = noCache ? undefined : timing.measure('cache', () => this.#cache.get(key));
    if (cached) return { document: cached, cache: 'hit' };
    const fromEngine = async (): Promise<CachedDocument | undefined> => {
      const found = await this.#engine.get({ tenant, id }, timing);
      return found && timing.measure('serialise', () => serialise(found));
    };
    if (noCache) return { document: await fromEngine(), cache: this.#cache.enabled ? 'bypass' : undefined };
    return {
      document: await this.#cache.throughRead(key, fromEngine),
      cache: this.#cache.enabled ? 'miss' : undefined,
    };
  }

  async query(tenantText: string, parameters: URLSearchParams, timing: ServerTiming): Promise<Document[]> {
    const tenant = parseIdentifier('tenant', tenantText);
    const status = documentStatusSchema.safeParse(parameters.get('status'));
    if (!status.success) throw new BadRequest('status: must be one of the statuses of a document');
    const limit = Number(parameters.get('limit') ?? 50);
    if (!Number.isInteger(limit) || limit < 1 || limit > maxQueryLimit)
      throw new BadRequest(`limit: must be 1 to ${maxQueryLimit}`);
    const after = parameters.get('after');
    const query: StatusQuery = {
      status: status.data,
      limit,
      after: after === null ? undefined : parseIdentifier('after', after),
    };
    return this.#engine.query(tenant, query, timing);
  }

  async create(tenantText: string, body: unknown, timing: ServerTiming): Promise<Document> {
    const tenant = parseIdentifier('tenant', tenantText);
    const fields = parseFields(body);
    const now = Date.now();
    const document: Document = { tenant, id: randomUUID(), ...fields, version: 1, createdAt: now, updatedAt: now };
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
    timing: ServerTiming,
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
    timing: ServerTiming,
  ): Promise<void> {
    const tenant = parseIdentifier('tenant', tenantText);
    const id = parseIdentifier('id', idText);
    await this.#cache.throughWrite(DocumentCache.key(tenant, id), async () => {
      await this.#engine.delete({ tenant, id, expectedVersion }, timing);
      return undefined;
    });
  }
}
