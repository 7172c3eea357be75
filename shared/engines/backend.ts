import { z } from 'zod';

/** What stands behind an engine. */
export const engineBackendSchema = z.object({
  /** For people: `SQLite 3.54.1`, `PostgreSQL 18.4`. */
  name: z.string(),
  /** True for a stand-in that tests use in place of a server: its figures say nothing about the real one. */
  isTestDouble: z.boolean(),
});
export type EngineBackend = z.infer<typeof engineBackendSchema>;
