import { z } from 'zod';

/** How often a check of a step passed and failed, warm-up left out, with one example of what there was instead. */
export const checkResultSchema = z.object({
  /** The operation that the step is counted as. */
  operation: z.string(),
  check: z.string(),
  passes: z.int().nonnegative(),
  fails: z.int().nonnegative(),
  /** Bounded, on one line, and without secrets. */
  example: z.string().optional(),
});
export type CheckResult = z.infer<typeof checkResultSchema>;
