import { z } from 'zod';

/** The tests of the measurement itself. */
const trustCheckNames = [
  'real-backend',
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

/** One test of the measurement: a failing one makes the verdict `inconclusive`. */
export const trustCheckSchema = z.object({
  check: z.enum(trustCheckNames),
  value: z.number(),
  limit: z.number(),
  unit: z.string(),
  ok: z.boolean(),
  message: z.string(),
});

export type TrustCheck = z.infer<typeof trustCheckSchema>;
