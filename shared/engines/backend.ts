import { z } from 'zod';

/** The storage behind an engine. */
export const engineBackendSchema = z.object({
  /** The display name: `SQLite 3.54.1`, `PostgreSQL 18.4`. */
  name: z.string(),
  /** True for a test double of a server. Its figures tell nothing about the real one. */
  isTestDouble: z.boolean(),
});
export type EngineBackend = z.infer<typeof engineBackendSchema>;
