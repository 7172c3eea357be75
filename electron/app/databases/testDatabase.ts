import type { DatabaseServer } from '../../../shared/engines/engine';
import { errorMessage, ProofloadError } from '../../../shared/errors/appError';
import type { DatabasePlace } from '../../service/storage/databasePlace';
import { postgresConfig } from '../../service/storage/postgres/postgresConnection';

const patienceMs = 3_000;

// The drivers are loaded on demand. Otherwise the window would wait for them at every start.

async function askPostgres(place: DatabasePlace): Promise<string> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    ...postgresConfig(place),
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string; may: boolean }>(
      "select current_setting('server_version') as server_version, has_database_privilege(current_database(), 'create') as may",
    );
    const { server_version: version = '', may = false } = rows[0] ?? {};
    if (!may) throw new Error('its user may not create schemas in this database');
    return `PostgreSQL ${version}`;
  } finally {
    await client.end().catch(() => {});
  }
}

async function askMongo(place: DatabasePlace): Promise<string> {
  const { mongoClient } = await import('../../service/storage/mongodb/mongoConnection');
  const client = mongoClient(place, { serverSelectionTimeoutMS: patienceMs, connectTimeoutMS: patienceMs });
  try {
    await client.connect();
    const admin = client.db('admin');
    const hello: { setName?: string; msg?: string } = await admin.command({ hello: 1 });
    const { version = '', proofloadTestDouble }: { version?: string; proofloadTestDouble?: boolean } =
      await admin.command({ buildInfo: 1 });
    if (proofloadTestDouble) return 'MongoDB wire-protocol test double';
    const hasTransactions = hello.setName !== undefined || hello.msg === 'isdbgrid';
    return `MongoDB ${version}${hasTransactions ? '' : ', standalone: transactions are unavailable'}`;
  } finally {
    await client.close();
  }
}

/** Asks a server for its version. Rejects with `database-unavailable` when it does not respond or can't be used. */
export async function testDatabase(server: DatabaseServer, place: DatabasePlace): Promise<string> {
  try {
    return await (server === 'postgres' ? askPostgres(place) : askMongo(place));
  } catch (error) {
    const reason = error instanceof AggregateError ? error.errors.map(errorMessage).join('; ') : errorMessage(error);
    throw new ProofloadError(
      'database-unavailable',
      `the server cannot be used: ${reason}`,
      'check host, port, user and password, and that the server runs',
      { cause: error },
    );
  }
}
