import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededDocuments } from '../../../shared/documents/dataset';
import type { Document } from '../../../shared/documents/document';
import { engineIds } from '../../../shared/run/target';
import { fields, storedDocument } from '../../../tests/support/factories';
import { ServerTiming } from '../serverTiming';
import { openEngine } from './openEngine';
import { type StorageEngine, StorageError } from './storageEngine';

const operation = fc.record({
  kind: fc.constantFrom('insert' as const, 'update' as const, 'delete' as const),
  id: fc.constantFrom('a', 'b', 'c'),
  title: fc.string({ maxLength: 20 }),
  status: fc.constantFrom('draft' as const, 'review' as const),
});
type Operation = typeof operation extends fc.Arbitrary<infer Value> ? Value : never;

/** What an operation does to a map of documents, and what an engine must answer to it. */
function applyToModel(model: Map<string, Document>, tenant: string, { kind, id, title, status }: Operation): string {
  const known = model.get(id);
  if (kind === 'insert') {
    if (known) return 'unique-violation';
    model.set(id, storedDocument({ tenant, id, title, status }));
    return 'accepted';
  }
  if (!known) return 'not-found';
  if (kind === 'delete') model.delete(id);
  else model.set(id, { ...known, ...fields({ title, status }), version: known.version + 1, updatedAt: 5 });
  return 'accepted';
}

function applyToEngine(
  engine: StorageEngine,
  tenant: string,
  { kind, id, title, status }: Operation,
): Promise<unknown> {
  const timing = new ServerTiming();
  switch (kind) {
    case 'insert':
      return engine.insert(storedDocument({ tenant, id, title, status }), timing);
    case 'update':
      return engine.update({ tenant, id }, fields({ title, status }), 5, timing);
    case 'delete':
      return engine.delete({ tenant, id }, timing);
  }
}

