import { z } from 'zod';

/** The subject of an error, when the remedy depends on the surface: a flag, or a place in the window. */
export const errorDetailsSchema = z.discriminatedUnion('about', [
  /** A remote host that was not confirmed. */
  z.object({ about: z.literal('host'), host: z.string() }),
  z.object({ about: z.literal('certificate') }),
  /** The loaded server. */
  z.object({ about: z.literal('target-url') }),
  /** The server behind an engine. */
  z.object({ about: z.literal('database-url') }),
  z.object({ about: z.literal('engine-settings') }),
  z.object({ about: z.literal('data-folder') }),
  z.object({ about: z.literal('damaged-history') }),
  /** A saved run that does not exist. */
  z.object({ about: z.literal('run') }),
  z.object({ about: z.literal('deleted-run'), id: z.string() }),
  z.object({ about: z.literal('baseline') }),
  /** A saved experiment that does not exist. */
  z.object({ about: z.literal('experiment') }),
  /** Another tool that generates the load. */
  z.object({ about: z.literal('driver'), tool: z.enum(['k6', 'artillery', 'kubectl']) }),
]);
export type ErrorDetails = z.infer<typeof errorDetailsSchema>;

/** An error that one process reports to another. Its code may come from a newer version or a library. */
export const reportedErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string(),
  details: errorDetailsSchema.optional(),
});
export type ReportedError = z.infer<typeof reportedErrorSchema>;
