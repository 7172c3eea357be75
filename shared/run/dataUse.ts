import { z } from 'zod';
import { dataModes, exhaustedActions } from '../scenario/dataFiles';

/** How a run used the rows of a data file, summed over all load processes, including the warm-up. */
export const dataUseSchema = z.object({
  name: z.string(),
  /** The path in the scenario. */
  file: z.string(),
  mode: z.enum(dataModes),
  /** How many rows the file has; null when it was not read to its end. */
  rows: z.int().nonnegative().nullable(),
  /** How many rows iterations received, counting repetitions. */
  used: z.int().nonnegative(),
  /** How often a load process started over at the first row because no other row was left. */
  wraps: z.int().nonnegative(),
  /** What happened when an iteration found no row; null when each found one. */
  exhausted: z.enum(exhaustedActions).nullable(),
  /** Whether the file changed during the run. */
  changed: z.boolean(),
});
export type DataUse = z.infer<typeof dataUseSchema>;
