import type { Document, DocumentFields, DocumentStatus } from '../../../shared/documents/document';
import { SortedIds } from './sortedIds';
import type { BatchEffect, BatchStep, DocumentKey, DocumentQuery } from './storageEngine';
import { checkVersion, duplicate, notFound } from './storageError';
import { type SyncDocuments, takeStep } from './takeStep';

interface Tenant {
  documents: Map<string, Document>;
  /** All ids in order, so that a page reads only what it returns. */
  ids: SortedIds;
  idsByStatus: Map<DocumentStatus, SortedIds>;
}

/** Returns a frozen document. */
function frozen(document: Document): Document {
  if (Object.isFrozen(document) && Object.isFrozen(document.tags)) return document;
  const tags = [...document.tags];
  Object.freeze(tags);
  return Object.freeze({ ...document, tags });
}

/** Documents in memory: maps per tenant with an index on status. Documents are frozen and replaced, never changed. */
export class DocumentTable implements SyncDocuments {
  readonly #tenants = new Map<string, Tenant>();

  find(tenant: string, id: string): Document | undefined {
    return this.#tenants.get(tenant)?.documents.get(id);
  }

  page(tenant: string, { status, limit, after }: DocumentQuery): Document[] {
    const found = this.#tenants.get(tenant);
    const ids = status === undefined ? found?.ids : found?.idsByStatus.get(status);
    if (!found || !ids) return [];
    return ids.page(after, limit).flatMap((id) => found.documents.get(id) ?? []);
  }

  /** Throws `unique-violation`. */
  insert(document: Document): Document {
    if (this.find(document.tenant, document.id)) throw duplicate(document);
    return this.put(document);
  }

  /** Throws `not-found`, `conflict`. */
  update(key: DocumentKey, fields: DocumentFields, updatedAt: number): Document {
    const current = this.expect(key);
    return this.put({ ...current, ...fields, version: current.version + 1, updatedAt });
  }

  /** Throws `not-found`, `conflict`. */
  delete(key: DocumentKey): void {
    this.expect(key);
    this.remove(key.tenant, key.id);
  }

  /** Carries out all steps or none. Throws the reason of the first step that is refused. */
  batch(tenant: string, steps: readonly BatchStep[], updatedAt: number): BatchEffect[] {
    const undo: (() => void)[] = [];
    const effects: BatchEffect[] = [];
    try {
      for (const step of steps) {
        const id = step.kind === 'insert' ? step.document.id : step.id;
        const before = this.find(tenant, id);
        const effect = takeStep(this, tenant, step, updatedAt);
        if (!effect) continue;
        undo.push(() => (before ? this.put(before) : this.remove(tenant, id)));
        effects.push(effect);
      }
      return effects;
    } catch (refusal) {
      for (const revert of undo.reverse()) revert();
      throw refusal;
    }
  }

  /** Stores a document and replaces an earlier one. Returns the frozen document that readers get from now on. */
  put(document: Document): Document {
    const stored = frozen(document);
    let tenant = this.#tenants.get(stored.tenant);
    if (!tenant) {
      tenant = { documents: new Map(), ids: new SortedIds(), idsByStatus: new Map() };
      this.#tenants.set(stored.tenant, tenant);
    }
    const before = tenant.documents.get(stored.id);
    tenant.documents.set(stored.id, stored);
    if (!before) tenant.ids.add(stored.id);
    if (before?.status !== stored.status) {
      if (before) tenant.idsByStatus.get(before.status)?.remove(stored.id);
      const ids = tenant.idsByStatus.get(stored.status) ?? new SortedIds();
      tenant.idsByStatus.set(stored.status, ids);
      ids.add(stored.id);
    }
    return stored;
  }

  /** Removes a document, if there is one. */
  remove(tenantName: string, id: string): void {
    const tenant = this.#tenants.get(tenantName);
    const document = tenant?.documents.get(id);
    if (!tenant || !document) return;
    tenant.documents.delete(id);
    tenant.ids.remove(id);
    tenant.idsByStatus.get(document.status)?.remove(id);
    if (tenant.ids.size === 0) this.#tenants.delete(tenantName);
  }

  clear(): void {
    this.#tenants.clear();
  }

  /** Throws `not-found`, `conflict`. */
  expect(key: DocumentKey): Document {
    const current = this.find(key.tenant, key.id);
    if (!current) throw notFound(key);
    checkVersion(key, current.version);
    return current;
  }
}
