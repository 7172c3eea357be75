import { z } from 'zod';

/** What the null server tells: where it listens. It ends when it is told anything. */
export const nullServerReportSchema = z.object({ type: z.literal('ready'), port: z.int() });
export type NullServerReport = z.infer<typeof nullServerReportSchema>;
