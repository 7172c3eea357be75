import type { Document, DocumentFields } from '../../../shared/documents/document';
import type { EngineBackend } from '../../../shared/engines/backend';
import type { PartTimer } from '../serverTiming';
import { DocumentTable } from './documentTable';
import type { BatchEffect, BatchStep, DocumentKey, DocumentQuery, StorageEngine } from './storageEngine';

/** Option 2 of the report: all documents in memory and nowhere else. */
export class MemoryEngine implements StorageEngine {
  readonly #table = new DocumentTable();

  async seed(documents: Iterable<Document>): Promise<void> {
    for (const document of documents) this.#table.insert(document);
  }

  async get({ tenant, id }: DocumentKey, timing: PartTimer): Promise<Document | undefined> {
    return timing.measure('fetch', () => this.#table.find(tenant, id));
  }

  async query(tenant: string, query: DocumentQuery, timing: PartTimer): Promise<Document[]> {
    return timing.measure('fetch', () => this.#table.page(tenant, query));
  }

  async insert(document: Document, timing: PartTimer): Promise<void> {
    timing.measure('write', () => this.#table.insert(document));
  }

  async update(key: DocumentKey, fields: DocumentFields, updatedAt: number, timing: PartTimer): Promise<Document> {
    return timing.measure('write', () => this.#table.update(key, fields, updatedAt));
  }

  async delete(key: DocumentKey, timing: PartTimer): Promise<void> {
    timing.measure('write', () => this.#table.delete(key));
  }

  async batch(
    tenant: string,
    steps: readonly BatchStep[],
    updatedAt: number,
    timing: PartTimer,
  ): Promise<BatchEffect[]> {
    return timing.measure('write', () => this.#table.batch(tenant, steps, updatedAt));
  }

  async describe(): Promise<EngineBackend> {
    return { name: 'memory of the service', isTestDouble: false };
  }

  async close(): Promise<void> {
    this.#table.clear();
  }

  drop(): Promise<void> {
    return this.close();
  }
}
