import { z } from 'zod';

/** How often a check of a step passed and failed, without the warm-up, and an example of an actual value. */
export const checkResultSchema = z.object({
  /** The operation of the step in statistics. */
  operation: z.string(),
  check: z.string(),
  passes: z.int().nonnegative(),
  fails: z.int().nonnegative(),
  /** Limited in length, on one line, without secrets. */
  example: z.string().optional(),
});
export type CheckResult = z.infer<typeof checkResultSchema>;