/** One suite for all engines: what the interface promises, on real files. */
describe.each(engineIds)('engine %s', (engineId) => {
  let folder: string;
  let engine: StorageEngine;
  const timing = (): ServerTiming => new ServerTiming();

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-engine-'));
    engine = openEngine(engineId, folder);
  });
  afterEach(async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  });

  const refusal = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work;
      return 'accepted';
    } catch (error) {
      if (error instanceof StorageError) return error.kind;
      throw error;
    }
  };

  it('returns what was seeded, and nothing else', async () => {
    const documents = [...seededDocuments({ tenants: 3, documentsPerTenant: 5, documentBytes: 1_024 }, 1)];
    await engine.seed(documents);
    for (const document of documents) expect(await engine.get(document, timing())).toEqual(document);
    expect(await engine.get({ tenant: 't00', id: 'none' }, timing())).toBeUndefined();
    expect(await engine.get({ tenant: 'none', id: documents[0]?.id ?? '' }, timing())).toBeUndefined();
  });

  it('inserts once, updates with a growing version, deletes', async () => {
    const document = storedDocument();
    await engine.insert(document, timing());
    expect(await refusal(engine.insert(document, timing()))).toBe('unique-violation');
    const updated = await engine.update(document, fields({ title: 'new', tags: [] }), 99, timing());
    expect(updated).toEqual({ ...document, title: 'new', tags: [], version: 2, updatedAt: 99 });
    expect(await engine.get(document, timing())).toEqual(updated);
    await engine.delete(document, timing());
    expect(await engine.get(document, timing())).toBeUndefined();
    expect(await refusal(engine.delete(document, timing()))).toBe('not-found');
    expect(await refusal(engine.update(document, fields(), 1, timing()))).toBe('not-found');
  });

  it('refuses a version that is not the expected one, and changes nothing', async () => {
    const document = storedDocument();
    await engine.insert(document, timing());
    expect(await refusal(engine.update({ ...document, expectedVersion: 7 }, fields({ title: 'x' }), 1, timing()))).toBe(
      'conflict',
    );
    expect(await refusal(engine.delete({ ...document, expectedVersion: 7 }, timing()))).toBe('conflict');
    expect(await engine.get(document, timing())).toEqual(document);
    await engine.update({ ...document, expectedVersion: 1 }, fields({ title: 'x' }), 1, timing());
    expect((await engine.get(document, timing()))?.version).toBe(2);
  });

  it('lets exactly one of many concurrent updates of a version through', async () => {
    const document = storedDocument();
    await engine.insert(document, timing());
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        refusal(engine.update({ ...document, expectedVersion: 1 }, fields({ title: `w${index}` }), 1, timing())),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
    expect((await engine.get(document, timing()))?.version).toBe(2);
  });

  it('gives every one of many concurrent updates a version of its own', async () => {
    const document = storedDocument();
    await engine.insert(document, timing());
    const updates = await Promise.all(
      Array.from({ length: 20 }, (_, index) => engine.update(document, fields({ title: `w${index}` }), 1, timing())),
    );
    expect(updates.map(({ version }) => version).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 2),
    );
    const newest = updates.find(({ version }) => version === 21);
    expect(await engine.get(document, timing())).toEqual(newest);
  });

  it('lists by status in order of ids, in pages that neither repeat nor skip', async () => {
    const documents = [...seededDocuments({ tenants: 2, documentsPerTenant: 60, documentBytes: 500 }, 3)];
    await engine.seed(documents);
    const expected = documents
      .filter(({ tenant, status }) => tenant === 't01' && status === 'draft')
      .map(({ id }) => id)
      .sort();
    const found: string[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await engine.query('t01', { status: 'draft', limit: 4, after }, timing());
      found.push(...page.map(({ id }) => id));
      after = page.at(-1)?.id;
      if (page.length < 4) break;
    }
    expect(found).toEqual(expected);
    expect(await engine.query('none', { status: 'draft', limit: 4, after: undefined }, timing())).toEqual([]);
  });

  it('keeps tenants apart, even with the same ids', async () => {
    await engine.insert(storedDocument({ tenant: 'a', title: 'of a' }), timing());
    await engine.insert(storedDocument({ tenant: 'b', title: 'of b' }), timing());
    await engine.delete({ tenant: 'a', id: 'd1' }, timing());
    expect((await engine.get({ tenant: 'b', id: 'd1' }, timing()))?.title).toBe('of b');
    expect(await engine.query('a', { status: 'draft', limit: 10, after: undefined }, timing())).toEqual([]);
  });

  it('is not changed by changes to what was handed in', async () => {
    const document = storedDocument();
    await engine.insert(document, timing());
    document.tags.push('later');
    document.title = 'later';
    expect(await engine.get(document, timing())).toMatchObject({ title: 'title', tags: ['a', 'b'] });
  });

  it('behaves like a map of documents under any sequence of operations', async () => {
    let tenantNumber = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 15 }), async (operations) => {
        tenantNumber += 1;
        const tenant = `p${tenantNumber}`;
        const model = new Map<string, Document>();
        for (const step of operations) {
          const expected = applyToModel(model, tenant, step);
          expect(await refusal(applyToEngine(engine, tenant, step))).toBe(expected);
        }
        for (const status of ['draft', 'review'] as const) {
          const expected = [...model.values()].filter((document) => document.status === status);
          const found = await engine.query(tenant, { status, limit: 10, after: undefined }, timing());
          expect(found).toEqual(expected.sort((a, b) => (a.id < b.id ? -1 : 1)));
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe.each(['sqlite', 'sqlite-json'] as const)('engine %s on disk', (engineId) => {
  it('has what it acknowledged when it is opened again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'proofload-engine-'));
    const first = openEngine(engineId, folder);
    await first.insert(storedDocument(), new ServerTiming());
    await first.close();
    const second = openEngine(engineId, folder);
    expect(await second.get(storedDocument(), new ServerTiming())).toEqual(storedDocument());
    await second.close();
    rmSync(folder, { recursive: true });
  });
});
