import { z } from 'zod';
import { type RunState, runStateSchema } from '../run/verdict';

/** The filter of a list of runs. An omitted field matches all. */
export const runFilterSchema = z.strictObject({
  /** Words that must all occur in the name, the notes, the scenario, the target or the id, ignoring case. */
  text: z.string().max(200).optional(),
  scenarioId: z.string().max(64).optional(),
  /** The target as in the list: an engine or a URL. */
  target: z.string().max(2_000).optional(),
  verdict: runStateSchema.optional(),
  tag: z.string().max(64).optional(),
  /** The machine as returned by machineKey (shared/run/calibration.ts). */
  machine: z.string().max(500).optional(),
  /** The first and the last day of the start, inclusive, in the local time of this machine, as in lists. */
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

/** A value for filtering, and the number of runs that have it. */
export interface FacetValue<Value extends string = string> {
  value: Value;
  runs: number;
}

/** The available values for filtering. */
export interface RunFacets {
  scenarios: readonly { id: string; name: string; runs: number }[];
  targets: readonly FacetValue[];
  verdicts: readonly FacetValue<RunState>[];
  tags: readonly FacetValue[];
  machines: readonly FacetValue[];
}

/** A filter that the user named. */
export const savedFilterSchema = z.strictObject({ name: z.string().trim().min(1).max(60), filter: runFilterSchema });
export type SavedFilter = z.infer<typeof savedFilterSchema>;

/** Whether two filters match the same runs. */
export function isSameFilter(a: RunFilter, b: RunFilter): boolean {
  const fields = (filter: RunFilter): string =>
    JSON.stringify(
      Object.entries(filter)
        .filter(([, value]) => value !== undefined && value !== '')
        .sort(([left], [right]) => (left < right ? -1 : 1)),
    );
  return fields(a) === fields(b);
}

/** Returns the words of a search. */
export function wordsOf({ text = '' }: RunFilter): string[] {
  return text.split(/\s+/).filter(Boolean);
}
