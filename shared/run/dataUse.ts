import { z } from 'zod';
import { dataModes, exhaustedActions } from '../scenario/dataFiles';

/** What became of the rows of a data file in a run, over all load processes and with those of the warm-up. */
export const dataUseSchema = z.object({
  name: z.string(),
  /** The file as the scenario names it. */
  file: z.string(),
  mode: z.enum(dataModes),
  /** How many rows the file has; null where it was not read to its end. */
  rows: z.int().nonnegative().nullable(),
  /** How many rows iterations had, each as often as it was used. */
  used: z.int().nonnegative(),
  /** How often a load process began again at the first row, because it had no other left. */
  wraps: z.int().nonnegative(),
  /** What was done when an iteration found no row; null where each found one. */
  exhausted: z.enum(exhaustedActions).nullable(),
  /** Whether the file changed while it was used. */
  changed: z.boolean(),
});
export type DataUse = z.infer<typeof dataUseSchema>;
