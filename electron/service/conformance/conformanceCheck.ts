import { isDeepStrictEqual } from 'node:util';
import type { Document, DocumentFields, DocumentStatus } from '../../../shared/documents/document';
import type { EngineConfig } from '../../../shared/engines/config';
import type { CheckGroup } from '../../../shared/engines/conformance';
import type { Random } from '../../../shared/statistics/random';
import type { CacheOptions, DocumentCache } from '../documentCache';
import { untimed } from '../serverTiming';
import type { StorageEngine } from '../storage/storageEngine';
import { StorageError, type StorageErrorKind } from '../storage/storageError';

/** What a check works with. */
export interface CheckContext {
  config: EngineConfig;
  /** Open, and without documents of the check's tenants. */
  engine: StorageEngine;
  /** Opens the same data once more. The check must close what it opens. */
  reopen(): Promise<StorageEngine>;
  /** Creates a cache like that of the document service. */
  newCache(options: CacheOptions): DocumentCache;
  random: Random;
  /** Returns the name of a tenant that only this check uses. */
  tenant(name: string): string;
  /** Notes what was done or seen. */
  note(sentence: string): void;
}

/** A promise of the interface of engines, and the test of it. */
export interface ConformanceCheck {
  id: string;
  group: CheckGroup;
  /** What holds when the check passes. */
  title: string;
  /** Rejects with {@link Nonconformity} when the promise is broken, with `not-supported` when it does not apply. */
  run(context: CheckContext): Promise<void>;
}

/** Thrown when an engine breaks a promise. */
export class Nonconformity extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Nonconformity';
  }
}

/** Throws when something that must hold does not. */
export function must(holds: boolean, otherwise: () => string): asserts holds {
  if (!holds) throw new Nonconformity(otherwise());
}

const accepted = 'accepted';
export type Outcome = StorageErrorKind | typeof accepted;

/** Returns how an operation ended. An error that is not a StorageError is itself a nonconformity. */
export async function outcomeOf(work: Promise<unknown>): Promise<Outcome> {
  try {
    await work;
    return accepted;
  } catch (error) {
    if (error instanceof StorageError) return error.kind;
    throw new Nonconformity(`an error without a kind: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Checks how an operation ends. */
export async function mustEnd(work: Promise<unknown>, expected: Outcome, what: string): Promise<void> {
  const outcome = await outcomeOf(work);
  must(outcome === expected, () => `${what}: ${outcome}, must be ${expected}`);
}

export function fields(overrides: Partial<DocumentFields> = {}): DocumentFields {
  return {
    status: 'draft',
    title: 'title',
    owner: 'owner',
    category: 'report',
    priority: 1,
    tags: ['a', 'b'],
    body: 'body',
    ...overrides,
  };
}

export function documentOf(tenant: string, id: string, overrides: Partial<DocumentFields> = {}): Document {
  return { tenant, id, ...fields(overrides), version: 1, createdAt: 1_000, updatedAt: 1_000 };
}

/** Waits for the next turn of the event loop. An engine that responds at once would otherwise block all other work. */
export function nextTurn(): Promise<void> {
  return new Promise((next) => setImmediate(next));
}

/** Returns all documents of a tenant, page by page. */
export async function listAll(
  engine: StorageEngine,
  tenant: string,
  status?: DocumentStatus,
  limit = 1_000,
): Promise<Document[]> {
  const all: Document[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await engine.query(tenant, { status, limit, after }, untimed);
    // An engine that fails here would be queried endlessly.
    const first = page[0]?.id;
    must(
      page.length <= limit && (after === undefined || first === undefined || first > after),
      () =>
        `a page of at most ${limit} documents after ${after ?? 'the start'} has ${page.length} and begins with ${first}`,
    );
    all.push(...page);
    if (page.length < limit) return all;
    after = page.at(-1)?.id;
    // Other work runs between two pages.
    await nextTurn();
  }
}

/** Checks that the stored document equals `expected`. */
export async function mustHold(engine: StorageEngine, expected: Document): Promise<void> {
  const found = await engine.get({ tenant: expected.tenant, id: expected.id }, untimed);
  must(
    isDeepStrictEqual(found, expected),
    () => `${expected.tenant}/${expected.id} is ${show(found)}, must be ${show(expected)}`,
  );
}

/** Describes a document briefly, for the evidence. */
export function show(document: Document | undefined): string {
  if (!document) return 'missing';
  const text = JSON.stringify(document);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
