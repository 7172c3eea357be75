import pg from 'pg';
import type { Document, DocumentFields, DocumentStatus } from '../../../../shared/documents/document';
import type { EngineBackend } from '../../../../shared/engines/backend';
import type { ConfigOf } from '../../../../shared/engines/config';
import type { PartTimer } from '../../serverTiming';
import type { DatabasePlace } from '../databasePlace';
import { ownDocument, ownFields, ownSteps } from '../ownCopy';
import type { BatchEffect, BatchStep, DocumentKey, DocumentQuery, StorageEngine } from '../storageEngine';
import { checkVersion, duplicate, notFound, StorageError } from '../storageError';
import { type ServerDocuments, takeServerStep } from '../takeStep';
import { postgresConfig } from './postgresConnection';
import { isBroken, toStorageError } from './postgresErrors';
import { claimSchema, connectionOptions, schemaName, tenantSetting } from './postgresSchema';

type PostgresSettings = ConfigOf<'postgres'>['options'];

/** A row of the table. The server guarantees these types, and `pg` returns bigint as text. */
interface Row {
  tenant: string;
  id: string;
  status: DocumentStatus;
  title: string;
  owner: string;
  category: string;
  priority: number;
  tags: string[];
  body: string;
  version: number;
  created_at: string;
  updated_at: string;
}

const connectTimeoutMs = 3_000;
const seedBatch = 500;

/** Statements by name: each connection prepares a name once. */
const statements = {
  get: 'select * from documents where tenant = $1 and id = $2',
  version: 'select version from documents where tenant = $1 and id = $2',
  page: 'select * from documents where tenant = $1 and id > $2 order by id limit $3',
  pageOfStatus: 'select * from documents where tenant = $1 and status = $2 and id > $3 order by id limit $4',
  insert: 'insert into documents values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
  update: `update documents set status = $3, title = $4, owner = $5, category = $6, priority = $7, tags = $8, body = $9,
      version = version + 1, updated_at = $10
    where tenant = $1 and id = $2 and ($11::integer is null or version = $11) returning *`,
  lock: 'select from documents where tenant = $1 and id = any($2) order by id for update',
  delete: 'delete from documents where tenant = $1 and id = $2 and ($3::integer is null or version = $3)',
  seed: `insert into documents
    select tenant, id, status, title, owner, category, priority, tags, body, version, "createdAt", "updatedAt"
    from jsonb_to_recordset($1::jsonb) as d(tenant text, id text, status text, title text, owner text, category text,
      priority integer, tags text[], body text, version integer, "createdAt" bigint, "updatedAt" bigint)`,
} as const;

const isolationLevels: Record<PostgresSettings['isolation'], string> = {
  'read-committed': 'read committed',
  'repeatable-read': 'repeatable read',
  serializable: 'serializable',
};

function toDocument({ created_at, updated_at, ...row }: Row): Document {
  return { ...row, createdAt: Number(created_at), updatedAt: Number(updated_at) };
}

function query<R extends pg.QueryResultRow>(
  client: pg.ClientBase,
  name: keyof typeof statements,
  values: unknown[],
): Promise<pg.QueryResult<R>> {
  return client.query<R>({ name, text: statements[name], values });
}

function fieldValues({ status, title, owner, category, priority, tags, body }: DocumentFields): unknown[] {
  return [status, title, owner, category, priority, tags, body];
}

async function insertWith(client: pg.ClientBase, document: Document): Promise<void> {
  const { tenant, id, version, createdAt, updatedAt } = document;
  try {
    await query(client, 'insert', [tenant, id, ...fieldValues(document), version, createdAt, updatedAt]);
  } catch (error) {
    const mapped = toStorageError(error);
    throw mapped instanceof StorageError && mapped.kind === 'unique-violation' ? duplicate(document) : error;
  }
}

