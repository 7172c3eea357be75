import { openSync } from 'node:fs';
import { type CacheOptions, DocumentCache } from '../../electron/service/documentCache';
import { untimed } from '../../electron/service/serverTiming';
import { type EnginePlace, openEngine } from '../../electron/service/storage/openEngine';
import type { DocumentQuery, StorageEngine } from '../../electron/service/storage/storageEngine';
import { StorageError } from '../../electron/service/storage/storageError';
import type { Document } from '../../shared/documents/document';
import { engineConfig } from '../../shared/engines/config';
import type { EngineId } from '../../shared/engines/engine';

/** An engine, or the cache in front of one, that is wrong in exactly one way, and the checks that must find it. */
export interface BrokenEngine {
  name: string;
  /** The engine that it claims to be. */
  claims: EngineId;
  caughtBy: readonly string[];
  newCache?(options: CacheOptions): DocumentCache;
  open(place: EnginePlace): Promise<StorageEngine>;
}

/** The engine with some operations replaced. */
function replacing(engine: StorageEngine, wrong: Partial<StorageEngine>): StorageEngine {
  return new Proxy(engine, {
    get: (target, name) => {
      const member: unknown = Reflect.get(name in wrong ? wrong : target, name);
      return typeof member === 'function' && !(name in wrong) ? member.bind(target) : member;
    },
  });
}

function broken(
  name: string,
  caughtBy: string | readonly string[],
  breakIt: (engine: StorageEngine, place: EnginePlace) => Partial<StorageEngine>,
  claims: EngineId = 'sqlite',
): BrokenEngine {
  return {
    name,
    claims,
    caughtBy: [caughtBy].flat(),
    open: async (place) => {
      const engine = await openEngine(engineConfig(claims), place);
      return replacing(engine, breakIt(engine, place));
    },
  };
}

function later(): Promise<void> {
  return new Promise((next) => setImmediate(next));
}

const everything = (status: DocumentQuery['status']): DocumentQuery => ({ status, limit: 100_000, after: undefined });

/** Every 30th write is acknowledged and forgotten. */
const droppedWrite = broken('dropped write', 'read-back', (engine) => {
  let writes = 0;
  return {
    insert: async (document, timing) => {
      writes += 1;
      if (writes % 30 !== 0) await engine.insert(document, timing);
    },
  };
});

/** Reads go through a cache that updates do not know. */
const staleCache = broken('stale cache', 'versions', (engine) => {
  const cache = new Map<string, Document>();
  return {
    get: async (key, timing) => {
      const name = `${key.tenant}/${key.id}`;
      const document = cache.get(name) ?? (await engine.get(key, timing));
      if (document) cache.set(name, document);
      return document;
    },
  };
});

/** Texts are cut where a buffer ends. */
const tornDocument = broken('torn document', 'odd-content', (engine) => ({
  insert: (document, timing) => engine.insert({ ...document, body: document.body.slice(0, 65_536) }, timing),
}));

/** The page after an id begins with it. */
const offByOnePage = broken('off-by-one page', 'list-pages', (engine) => ({
  query: async (tenant, query, timing) => {
    const all = await engine.query(tenant, everything(query.status), timing);
    return all.filter(({ id }) => query.after === undefined || id >= query.after).slice(0, query.limit);
  },
}));

/** The version is checked, and a moment later the document is written. */
const lostUpdate = broken('lost update', ['single-winner', 'counter'], (engine) => ({
  update: async (key, fields, updatedAt, timing) => {
    const current = await engine.get(key, timing);
    if (current && key.expectedVersion !== undefined && current.version !== key.expectedVersion)
      throw new StorageError('conflict', 'another version');
    await later();
    return engine.update({ tenant: key.tenant, id: key.id }, fields, updatedAt, timing);
  },
}));

/** Writes are acknowledged while they are still in the memory of the process. */
const unsyncedCommit = broken('un-fsynced commit claimed durable', 'kill', (engine) => {
  const waiting: (() => Promise<unknown>)[] = [];
  const unwritten = new Map<string, Document>();
  setInterval(() => {
    unwritten.clear();
    // What can't be written any more was acknowledged all the same: nobody is left to hear of it.
    for (const write of waiting.splice(0)) write().catch(() => {});
  }, 200).unref();
  return {
    get: async (key, timing) => unwritten.get(`${key.tenant}/${key.id}`) ?? engine.get(key, timing),
    insert: async (document) => {
      unwritten.set(`${document.tenant}/${document.id}`, document);
      waiting.push(() => engine.insert(document, untimed));
      await later();
    },
  };
});

/** A second insert of an id takes the place of the first. */
const duplicateKey = broken('duplicate key accepted', 'unique-keys', (engine) => ({
  insert: async (document, timing) => {
    if (await engine.get(document, timing)) await engine.delete({ tenant: document.tenant, id: document.id }, timing);
    await engine.insert(document, timing);
  },
}));

/** Lists are in the order of a dictionary. */
const wrongOrder = broken('wrong order', 'list-order', (engine) => ({
  query: async (tenant, query, timing) => {
    const page = await engine.query(tenant, query, timing);
    return page.sort((a, b) => a.id.localeCompare(b.id, 'en'));
  },
}));

