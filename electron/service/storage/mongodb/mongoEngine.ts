import type { ClientSession, Collection, Filter, MongoClient } from 'mongodb';
import type { Document, DocumentFields } from '../../../../shared/documents/document';
import type { EngineBackend } from '../../../../shared/engines/backend';
import type { ConfigOf } from '../../../../shared/engines/config';
import type { PartTimer } from '../../serverTiming';
import type { DatabasePlace } from '../databasePlace';
import { ownDocument, ownFields, ownSteps } from '../ownCopy';
import type { BatchEffect, BatchStep, DocumentKey, DocumentQuery, StorageEngine } from '../storageEngine';
import { checkVersion, duplicate, notFound, StorageError } from '../storageError';
import { type ServerDocuments, takeServerStep } from '../takeStep';
import { databaseName, forgetDatabase, noteDatabase } from './databaseNote';
import { mongoClient } from './mongoConnection';
import { toStorageError } from './mongoErrors';

type MongoSettings = ConfigOf<'mongodb'>['options'];

/** A document as it is stored: `_id` is tenant and id, so that its index serves single reads, pages and tenants. */
interface Stored extends Document {
  _id: string;
}

const connectTimeoutMs = 3_000;
const seedBatch = 1_000;
/** Separates tenant and id in `_id`; neither contains one. The next character ends the range of a tenant. */
const separator = ':';
const afterSeparator = ';';

function keyOf(tenant: string, id: string): string {
  return `${tenant}${separator}${id}`;
}

function toStored(document: Document): Stored {
  return { _id: keyOf(document.tenant, document.id), ...document };
}

function toDocument({ _id, ...document }: Stored): Document {
  return document;
}

/**
 * Returns the filter of a write. It contains the tenant twice, so that a mistake in a key cannot reach another tenant.
 */
function filterOf({ tenant, id, expectedVersion }: DocumentKey): Filter<Stored> {
  return { _id: keyOf(tenant, id), tenant, ...(expectedVersion === undefined ? {} : { version: expectedVersion }) };
}

/** What the server says about itself. */
interface Hello {
  setName?: string;
  msg?: string;
}

/** MongoDB through the official driver: one collection in a database that belongs to the run. */
export class MongoEngine implements StorageEngine {
  readonly #client: MongoClient;
  readonly #documents: Collection<Stored>;
  readonly #hasTransactions: boolean;
  readonly #folder: string;

  private constructor(client: MongoClient, documents: Collection<Stored>, hasTransactions: boolean, folder: string) {
    this.#client = client;
    this.#documents = documents;
    this.#hasTransactions = hasTransactions;
    this.#folder = folder;
  }

  /**
   * Connects and creates the collection of the namespace, unless it exists. A note in `folder` names the database until
   * it is dropped, so that a later start drops the database of a killed process. Rejects with StorageError.
   */
  static async open(
    place: DatabasePlace,
    { namespace, folder }: { namespace: string; folder: string },
    settings: MongoSettings,
  ): Promise<MongoEngine> {
    const { poolSize, writeConcern, journal, timeoutMs } = settings;
    const client = mongoClient(place, {
      appName: 'proofload',
      ignoreUndefined: true,
      maxPoolSize: poolSize,
      maxConnecting: 8,
      serverSelectionTimeoutMS: connectTimeoutMs,
      connectTimeoutMS: connectTimeoutMs,
      // The driver's own timeoutMS has had no effect since 7.9.
      socketTimeoutMS: timeoutMs,
      waitQueueTimeoutMS: timeoutMs,
      writeConcern: { w: writeConcern === '1' ? 1 : writeConcern, journal, wtimeoutMS: timeoutMs },
      readConcern: { level: writeConcern === 'majority' ? 'majority' : 'local' },
    });
    try {
      await client.connect();
      const database = client.db(databaseName(namespace));
      const hello: Hello = await database.admin().command({ hello: 1 });
      noteDatabase(folder, database.databaseName, place.url);
      const documents = database.collection<Stored>('documents');
      await documents.createIndex({ tenant: 1, status: 1, id: 1 }, { name: 'documents_by_status' });
      return new MongoEngine(client, documents, hello.setName !== undefined || hello.msg === 'isdbgrid', folder);
    } catch (error) {
      await client.close();
      throw toStorageError(error);
    }
  }

  async seed(documents: Iterable<Document>): Promise<void> {
    const all = Array.from(documents, toStored);
    await mapped(async () => {
      for (let from = 0; from < all.length; from += seedBatch)
        await this.#documents.insertMany(all.slice(from, from + seedBatch));
    });
  }

