import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { PartTimer } from '../../electron/service/serverTiming';
import type { StorageEngine } from '../../electron/service/storage/storageEngine';
import type { EngineConfig } from '../../shared/engines/config';
import { engineConfig } from '../../shared/engines/config';

/** A fault of the built-in service, and which causes name it rightly. */
export interface Fault {
  name: string;
  expected: readonly string[];
  config: EngineConfig;
  /** Changes of the scenario. */
  scenario?: Record<string, unknown>;
  /** Makes the engine faulty. */
  wrap?(engine: StorageEngine): StorageEngine;
  /** Whether the cache is filled before the first request. */
  preloads?: boolean;
  /** How many programs share the service's processor with it. */
  rivals?: number;
}

function hold(durationMs: number): void {
  const untilMs = performance.now() + durationMs;
  while (performance.now() < untilMs);
}

function pause(durationMs: number): Promise<void> {
  return new Promise((next) => setTimeout(next, durationMs));
}

/** The engine with some of its operations replaced. */
export function replaced(engine: StorageEngine, operations: Partial<StorageEngine>): StorageEngine {
  return {
    seed: (documents) => engine.seed(documents),
    get: (key, timing) => engine.get(key, timing),
    query: (tenant, query, timing) => engine.query(tenant, query, timing),
    insert: (document, timing) => engine.insert(document, timing),
    update: (key, fields, at, timing) => engine.update(key, fields, at, timing),
    delete: (key, timing) => engine.delete(key, timing),
    batch: (tenant, steps, at, timing) => engine.batch(tenant, steps, at, timing),
    describe: () => engine.describe(),
    close: () => engine.close(),
    drop: () => engine.drop(),
    ...operations,
  };
}

/** Lets so many in at a time; the others wait in their order, and the time counts as `wait`. */
function gate(places: number): <T>(timing: PartTimer, work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = places;
  return async (timing, work) => {
    await timing.measureAsync('wait', async () => {
      if (free > 0) free -= 1;
      else await new Promise<void>((next) => waiting.push(next));
    });
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

/** Reads that take time without holding the event loop, as those of a server do. */
function slowReads(engine: StorageEngine, durationMs: number): StorageEngine {
  return replaced(engine, {
    get: async (key, timing) => {
      await timing.measureAsync('fetch', () => pause(durationMs));
      return engine.get(key, timing);
    },
  });
}

const sqlite = engineConfig('sqlite');
const noCache = { cache: { enabled: false } };

export const faults: readonly Fault[] = [
  {
    name: 'event loop blocked',
    expected: ['server.loop', 'server.handler'],
    config: sqlite,
    wrap: (engine) => {
      let calls = 0;
      return replaced(engine, {
        query: (tenant, query, timing) => {
          calls += 1;
          if (calls % 10 === 0) hold(60);
          return engine.query(tenant, query, timing);
        },
      });
    },
  },
  { name: 'slow fsync', expected: ['server.commit'], config: engineConfig('sqlite', { commitDelayMs: 12 }) },
  {
    name: 'lock convoy',
    expected: ['server.wait'],
    config: sqlite,
    wrap: (engine) => {
      const lock = gate(1);
      return replaced(engine, {
        update: (key, fields, at, timing) =>
          lock(timing, async () => {
            await pause(25);
            return engine.update(key, fields, at, timing);
          }),
      });
    },
  },
  {
    name: 'cache off',
    expected: ['cache-off'],
    config: sqlite,
    scenario: noCache,
    wrap: (engine) => slowReads(engine, 6),
  },
  {
    name: 'garbage collection',
    expected: ['garbage-collection'],
    config: sqlite,
    wrap: (engine) => {
      // Collections of a heap with much in it: V8 does most of its work beside the program unless it is told to do it now.
      setFlagsFromString('--expose-gc');
      const collect: () => void = runInNewContext('gc');
      const kept = Array.from({ length: 400_000 }, (_, index) => ({ index, next: { index } }));
      let calls = 0;
      return replaced(engine, {
        query: (tenant, query, timing) => {
          calls += 1;
          if (calls % 8 === 0 && kept.length > 0) collect();
          return engine.query(tenant, query, timing);
        },
      });
    },
  },
  {
    name: 'pool of one',
    expected: ['server.wait'],
    config: sqlite,
    scenario: noCache,
    wrap: (engine) => {
      const pool = gate(1);
      return replaced(engine, {
        get: (key, timing) =>
          pool(timing, async () => {
            await timing.measureAsync('fetch', () => pause(6));
            return engine.get(key, timing);
          }),
      });
    },
  },
  {
    name: 'large JSON',
    expected: ['server.serialise', 'server.decode', 'receive'],
    config: engineConfig('sqlite-json'),
    scenario: {
      dataset: { tenants: 4, documentsPerTenant: 25, documentBytes: 600_000 },
      operations: { read: 100, update: 0, insert: 0, query: 0 },
      ...noCache,
    },
  },
  {
    name: 'processor shared with others',
    expected: ['processor-withheld'],
    config: sqlite,
    rivals: 3,
  },
  {
    name: 'N+1 queries',
    expected: ['server.fetch'],
    config: sqlite,
    wrap: (engine) =>
      replaced(engine, {
        query: async (tenant, query, timing) => {
          const page = await engine.query(tenant, query, timing);
          for (const { id } of page) {
            await timing.measureAsync('fetch', () => pause(1));
            await engine.get({ tenant, id }, timing);
          }
          return page;
        },
      }),
  },
  {
    name: 'cold cache',
    expected: ['cache-cold'],
    config: sqlite,
    preloads: false,
    scenario: {
      dataset: { tenants: 4, documentsPerTenant: 100, documentBytes: 1_024 },
      operations: { read: 100, update: 0, insert: 0, query: 0 },
    },
    wrap: (engine) => slowReads(engine, 15),
  },
];
