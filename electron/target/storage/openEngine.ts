import { join } from 'node:path';
import type { EngineId } from '../../../shared/run/target';
import { MemoryEngine } from './memoryEngine';
import { SqliteEngine } from './sqliteEngine';
import { SqliteJsonEngine } from './sqliteJsonEngine';
import type { StorageEngine } from './storageEngine';

/** Opens an engine with its files, if it has any, in `folder`. */
export function openEngine(id: EngineId, folder: string): StorageEngine {
  switch (id) {
    case 'memory':
      return new MemoryEngine();
    case 'sqlite-json':
      return new SqliteJsonEngine(join(folder, 'documents.sqlite'));
    case 'sqlite':
      return new SqliteEngine(join(folder, 'documents.sqlite'));
  }
}

/** A second, independent connection to the same data, where the engine has one: what an audit reads through. */
export function openForAudit(id: EngineId, folder: string, engine: StorageEngine): StorageEngine {
  return id === 'memory' ? engine : openEngine(id, folder);
}