  get(key: DocumentKey, timing: PartTimer): Promise<Document | undefined> {
    const { tenant, id } = key;
    return mapped(async () => {
      const found = await timing.measureAsync('fetch', () => this.#documents.findOne(filterOf({ tenant, id })));
      return found ? toDocument(found) : undefined;
    });
  }

  query(tenant: string, { status, limit, after }: DocumentQuery, timing: PartTimer): Promise<Document[]> {
    const cursor =
      status === undefined
        ? this.#documents
            .find({ _id: { $gt: keyOf(tenant, after ?? ''), $lt: `${tenant}${afterSeparator}` }, tenant })
            .sort({ _id: 1 })
        : this.#documents
            .find({ tenant, status, ...(after === undefined ? {} : { id: { $gt: after } }) })
            .sort({ id: 1 });
    return mapped(async () => {
      const found = await timing.measureAsync('fetch', () => cursor.limit(limit).batchSize(limit).toArray());
      return timing.measure('decode', () => found.map(toDocument));
    });
  }

  insert(document: Document, timing: PartTimer): Promise<void> {
    const own = ownDocument(document);
    return timing.measureAsync('commit', () => this.#insert(own, undefined));
  }

  update(key: DocumentKey, fields: DocumentFields, updatedAt: number, timing: PartTimer): Promise<Document> {
    const own = ownFields(fields);
    return timing.measureAsync('commit', () => this.#update(key, own, updatedAt, undefined));
  }

  delete(key: DocumentKey, timing: PartTimer): Promise<void> {
    return timing.measureAsync('commit', () => this.#delete(key, undefined));
  }

  async batch(
    tenant: string,
    steps: readonly BatchStep[],
    updatedAt: number,
    timing: PartTimer,
  ): Promise<BatchEffect[]> {
    if (!this.#hasTransactions)
      throw new StorageError(
        'not-supported',
        'this MongoDB is a standalone server: batches need a replica set, of one member at least',
      );
    const own = ownSteps(steps);
    return mapped(async () => {
      const session = this.#client.startSession();
      try {
        session.startTransaction({ readConcern: { level: 'snapshot' }, readPreference: 'primary' });
        const documents = this.#documentsIn(session);
        const effects: BatchEffect[] = [];
        for (const step of own) {
          const effect = await timing.measureAsync('write', () => takeServerStep(documents, tenant, step, updatedAt));
          if (effect) effects.push(effect);
        }
        await timing.measureAsync('commit', () => session.commitTransaction());
        return effects;
      } catch (error) {
        // A transaction that the server has already aborted cannot be aborted again.
        if (session.inTransaction()) await session.abortTransaction().catch(() => {});
        throw error;
      } finally {
        await session.endSession();
      }
    });
  }

  async describe(): Promise<EngineBackend> {
    return mapped(async () => {
      const info: { version?: string; proofloadTestDouble?: boolean } = await this.#client
        .db('admin')
        .command({ buildInfo: 1 });
      const isTestDouble = info.proofloadTestDouble === true;
      const kind = this.#hasTransactions ? '' : ', standalone: no transactions';
      const name = isTestDouble ? 'MongoDB wire-protocol test double' : `MongoDB ${info.version ?? ''}${kind}`;
      return { name, isTestDouble };
    });
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async drop(): Promise<void> {
    try {
      await mapped(() => this.#client.db(this.#documents.dbName).dropDatabase());
      forgetDatabase(this.#folder, this.#documents.dbName);
    } finally {
      await this.#client.close();
    }
  }

  /** The documents as a transaction sees them. */
  #documentsIn(session: ClientSession): ServerDocuments {
    return {
      insert: (document) => this.#insert(document, session),
      update: (key, fields, updatedAt) => this.#update(key, fields, updatedAt, session),
      delete: (key) => this.#delete(key, session),
      expect: (key) => this.#expect(key, session),
    };
  }

  #insert(document: Document, session: ClientSession | undefined): Promise<void> {
    return mapped(
      async () => {
        await this.#documents.insertOne(toStored(document), sessionOption(session));
      },
      () => duplicate(document),
    );
  }

  #update(
    key: DocumentKey,
    { status, title, owner, category, priority, tags, body }: DocumentFields,
    updatedAt: number,
    session: ClientSession | undefined,
  ): Promise<Document> {
    return mapped(async () => {
      const updated = await this.#documents.findOneAndUpdate(
        filterOf(key),
        { $set: { status, title, owner, category, priority, tags, body, updatedAt }, $inc: { version: 1 } },
        { returnDocument: 'after', ...sessionOption(session) },
      );
      return updated ? toDocument(updated) : this.#refuse(key, session);
    });
  }

  #delete(key: DocumentKey, session: ClientSession | undefined): Promise<void> {
    return mapped(async () => {
      const { deletedCount } = await this.#documents.deleteOne(filterOf(key), sessionOption(session));
      if (deletedCount === 0) await this.#refuse(key, session);
    });
  }

  /** Rejects with the reason why a write matched no document. */
  async #refuse(key: DocumentKey, session: ClientSession | undefined): Promise<never> {
    await this.#expect(key, session);
    throw new StorageError('conflict', `document ${key.id} was changed at the same time`);
  }

  /** Rejects with `not-found`, and with `conflict` for another version. */
  async #expect(key: DocumentKey, session: ClientSession | undefined): Promise<void> {
    const { tenant, id } = key;
    const found = await this.#documents.findOne(filterOf({ tenant, id }), sessionOption(session));
    if (!found) throw notFound(key);
    checkVersion(key, found.version);
  }
}

function sessionOption(session: ClientSession | undefined): { session?: ClientSession } {
  return session ? { session } : {};
}

async function mapped<T>(work: () => Promise<T>, onUnique?: () => StorageError): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toStorageError(error, onUnique);
  }
}
