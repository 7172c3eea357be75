import { LRUCache } from 'lru-cache';
import type { Document } from '../../shared/documents/document';

/** A document as the service sends it: serialised once, sent often. */
export interface CachedDocument {
  version: number;
  /** The entity tag (RFC 9110): the version in quotes. */
  etag: string;
  json: string;
  /** The length of `json` in UTF-8. */
  bytes: number;
}

export interface CacheOptions {
  enabled: boolean;
  maxEntries: number;
  /** 0 means that entries do not expire. */
  ttlMs: number;
  onWrite: 'refresh' | 'invalidate';
}

/** The writes of one document that are in progress at the same time. */
interface WriteGroup {
  pending: number;
  newest: Document | undefined;
  /** False when a write was refused or deleted the document: then the next read goes to the engine. */
  refreshable: boolean;
}

/** The serialised form of a document. */
export function serialise(document: Document): CachedDocument {
  const json = JSON.stringify(document);
  return { version: document.version, etag: `"${document.version}"`, json, bytes: Buffer.byteLength(json) };
}

/** The reads of one document from the engine that are in progress. A write makes their results stale. */
interface ReadGroup {
  pending: number;
  fresh: boolean;
}

/**
 * The read-through cache in front of the storage engine, keyed by tenant and id. During a write, from before the engine
 * sees it until after its commit, its key is not in the cache. The result of a read that overlaps a write is not
 * cached. So nobody reads an older version after an acknowledged write.
 */
export class DocumentCache {
  readonly #options: CacheOptions;
  readonly #entries: LRUCache<string, CachedDocument>;
  readonly #writing = new Map<string, WriteGroup>();
  readonly #reading = new Map<string, ReadGroup>();

  constructor(options: CacheOptions) {
    this.#options = options;
    this.#entries = new LRUCache({ max: options.maxEntries, ttl: options.ttlMs });
  }

  get enabled(): boolean {
    return this.#options.enabled;
  }

  get size(): number {
    return this.#entries.size;
  }

  static key(tenant: string, id: string): string {
    return `${tenant}/${id}`;
  }

  get(key: string): CachedDocument | undefined {
    return this.#options.enabled ? this.#entries.get(key) : undefined;
  }

  /** Reads a document from the engine and caches it, unless a write of it began meanwhile. */
  async throughRead(key: string, read: () => Promise<CachedDocument | undefined>): Promise<CachedDocument | undefined> {
    if (!this.#options.enabled) return read();
    const group = this.#reading.get(key) ?? { pending: 0, fresh: true };
    group.pending += 1;
    this.#reading.set(key, group);
    try {
      const document = await read();
      if (document && group.fresh && !this.#writing.has(key)) this.#entries.set(key, document);
      return document;
    } finally {
      group.pending -= 1;
      if (group.pending === 0 && this.#reading.get(key) === group) this.#reading.delete(key);
    }
  }

  /** Adds a document without a lookup, at the start and before any request. */
  preload(document: Document): void {
    if (!this.#options.enabled || this.#entries.size >= this.#options.maxEntries) return;
    this.#entries.set(DocumentCache.key(document.tenant, document.id), serialise(document));
  }

  /**
   * Runs a write of the document under `key`. `write` resolves with the committed document, or with undefined when the
   * document is gone. The key can be cached again afterwards, whether `write` resolves or rejects.
   */
  async throughWrite<T extends Document | undefined>(key: string, write: () => Promise<T>): Promise<T> {
    if (!this.#options.enabled) return write();
    const group = this.#beginWrite(key);
    try {
      const document = await write();
      // Concurrent writes of one document may finish in another order than they were committed in.
      if (document === undefined) group.refreshable = false;
      else if (!group.newest || document.version > group.newest.version) group.newest = document;
      return document;
    } catch (error) {
      group.refreshable = false;
      throw error;
    } finally {
      this.#endWrite(key, group);
    }
  }

  /** Runs a write of several documents. Each is absent from the cache until it is read the next time. */
  async throughWrites<T>(keys: readonly string[], write: () => Promise<T>): Promise<T> {
    if (!this.#options.enabled) return write();
    const groups = keys.map((key) => ({ key, group: this.#beginWrite(key) }));
    try {
      return await write();
    } finally {
      for (const { key, group } of groups) {
        group.refreshable = false;
        this.#endWrite(key, group);
      }
    }
  }

  #beginWrite(key: string): WriteGroup {
    this.#entries.delete(key);
    this.#outdateReads(key);
    const group = this.#writing.get(key) ?? { pending: 0, newest: undefined, refreshable: true };
    group.pending += 1;
    this.#writing.set(key, group);
    return group;
  }

  /** Marks the reads in progress as stale, so that their results are not cached. */
  #outdateReads(key: string): void {
    const reads = this.#reading.get(key);
    if (!reads) return;
    reads.fresh = false;
    this.#reading.delete(key);
  }

  #endWrite(key: string, group: WriteGroup): void {
    group.pending -= 1;
    // A read that began during the write may have returned the content from before it.
    this.#outdateReads(key);
    if (group.pending > 0) return;
    this.#writing.delete(key);
    if (group.newest && group.refreshable && this.#options.onWrite === 'refresh') {
      this.#entries.set(key, serialise(group.newest));
    }
  }
}
