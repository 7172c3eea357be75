import { z } from 'zod';

/**
 * What in a measurement may have moved a threshold's value, and how far. `low` and `high` bound the true value as this
 * one doubt leaves it, in the unit of the metric; null is without bound.
 */
export const doubtSchema = z.object({
  /** The trust check that found it, or `sampling`. */
  check: z.string(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  message: z.string(),
  /** Whether it keeps the threshold from a verdict: its bounds lie on both sides of the limit. */
  isDecisive: z.boolean(),
});
export type Doubt = z.infer<typeof doubtSchema>;

/** What is known of a threshold: the whole interval of the true value holds, none of it does, or some of it. */
export const thresholdStatusSchema = z.enum(['passed', 'failed', 'undecided']);
export type ThresholdStatus = z.infer<typeof thresholdStatusSchema>;
