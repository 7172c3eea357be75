import { z } from 'zod';

/** The checks of the measurement itself. */
const trustCheckNames = [
  'real-backend',
  'generator-limits',
  'unanswered',
  'generator-unknown',
  'histogram-resolution',
  'send-lateness',
  'achieved-rate',
  'dropped-iterations',
  'calibrated-rate',
  'generator-utilisation',
  'generator-gc',
  'generator-cpu-wait',
  'generator-cpu-limit',
  'other-load',
  'clock-step',
  'samples',
  'steady-state',
  'drift',
  'littles-law',
  'target-restarted',
  'baseline',
] as const;

/**
 * A check of the measurement. A check that is not `ok` found something that could have moved a threshold's value past
 * its limit, so that the run has no verdict. With `isNotable` it found more than usual, which is harmless when it is
 * `ok`. `limit` is the usual amount.
 */
export const trustCheckSchema = z.object({
  check: z.enum(trustCheckNames),
  value: z.number(),
  limit: z.number(),
  unit: z.string(),
  ok: z.boolean(),
  isNotable: z.boolean().optional(),
  message: z.string(),
});

export type TrustCheck = z.infer<typeof trustCheckSchema>;
