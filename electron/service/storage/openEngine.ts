import { join } from 'node:path';
import type { EngineConfig } from '../../../shared/engines/config';
import type { HostAddresses } from '../../hosts/addresses';
import { HybridEngine } from './hybridEngine';
import { MemoryEngine } from './memoryEngine';
import { SqliteEngine } from './sqlite/sqliteEngine';
import { SqliteJsonEngine } from './sqlite/sqliteJsonEngine';
import type { StorageEngine } from './storageEngine';
import { StorageError } from './storageError';

/** Where an engine keeps its data. */
export interface EnginePlace {
  /** For the files of an engine that has files. */
  folder: string;
  /** Separates the data of one run from those of others in the same server. */
  namespace: string;
  /** The URL of the server, for an engine that has one. */
  url: string | undefined;
  /** The admitted addresses of the server's host; this machine needs none. */
  addresses?: HostAddresses | undefined;
}

/** Opens an engine without data, or with the data that are already there. Rejects with StorageError. */
export async function openEngine(
  config: EngineConfig,
  { folder, namespace, url, addresses }: EnginePlace,
): Promise<StorageEngine> {
  const file = join(folder, 'documents.sqlite');
  switch (config.engine) {
    case 'memory':
      return new MemoryEngine();
    case 'sqlite-json':
      return new SqliteJsonEngine(file, config.options);
    case 'sqlite':
      return new SqliteEngine(file, config.options);
    case 'hybrid':
      return new HybridEngine(file, config.options);
    // Server drivers are slow to load, so only a process that needs one loads it.
    case 'postgres': {
      const { PostgresEngine } = await import('./postgres/postgresEngine');
      return PostgresEngine.open({ url: requireUrl(url, 'PostgreSQL'), addresses }, namespace, config.options);
    }
    case 'mongodb': {
      const { MongoEngine } = await import('./mongodb/mongoEngine');
      return MongoEngine.open({ url: requireUrl(url, 'MongoDB'), addresses }, { namespace, folder }, config.options);
    }
  }
}

function requireUrl(url: string | undefined, server: string): string {
  if (url === undefined) throw new StorageError('unavailable', `no URL of a ${server} server is given`);
  return url;
}

/** Returns a second, independent engine on the same data for an audit; for the memory engine, the engine itself. */
export async function openForAudit(
  config: EngineConfig,
  place: EnginePlace,
  engine: StorageEngine,
): Promise<StorageEngine> {
  return config.engine === 'memory' ? engine : openEngine(config, place);
}
