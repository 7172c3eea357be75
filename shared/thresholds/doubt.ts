import { z } from 'zod';

/**
 * Something in a measurement that may have moved a threshold's value. `low` and `high` bound the true value under this
 * doubt alone, in the unit of the metric; null means unbounded.
 */
export const doubtSchema = z.object({
  /** The trust check that found it, or `sampling`. */
  check: z.string(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  message: z.string(),
  /** Whether it prevents a verdict on the threshold, because its bounds are on both sides of the limit. */
  isDecisive: z.boolean(),
});
export type Doubt = z.infer<typeof doubtSchema>;

/** The status of a threshold: the whole interval of the true value satisfies it, none of it does, or a part. */
export const thresholdStatusSchema = z.enum(['passed', 'failed', 'undecided']);
export type ThresholdStatus = z.infer<typeof thresholdStatusSchema>;
