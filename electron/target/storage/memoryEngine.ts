import type { Document, DocumentFields, DocumentStatus } from '../../../shared/documents/document';
import type { ServerTiming } from '../serverTiming';
import {
  checkVersion,
  type DocumentKey,
  duplicate,
  notFound,
  type StatusQuery,
  type StorageEngine,
} from './storageEngine';

interface Tenant {
  documents: Map<string, Document>;
  /** Ids by status, sorted, so that a query reads just what it returns. */
  idsByStatus: Map<DocumentStatus, string[]>;
}

/** The first position in a sorted list whose element is not less than `id`. */
function lowerBound(sorted: readonly string[], id: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Option 2 of the report: maps per tenant with an index on status. Documents are frozen and replaced, never changed. */
export class MemoryEngine implements StorageEngine {
  readonly #tenants = new Map<string, Tenant>();

  async seed(documents: Iterable<Document>): Promise<void> {
    for (const document of documents) this.#add(document);
  }

  async get(key: DocumentKey, timing: ServerTiming): Promise<Document | undefined> {
    return timing.measure('fetch', () => this.#find(key));
  }

  async query(tenant: string, { status, limit, after }: StatusQuery, timing: ServerTiming): Promise<Document[]> {
    return timing.measure('fetch', () => {
      const found = this.#tenants.get(tenant);
      const ids = found?.idsByStatus.get(status);
      if (!found || !ids) return [];
      const from = after === undefined ? 0 : lowerBound(ids, `${after}\u0000`);
      return ids.slice(from, from + limit).flatMap((id) => found.documents.get(id) ?? []);
    });
  }

  async insert(document: Document, timing: ServerTiming): Promise<void> {
    timing.measure('write', () => {
      if (this.#find(document)) throw duplicate(document);
      this.#add(document);
    });
  }

  async update(key: DocumentKey, fields: DocumentFields, updatedAt: number, timing: ServerTiming): Promise<Document> {
    return timing.measure('write', () => {
      const current = this.#expect(key);
      this.#unindex(current);
      return this.#add({ ...current, ...fields, version: current.version + 1, updatedAt });
    });
  }

  async delete(key: DocumentKey, timing: ServerTiming): Promise<void> {
    timing.measure('write', () => {
      const current = this.#expect(key);
      this.#unindex(current);
      this.#tenants.get(key.tenant)?.documents.delete(key.id);
    });
  }

  async close(): Promise<void> {
    this.#tenants.clear();
  }

  #find({ tenant, id }: DocumentKey): Document | undefined {
    return this.#tenants.get(tenant)?.documents.get(id);
  }

  #expect(key: DocumentKey): Document {
    const current = this.#find(key);
    if (!current) throw notFound(key);
    checkVersion(key, current.version);
    return current;
  }

  #add(document: Document): Document {
    const stored = Object.freeze({ ...document, tags: [...document.tags] });
    let tenant = this.#tenants.get(stored.tenant);
    if (!tenant) {
      tenant = { documents: new Map(), idsByStatus: new Map() };
      this.#tenants.set(stored.tenant, tenant);
    }
    tenant.documents.set(stored.id, stored);
    const ids = tenant.idsByStatus.get(stored.status) ?? [];
    tenant.idsByStatus.set(stored.status, ids);
    ids.splice(lowerBound(ids, stored.id), 0, stored.id);
    return stored;
  }

  #unindex({ tenant, id, status }: Document): void {
    const ids = this.#tenants.get(tenant)?.idsByStatus.get(status);
    ids?.splice(lowerBound(ids, id), 1);
  }
}