/** A document that the tenant does not have is taken from whoever has it. */
const crossTenantRead = broken('cross-tenant read', 'tenant-guess', (engine) => {
  const owners = new Map<string, string>();
  return {
    insert: async (document, timing) => {
      await engine.insert(document, timing);
      owners.set(document.id, document.tenant);
    },
    get: async (key, timing) => {
      const own = await engine.get(key, timing);
      return own ?? engine.get({ tenant: owners.get(key.id) ?? key.tenant, id: key.id }, timing);
    },
  };
});

/** Tenants are told apart without regard to case. */
const foldedTenants = broken('folded tenants', 'tenant-lookalikes', (engine) => ({
  query: async (tenant, query, timing) => {
    const names = new Set([tenant, tenant.replace(/A$/, 'a'), tenant.replace(/a$/, 'A')]);
    const pages = await Promise.all([...names].map((name) => engine.query(name, query, timing)));
    return pages.flat();
  },
}));

/** Every opening leaves a file open. */
const leak = broken('leak', 'close-frees', (_engine, { folder }) => {
  openSync(folder, 'r');
  return {};
});

/** A write that was refused for its version is tried again without one. */
const silentRetry = broken('silent retry', 'expected-version', (engine) => ({
  update: async (key, fields, updatedAt, timing) => {
    try {
      return await engine.update(key, fields, updatedAt, timing);
    } catch (error) {
      if (!(error instanceof StorageError) || error.kind !== 'conflict') throw error;
      return engine.update({ tenant: key.tenant, id: key.id }, fields, updatedAt, timing);
    }
  },
}));

/** Says that it survives a power failure, and is in memory. */
const misdeclaredTier: BrokenEngine = {
  name: 'mis-declared tier',
  claims: 'sqlite',
  caughtBy: ['kill'],
  open: (place) => openEngine(engineConfig('memory'), place),
};

/** A batch is its steps one after the other, and ends at the first that is refused. */
const halfBatch = broken('half a batch', 'all-or-nothing', (engine) => ({
  batch: async (tenant, steps, updatedAt, timing) => {
    const effects = [];
    for (const step of steps) effects.push(...(await engine.batch(tenant, [step], updatedAt, timing)));
    return effects;
  },
}));

/** A batch that is refused is taken back, after everybody could see it. */
const dirtyBatch = broken(
  'dirty batch',
  'dirty-read',
  (engine) => ({
    batch: async (tenant, steps, updatedAt, timing) => {
      const before = await engine.query(tenant, everything(undefined), timing);
      const effects = [];
      try {
        for (const step of steps) {
          effects.push(...(await engine.batch(tenant, [step], updatedAt, timing)));
          await later();
        }
        return effects;
      } catch (refusal) {
        for (const { id } of effects.reverse()) await engine.delete({ tenant, id }, timing).catch(() => {});
        for (const document of before) await engine.insert(document, timing).catch(() => {});
        throw refusal;
      }
    },
  }),
  'memory',
);

/** The list of a status is that of the inserts. */
const staleIndex = broken('stale index', 'list-membership', (engine) => {
  const inserted = new Map<string, Document['status']>();
  return {
    insert: async (document, timing) => {
      await engine.insert(document, timing);
      inserted.set(`${document.tenant}/${document.id}`, document.status);
    },
    query: async (tenant, query, timing) => {
      const all = await engine.query(tenant, { ...query, status: undefined, limit: 100_000 }, timing);
      return all
        .filter(({ id }) => query.status === undefined || inserted.get(`${tenant}/${id}`) === query.status)
        .slice(0, query.limit);
    },
  };
});

/** What a reader does with a document, the next reader finds. */
const sharedDocument = broken(
  'shared document',
  'own-copies',
  (engine) => {
    const handedOut = new Map<string, Document>();
    return {
      get: async (key, timing) => {
        const name = `${key.tenant}/${key.id}`;
        const found = await engine.get(key, timing);
        const known = handedOut.get(name);
        if (known && known.version === found?.version) return known;
        if (found) handedOut.set(name, { ...found, tags: [...found.tags] });
        return handedOut.get(name);
      },
    };
  },
  'memory',
);

/** What a batch requires is looked up before it, and not in it. */
const looseRequire = broken(
  'loose require',
  'write-skew',
  (engine) => ({
    batch: async (tenant, steps, updatedAt, timing) => {
      const required = steps.filter(({ kind }) => kind === 'require');
      await engine.batch(tenant, required, updatedAt, timing);
      await later();
      const rest = steps.filter(({ kind }) => kind !== 'require');
      return engine.batch(tenant, rest, updatedAt, timing);
    },
  }),
  'memory',
);

/** Refusals are errors like any other. */
const untypedError = broken('untyped error', 'versions', (engine) => ({
  delete: async (key, timing) => {
    try {
      await engine.delete(key, timing);
    } catch (error) {
      throw new Error(String(error));
    }
  },
}));

