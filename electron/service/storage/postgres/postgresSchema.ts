import pg from 'pg';
import type { DatabasePlace } from '../databasePlace';
import { postgresConfig } from './postgresConnection';

/** The prefix of the schemas that runs create; no other schema has such a name. */
const schemaPrefix = 'proofload_run_';
/** The role of operations under row-level security. It has no special rights, so that it bypasses no policy. */
const tenantRole = 'proofload_tenant';
/** The setting that holds the tenant of a transaction. */
export const tenantSetting = 'proofload.tenant';

/** Returns the name of the schema for a namespace. */
export function schemaName(namespace: string): string {
  return `${schemaPrefix}${namespace.toLowerCase().replace(/[^a-z0-9]/g, '_')}`;
}

const ddl = `
  create table if not exists documents (
    tenant text collate "C" not null, id text collate "C" not null, status text not null, title text not null,
    owner text not null, category text not null, priority integer not null, tags text[] not null, body text not null,
    version integer not null, created_at bigint not null, updated_at bigint not null,
    primary key (tenant, id)
  ) with (fillfactor = 85);
  create index if not exists documents_by_status on documents (tenant, status, id);
`;

const tenantSeparation = (schema: string): string => `
  do $$ begin
    create role ${tenantRole} nologin nosuperuser nobypassrls;
  exception when duplicate_object or unique_violation then null;
  end $$;
  grant usage on schema ${schema} to ${tenantRole};
  grant select, insert, update, delete on documents to ${tenantRole};
  alter table documents enable row level security;
  alter table documents force row level security;
  drop policy if exists of_tenant on documents;
  create policy of_tenant on documents using (tenant = current_setting('${tenantSetting}', true))
    with check (tenant = current_setting('${tenantSetting}', true));
`;

/** The start-up options of the connections that operations use (libpq's `options`). */
export function connectionOptions(
  schema: string,
  { synchronousCommit, rowLevelSecurity }: { synchronousCommit: 'on' | 'off'; rowLevelSecurity: boolean },
): string {
  const settings = [`search_path=${schema}`, `synchronous_commit=${synchronousCommit}`];
  if (rowLevelSecurity) settings.push(`role=${tenantRole}`);
  return settings.map((setting) => `-c ${setting}`).join(' ');
}

/**
 * Creates the schema of a run with its table, and removes the schemas of runs that no process holds any more. The
 * returned client holds the schema with an advisory lock until it ends.
 */
export async function claimSchema(place: DatabasePlace, schema: string, rowLevelSecurity: boolean): Promise<pg.Client> {
  const keeper = new pg.Client({
    ...postgresConfig(place),
    application_name: 'proofload keeper',
    connectionTimeoutMillis: 3_000,
    keepAlive: true,
  });
  keeper.on('error', () => {});
  await keeper.connect();
  try {
    // A shared lock, because an audit holds the schema together with the service. Only the removal of a schema needs an
    // exclusive lock.
    await keeper.query('select pg_advisory_lock_shared(hashtextextended($1, 0))', [schema]);
    await removeOrphans(keeper, schema);
    await keeper.query(`create schema if not exists ${schema}; set search_path = ${schema}; ${ddl}`);
    if (rowLevelSecurity) await keeper.query(tenantSeparation(schema));
    return keeper;
  } catch (error) {
    await keeper.end();
    throw error;
  }
}

async function removeOrphans(keeper: pg.Client, own: string): Promise<void> {
  const { rows } = await keeper.query<{ nspname: string }>(
    'select nspname from pg_namespace where starts_with(nspname, $1) and nspname <> $2 and pg_has_role(nspowner, $3)',
    [schemaPrefix, own, 'usage'],
  );
  for (const { nspname } of rows) {
    const lock = await keeper.query<{ free: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as free', [
      nspname,
    ]);
    if (!lock.rows[0]?.free) continue;
    await keeper.query(`drop schema if exists ${pg.escapeIdentifier(nspname)} cascade`);
    await keeper.query('select pg_advisory_unlock(hashtextextended($1, 0))', [nspname]);
  }
}
