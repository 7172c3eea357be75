import type { Document } from '../../../../shared/documents/document';
import { documentStatuses } from '../../../../shared/documents/document';
import { untimed } from '../../serverTiming';
import type { StorageEngine } from '../../storage/storageEngine';
import { type ConformanceCheck, documentOf, fields, listAll, must, nextTurn } from '../conformanceCheck';

/** Ids whose order differs between byte order and the orders of locales. */
const trickyIds = ['B', 'a', 'A', 'b', 'Z', 'z', '_', '-', '.', '~', '10', '9', '09', 'a.b', 'a-b', 'aB', 'ab', 'a~'];

function idsOf(documents: readonly Document[]): string {
  return documents.map(({ id }) => id).join(' ');
}

async function fill(engine: StorageEngine, tenant: string, count: number): Promise<Document[]> {
  const documents = Array.from({ length: count }, (_, index) =>
    documentOf(tenant, `d${String((index * 7919) % count).padStart(4, '0')}`, {
      status: documentStatuses[index % documentStatuses.length] ?? 'draft',
    }),
  );
  await Promise.all(documents.map((document) => engine.insert(document, untimed)));
  return documents.sort((a, b) => (a.id < b.id ? -1 : 1));
}

const order: ConformanceCheck = {
  id: 'list-order',
  group: 'lists',
  title: 'Lists are in the order of ids, byte by byte, with and without a status',
  run: async ({ engine, tenant, note }) => {
    const name = tenant('a');
    await Promise.all(trickyIds.map((id) => engine.insert(documentOf(name, id), untimed)));
    const expected = [...trickyIds].sort().join(' ');
    for (const status of [undefined, 'draft'] as const) {
      const found = idsOf(await listAll(engine, name, status));
      must(found === expected, () => `the order is ${found}, must be ${expected}`);
    }
    note(`${trickyIds.length} ids that locales would order otherwise: ${expected}.`);
  },
};

const pages: ConformanceCheck = {
  id: 'list-pages',
  group: 'lists',
  title: 'Pages neither repeat nor skip, whatever their size',
  run: async ({ engine, tenant, note }) => {
    const name = tenant('a');
    const documents = await fill(engine, name, 60);
    const sizes = [1, 2, 3, 7, 11, 12, 13, 59, 60, 61, 1_000];
    for (const status of [undefined, 'draft', 'archived'] as const) {
      const expected = idsOf(documents.filter((document) => status === undefined || document.status === status));
      for (const size of sizes) {
        const found = idsOf(await listAll(engine, name, status, size));
        must(found === expected, () => `pages of ${size}: ${found}, must be ${expected}`);
      }
    }
    const between = await engine.query(name, { status: undefined, limit: 2, after: 'd0010x' }, untimed);
    must(idsOf(between) === 'd0011 d0012', () => `after an id that does not exist comes ${idsOf(between)}`);
    const beyond = await engine.query(name, { status: undefined, limit: 2, after: 'z' }, untimed);
    must(beyond.length === 0, () => `after the last id comes ${idsOf(beyond)}`);
    note(`60 documents in pages of ${sizes.join(', ')}.`);
  },
};

const membership: ConformanceCheck = {
  id: 'list-membership',
  group: 'lists',
  title: 'A status list follows every acknowledged write',
  run: async ({ engine, tenant, random, note }) => {
    const name = tenant('a');
    const documents = await fill(engine, name, 25);
    const status = new Map(documents.map((document) => [document.id, document.status]));
    const changes = 60;
    for (let change = 0; change < changes; change += 1) {
      const ids = [...status.keys()];
      const id = ids[Math.floor(random() * ids.length)] ?? '';
      const next = documentStatuses[Math.floor(random() * documentStatuses.length)] ?? 'draft';
      if (random() < 0.2) {
        await engine.delete({ tenant: name, id }, untimed);
        status.delete(id);
      } else {
        await engine.update({ tenant: name, id }, fields({ status: next }), 3, untimed);
        status.set(id, next);
      }
      for (const wanted of documentStatuses) {
        const found = idsOf(await listAll(engine, name, wanted));
        const expected = [...status]
          .flatMap(([key, value]) => (value === wanted ? [key] : []))
          .sort()
          .join(' ');
        must(found === expected, () => `${wanted} after change ${change + 1}: ${found}, must be ${expected}`);
      }
    }
    note(`${changes} updates and deletes, and after each all five lists.`);
  },
};

const stability: ConformanceCheck = {
  id: 'list-under-writes',
  group: 'lists',
  title: 'Documents that remain are listed once while others are added and removed',
  run: async ({ engine, tenant, note }) => {
    const name = tenant('a');
    const staying = Array.from({ length: 40 }, (_, index) => documentOf(name, `s${String(index).padStart(3, '0')}`));
    await Promise.all(staying.map((document) => engine.insert(document, untimed)));
    let stopped = false;
    let written = 0;
    const writing = (async () => {
      while (!stopped) {
        const passing = documentOf(name, `s${String(written % 40).padStart(3, '0')}x${written}`);
        await engine.insert(passing, untimed);
        if (written % 2 === 0) await engine.delete(passing, untimed);
        written += 1;
        await nextTurn();
      }
    })();
    // An error of a write is thrown when the passes are done.
    writing.catch(() => {});
    const rounds = 10;
    try {
      for (let round = 0; round < rounds; round += 1) {
        const found = (await listAll(engine, name, undefined, 7)).filter(({ id }) => !id.includes('x'));
        await nextTurn();
        must(idsOf(found) === idsOf(staying), () => `listed were ${idsOf(found)}`);
      }
    } finally {
      stopped = true;
      await writing;
    }
    note(`${rounds} passes in pages of 7 while ${written} other documents were written.`);
  },
};

export const listChecks = [order, pages, membership, stability];