/** An update answers with the version that it has read before, and one more. */
const guessedVersion = broken('guessed version', 'concurrent-versions', (engine) => ({
  update: async (key, fields, updatedAt, timing) => {
    const current = await engine.get(key, timing);
    await later();
    const updated = await engine.update(key, fields, updatedAt, timing);
    return { ...updated, version: (current?.version ?? 0) + 1 };
  },
}));

/** A document that comes back after its delete goes on with its versions. */
const livingVersions = broken('living versions', 'model', (engine) => {
  const versions = new Map<string, number>();
  return {
    insert: (document, timing) => {
      const name = `${document.tenant}/${document.id}`;
      versions.set(name, (versions.get(name) ?? 0) + 1);
      return engine.insert({ ...document, version: versions.get(name) ?? 1 }, timing);
    },
  };
});

/** Pages go on by position: what was listed before them counts, whether it is still there or not. */
const pagesByPosition = broken('pages by position', 'list-under-writes', (engine) => {
  const positions = new Map<string | undefined, number>();
  return {
    query: async (tenant, query, timing) => {
      const from = query.after === undefined ? 0 : (positions.get(query.after) ?? 0);
      const all = await engine.query(tenant, everything(query.status), timing);
      const page = all.slice(from, from + query.limit);
      positions.set(page.at(-1)?.id, from + page.length);
      return page;
    },
  };
});

/** A batch is its steps, between which others come. */
const piecemealBatch = broken(
  'piecemeal batch',
  'fractured-read',
  (engine) => ({
    batch: async (tenant, steps, updatedAt, timing) => {
      const effects = [];
      for (const step of steps) {
        effects.push(...(await engine.batch(tenant, [step], updatedAt, timing)));
        await later();
      }
      return effects;
    },
  }),
  'memory',
);

/** The versions that the steps of a batch expect are not looked at. */
const blindBatch = broken('blind batch', ['lost-update', 'transfers'], (engine) => ({
  batch: (tenant, steps, updatedAt, timing) =>
    engine.batch(
      tenant,
      steps.map((step) => (step.kind === 'update' ? { ...step, expectedVersion: undefined } : step)),
      updatedAt,
      timing,
    ),
}));

/** A batch takes the documents of others as well. */
const generousBatch = broken('generous batch', 'batch-tenant', (engine) => ({
  batch: async (tenant, steps, updatedAt, timing) => {
    const own = [];
    for (const step of steps) {
      if (step.kind === 'insert' && step.document.tenant !== tenant) await engine.insert(step.document, timing);
      else own.push(step);
    }
    return engine.batch(tenant, own, updatedAt, timing);
  },
}));

/** Text goes into statements as it comes: a quote ends it. */
const unescapedText = broken('unescaped text', 'tenant-hostile', (engine) => ({
  insert: (document, timing) =>
    engine.insert({ ...document, title: document.title.split("'")[0] ?? '', body: document.body }, timing),
}));

/** A cache that writes go past. */
class BypassedCache extends DocumentCache {
  override throughWrite<T extends Document | undefined>(_key: string, write: () => Promise<T>): Promise<T> {
    return write();
  }
}

const bypassedCache: BrokenEngine = {
  name: 'bypassed cache',
  claims: 'sqlite',
  caughtBy: ['cache-fresh', 'cache-deletes'],
  newCache: (options) => new BypassedCache(options),
  open: (place) => openEngine(engineConfig('sqlite'), place),
};

/** A cache that keeps one document more than it may. */
const swollenCache: BrokenEngine = {
  name: 'swollen cache',
  claims: 'sqlite',
  caughtBy: ['cache-counts'],
  newCache: (options) => new DocumentCache({ ...options, maxEntries: options.maxEntries + 1 }),
  open: (place) => openEngine(engineConfig('sqlite'), place),
};

/** A client that has lost its server once does not look for it again. */
const givesUp = broken(
  'gives up',
  'recovery',
  (engine) => {
    let lost: StorageError | undefined;
    return {
      insert: async (document, timing) => {
        if (lost) throw lost;
        try {
          await engine.insert(document, timing);
        } catch (error) {
          if (error instanceof StorageError && error.kind !== 'unique-violation') lost = error;
          throw error;
        }
      },
    };
  },
  'mongodb',
);

/** Known faults: each must be found by the checks that are there for it. */
export const brokenEngines: readonly BrokenEngine[] = [
  droppedWrite,
  staleCache,
  tornDocument,
  offByOnePage,
  lostUpdate,
  unsyncedCommit,
  duplicateKey,
  wrongOrder,
  crossTenantRead,
  foldedTenants,
  leak,
  silentRetry,
  misdeclaredTier,
  halfBatch,
  dirtyBatch,
  staleIndex,
  sharedDocument,
  looseRequire,
  untypedError,
  guessedVersion,
  livingVersions,
  pagesByPosition,
  piecemealBatch,
  blindBatch,
  generousBatch,
  unescapedText,
  bypassedCache,
  swollenCache,
  givesUp,
];

/** The fault of a name. */
export function brokenEngine(name: string): BrokenEngine {
  const found = brokenEngines.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`there is no broken engine ${name}`);
  return found;
}
