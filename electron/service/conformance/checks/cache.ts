import { DocumentService } from '../../documentService';
import { untimed } from '../../serverTiming';
import { type ConformanceCheck, documentOf, fields, must, nextTurn } from '../conformanceCheck';

const freshness: ConformanceCheck = {
  id: 'cache-fresh',
  group: 'cache',
  title: 'After an acknowledged write nobody reads an older version, through the cache or past it',
  run: async ({ engine, newCache, tenant, note, random }) => {
    const name = tenant('a');
    const ids = ['a', 'b', 'c'];
    await Promise.all(ids.map((id) => engine.insert(documentOf(name, id), untimed)));
    let reads = 0;
    for (const onWrite of ['refresh', 'invalidate'] as const) {
      const cache = newCache({ enabled: true, maxEntries: 2, ttlMs: 0, onWrite });
      const service = new DocumentService(engine, cache);
      const acknowledged = new Map<string, number>();
      let writing = true;
      const write = async (id: string): Promise<void> => {
        for (let turn = 0; turn < 40; turn += 1) {
          const { version } = await service.replace(name, id, undefined, fields({ title: `${turn}` }), untimed);
          acknowledged.set(id, Math.max(version, acknowledged.get(id) ?? 0));
          await nextTurn();
        }
      };
      const read = async (): Promise<void> => {
        while (writing) {
          const id = ids[Math.floor(random() * ids.length)] ?? 'a';
          const least = acknowledged.get(id) ?? 1;
          const { document } = await service.read(name, id, random() < 0.1, untimed);
          reads += 1;
          await nextTurn();
          must(
            (document?.version ?? 0) >= least,
            () => `version ${document?.version} of ${id} was read after ${least} was acknowledged`,
          );
        }
      };
      const readers = Promise.all([read(), read(), read()]);
      // An error of a reader is thrown when the writers are done.
      readers.catch(() => {});
      try {
        // Two writers of each document, so that writes overlap writes as well as reads.
        await Promise.all([...ids, ...ids].map(write));
      } finally {
        writing = false;
        await readers;
      }
      for (const id of ids) {
        const { document } = await service.read(name, id, false, untimed);
        must(
          document?.version === acknowledged.get(id),
          () => `the cache ends with version ${document?.version} of ${id}, the last write was ${acknowledged.get(id)}`,
        );
      }
    }
    note(
      `480 writes beside ${reads} reads, with a cache that is too small for the documents, refreshed or invalidated by writes.`,
    );
  },
};

const deletes: ConformanceCheck = {
  id: 'cache-deletes',
  group: 'cache',
  title: 'A document that was deleted is not read from the cache',
  run: async ({ engine, newCache, tenant, note }) => {
    const name = tenant('a');
    const service = new DocumentService(
      engine,
      newCache({ enabled: true, maxEntries: 100, ttlMs: 0, onWrite: 'refresh' }),
    );
    const rounds = 50;
    for (let round = 0; round < rounds; round += 1) {
      const { id } = await service.create(name, fields(), untimed);
      await service.read(name, id, false, untimed);
      const [, raced] = await Promise.all([
        service.remove(name, id, undefined, untimed),
        service.read(name, id, false, untimed),
      ]);
      const { document } = await service.read(name, id, false, untimed);
      must(
        document === undefined,
        () =>
          `a deleted document is read in version ${document?.version}; a read beside the delete got ${raced.document?.version}`,
      );
    }
    note(`${rounds} documents were read, deleted while being read, and not found afterwards.`);
  },
};

const counters: ConformanceCheck = {
  id: 'cache-counts',
  group: 'cache',
  title: 'A reported hit was in the cache, and a reported miss was not',
  run: async ({ engine, newCache, tenant, note }) => {
    const name = tenant('a');
    await Promise.all(['a', 'b'].map((id) => engine.insert(documentOf(name, id), untimed)));
    let asked = 0;
    const counting = new Proxy(engine, {
      get: (target, name) => {
        if (name === 'get') asked += 1;
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
    const service = new DocumentService(
      counting,
      newCache({ enabled: true, maxEntries: 1, ttlMs: 0, onWrite: 'refresh' }),
    );
    const seen: (string | undefined)[] = [];
    for (const id of ['a', 'a', 'b', 'b', 'a']) seen.push((await service.read(name, id, false, untimed)).cache);
    must(seen.join(' ') === 'miss hit miss hit miss', () => `the lookups were told as ${seen.join(' ')}`);
    must(asked === 3, () => `the engine was asked ${asked} times`);
    const off = new DocumentService(
      counting,
      newCache({ enabled: false, maxEntries: 1, ttlMs: 0, onWrite: 'refresh' }),
    );
    const { cache } = await off.read(name, 'a', false, untimed);
    must(cache === undefined, () => `a cache that is off tells of a ${cache}`);
    note('A cache of one document, read five times: two hits, three misses, three reads of the engine.');
  },
};

export const cacheChecks = [freshness, deletes, counters];
