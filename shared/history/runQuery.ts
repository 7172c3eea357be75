import { z } from 'zod';
import { runStateSchema } from '../run/verdict';

/** The filter of a list of runs; what is left out matches all. */
export const runFilterSchema = z.strictObject({
  /** Words that all occur in the name, the notes, the scenario, the target or the id, whatever their case. */
  text: z.string().max(200).optional(),
  scenarioId: z.string().max(64).optional(),
  /** The target as the list has it: an engine or a URL. */
  target: z.string().max(2_000).optional(),
  verdict: runStateSchema.optional(),
  tag: z.string().max(64).optional(),
  /** The machine as machineKey (shared/run/calibration.ts) has it. */
  machine: z.string().max(500).optional(),
  /** Started at this day or later, and at this day or earlier; days in UTC. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});
export type RunFilter = z.infer<typeof runFilterSchema>;

/** A part of the list, newest first. */
export const runQuerySchema = runFilterSchema.extend({
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(10_000),
});
export type RunQuery = z.input<typeof runQuerySchema>;

/** What there is to filter by. */
export interface RunFacets {
  scenarios: readonly { id: string; name: string }[];
  targets: readonly string[];
  tags: readonly string[];
  machines: readonly string[];
}

/** The words of a search. */
export function wordsOf({ text = '' }: RunFilter): string[] {
  return text.split(/\s+/).filter(Boolean);
}
