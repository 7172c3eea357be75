import { z } from 'zod';
import { verdictSchema } from './verdict';

/** A line of the history. `verdict` is null while the run goes on. */
export const runSummarySchema = z.object({
  id: z.string(),
  startedAt: z.string(),
  verdict: verdictSchema.nullable(),
  scenarioId: z.string(),
  scenarioName: z.string(),
  target: z.string(),
  rate: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;
