import { z } from 'zod';

/** The storage engines, in the order in which screens list them. */
export const engineIds = ['sqlite-json', 'sqlite', 'memory', 'hybrid', 'postgres', 'mongodb'] as const;
export const engineIdSchema = z.enum(engineIds);
export type EngineId = z.infer<typeof engineIdSchema>;

/** The engines that store documents in a separate server. The others store them in the document service's process. */
export const databaseServers = ['postgres', 'mongodb'] as const satisfies readonly EngineId[];
export const databaseServerSchema = z.enum(databaseServers);
export type DatabaseServer = z.infer<typeof databaseServerSchema>;

export function hasServer(engine: EngineId): engine is DatabaseServer {
  return databaseServerSchema.safeParse(engine).success;
}

/** How the app describes an engine before it is measured. */
export interface EngineDescription {
  id: EngineId;
  name: string;
  description: string;
  usesSqlite: boolean;
}

export const engineDescriptions: readonly EngineDescription[] = [
  {
    id: 'sqlite-json',
    name: 'SQLite, JSON blobs',
    description:
      "the report's starting point: prepare per call, JSON column, rollback journal, status query by scanning",
    usesSqlite: true,
  },
  {
    id: 'sqlite',
    name: 'SQLite, optimised',
    description: 'option 1: typed columns, cached statements, WAL, index, group commit',
    usesSqlite: true,
  },
  {
    id: 'memory',
    name: 'In memory',
    description: 'option 2: maps per tenant with an index on status; nothing survives the process',
    usesSqlite: false,
  },
  {
    id: 'hybrid',
    name: 'Hybrid',
    description: 'option 3: reads from memory, writes acknowledged after their group commit to SQLite',
    usesSqlite: true,
  },
  {
    id: 'postgres',
    name: 'PostgreSQL',
    description: 'real PostgreSQL: the embedded server, or any by URL; named statements over a pool',
    usesSqlite: false,
  },
  {
    id: 'mongodb',
    name: 'MongoDB',
    description: 'a MongoDB by URL, through the official driver',
    usesSqlite: false,
  },
];

/** Returns the description of an engine. */
export function describeEngine(id: EngineId): EngineDescription {
  const found = engineDescriptions.find((engine) => engine.id === id);
  if (!found) throw new Error(`no description of ${id}`);
  return found;
}
