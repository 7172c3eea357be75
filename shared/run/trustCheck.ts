import { z } from 'zod';

/** The tests of the measurement itself. */
const trustCheckNames = [
  'real-backend',
  'generator-limits',
  'unanswered',
  'generator-unknown',
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
 * One test of the measurement. One that is not `ok` could have moved a threshold's value past its limit and leaves the
 * run without a verdict; `isNotable` is one that found more than usual, and moved nothing that matters if it is `ok`.
 * `limit` is what is usual.
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
