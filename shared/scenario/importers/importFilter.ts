import { z } from 'zod';

/** Selects requests of a recording. By default all are selected. */
export const importFilterSchema = z.strictObject({
  /** Only requests to these hosts, with a port unless it is the default of the scheme. */
  hosts: z.array(z.string().max(300)).max(100).default([]),
  /** Leaves out scripts, styles, images, fonts and media. */
  withoutStaticAssets: z.boolean().default(false),
});
export type ImportFilter = z.infer<typeof importFilterSchema>;

export const everyRequest: ImportFilter = { hosts: [], withoutStaticAssets: false };
