import { z } from 'zod';

/** Which requests of a recording are taken; nothing named takes all. */
export const importFilterSchema = z.strictObject({
  /** Only those to these hosts, with a port where it is not the one of the scheme. */
  hosts: z.array(z.string().max(300)).max(100).default([]),
  /** Leaves out scripts, styles, images, fonts and media. */
  withoutStaticAssets: z.boolean().default(false),
});
export type ImportFilter = z.infer<typeof importFilterSchema>;

export const everyRequest: ImportFilter = { hosts: [], withoutStaticAssets: false };