async function updateWith(
  client: pg.ClientBase,
  key: DocumentKey,
  fields: DocumentFields,
  updatedAt: number,
): Promise<Document> {
  const values = [key.tenant, key.id, ...fieldValues(fields), updatedAt, key.expectedVersion ?? null];
  const { rows } = await query<Row>(client, 'update', values);
  return rows[0] ? toDocument(rows[0]) : refuse(client, key);
}

async function deleteWith(client: pg.ClientBase, key: DocumentKey): Promise<void> {
  const { rowCount } = await query(client, 'delete', [key.tenant, key.id, key.expectedVersion ?? null]);
  if (rowCount === 0) await refuse(client, key);
}

/** Throws `not-found`, and `conflict` for another version. */
async function expectWith(client: pg.ClientBase, key: DocumentKey): Promise<void> {
  const { rows } = await query<{ version: number }>(client, 'version', [key.tenant, key.id]);
  if (!rows[0]) throw notFound(key);
  checkVersion(key, rows[0].version);
}

/** Rejects with the reason why a write matched no row. */
async function refuse(client: pg.ClientBase, key: DocumentKey): Promise<never> {
  await expectWith(client, key);
  throw new StorageError('conflict', `document ${key.id} was changed at the same time`);
}

/** The documents as one connection sees them. */
function documentsOf(client: pg.ClientBase): ServerDocuments {
  return {
    insert: (document) => insertWith(client, document),
    update: (key, fields, updatedAt) => updateWith(client, key, fields, updatedAt),
    delete: (key) => deleteWith(client, key),
    expect: (key) => expectWith(client, key),
  };
}

/** PostgreSQL: one table with typed columns in a schema that belongs to the run, and named statements over a pool. */
export class PostgresEngine implements StorageEngine {
  readonly #pool: pg.Pool;
  readonly #keeper: pg.Client;
  readonly #schema: string;
  readonly #settings: PostgresSettings;

  private constructor(pool: pg.Pool, keeper: pg.Client, schema: string, settings: PostgresSettings) {
    this.#pool = pool;
    this.#keeper = keeper;
    this.#schema = schema;
    this.#settings = settings;
  }

  /** Connects and creates the schema of the namespace, unless it exists. Rejects with StorageError. */
  static async open(place: DatabasePlace, namespace: string, settings: PostgresSettings): Promise<PostgresEngine> {
    const schema = schemaName(namespace);
    try {
      const keeper = await claimSchema(place, schema, settings.rowLevelSecurity);
      const config = postgresConfig(place);
      const pool = new pg.Pool({
        ...config,
        max: settings.poolSize,
        connectionTimeoutMillis: connectTimeoutMs,
        idleTimeoutMillis: 0,
        statement_timeout: settings.timeoutMs,
        query_timeout: settings.timeoutMs + 1_000,
        application_name: 'proofload',
        keepAlive: true,
        options: [config.options ?? '', connectionOptions(schema, settings)].join(' ').trim(),
      });
      // Without listeners, a server that goes away would end the process.
      pool.on('error', () => {});
      pool.on('connect', (client) => client.on('error', () => {}));
      return new PostgresEngine(pool, keeper, schema, settings);
    } catch (error) {
      throw toStorageError(error);
    }
  }

  async seed(documents: Iterable<Document>): Promise<void> {
    const all = [...documents];
    try {
      for (let from = 0; from < all.length; from += seedBatch)
        await this.#keeper.query(statements.seed, [JSON.stringify(all.slice(from, from + seedBatch))]);
      await this.#keeper.query('analyze documents');
    } catch (error) {
      throw toStorageError(error);
    }
  }

