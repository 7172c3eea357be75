import { z } from 'zod';

/** The report of the null server: where it listens. Any message ends it. */
export const nullServerReportSchema = z.object({ type: z.literal('ready'), port: z.int() });
export type NullServerReport = z.infer<typeof nullServerReportSchema>;