  get({ tenant, id }: DocumentKey, timing: PartTimer): Promise<Document | undefined> {
    return this.#run(tenant, timing, async (client) => {
      const { rows } = await timing.measureAsync('fetch', () => query<Row>(client, 'get', [tenant, id]));
      return rows[0] && toDocument(rows[0]);
    });
  }

  query(tenant: string, { status, limit, after = '' }: DocumentQuery, timing: PartTimer): Promise<Document[]> {
    return this.#run(tenant, timing, async (client) => {
      const { rows } = await timing.measureAsync('fetch', () =>
        status === undefined
          ? query<Row>(client, 'page', [tenant, after, limit])
          : query<Row>(client, 'pageOfStatus', [tenant, status, after, limit]),
      );
      return timing.measure('decode', () => rows.map(toDocument));
    });
  }

  insert(document: Document, timing: PartTimer): Promise<void> {
    const own = ownDocument(document);
    return this.#run(own.tenant, timing, (client) => timing.measureAsync('commit', () => insertWith(client, own)));
  }

  update(key: DocumentKey, fields: DocumentFields, updatedAt: number, timing: PartTimer): Promise<Document> {
    const own = ownFields(fields);
    return this.#run(key.tenant, timing, (client) =>
      timing.measureAsync('commit', () => updateWith(client, key, own, updatedAt)),
    );
  }

  delete(key: DocumentKey, timing: PartTimer): Promise<void> {
    return this.#run(key.tenant, timing, (client) => timing.measureAsync('commit', () => deleteWith(client, key)));
  }

  batch(tenant: string, steps: readonly BatchStep[], updatedAt: number, timing: PartTimer): Promise<BatchEffect[]> {
    const own = ownSteps(steps);
    return this.#withClient(timing, (client) =>
      this.#transaction(client, tenant, isolationLevels[this.#settings.isolation], async () => {
        const documents = documentsOf(client);
        const effects: BatchEffect[] = [];
        const changed = own.flatMap((step) => (step.kind === 'update' || step.kind === 'delete' ? [step.id] : []));
        // All batches lock rows in the same order. Otherwise two batches could wait for each other until the server
        // ends one of them, a second later.
        if (changed.length > 1) await timing.measureAsync('write', () => query(client, 'lock', [tenant, changed]));
        for (const step of own) {
          const effect = await timing.measureAsync('write', () => takeServerStep(documents, tenant, step, updatedAt));
          if (effect) effects.push(effect);
        }
        return effects;
      }),
    );
  }

  async describe(): Promise<EngineBackend> {
    try {
      const { rows } = await this.#pool.query<{ server_version: string }>('show server_version');
      return { name: `PostgreSQL ${rows[0]?.server_version ?? 'of unknown version'}`, isTestDouble: false };
    } catch (error) {
      throw toStorageError(error);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
    await this.#keeper.end();
  }

  async drop(): Promise<void> {
    await this.#pool.end();
    try {
      await this.#keeper.query(`drop schema if exists ${this.#schema} cascade`);
    } catch (error) {
      throw toStorageError(error);
    } finally {
      await this.#keeper.end();
    }
  }

  /**
   * Runs one operation: a statement that is its own transaction or, under row-level security, a transaction that names
   * the tenant.
   */
  #run<T>(tenant: string, timing: PartTimer, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
    return this.#withClient(timing, (client) =>
      this.#settings.rowLevelSecurity
        ? this.#transaction(client, tenant, 'read committed', () => work(client))
        : work(client),
    );
  }

  async #withClient<T>(timing: PartTimer, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
    try {
      const client = await timing.measureAsync('wait', () => this.#pool.connect());
      try {
        const result = await work(client);
        client.release();
        return result;
      } catch (error) {
        client.release(isBroken(error));
        throw error;
      }
    } catch (error) {
      throw toStorageError(error);
    }
  }

  async #transaction<T>(client: pg.ClientBase, tenant: string, level: string, work: () => Promise<T>): Promise<T> {
    await client.query(`begin isolation level ${level}`);
    try {
      // The setting is local to the transaction: the next one on this connection starts without a tenant.
      if (this.#settings.rowLevelSecurity)
        await client.query({
          name: 'tenant',
          text: `select set_config('${tenantSetting}', $1, true)`,
          values: [tenant],
        });
      const result = await work();
      await client.query('commit');
      return result;
    } catch (error) {
      // On a connection that is gone there is nothing to roll back.
      await client.query('rollback').catch(() => {});
      throw error;
    }
  }
}
