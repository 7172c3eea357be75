import { z } from 'zod';
import { savedFilterSchema } from '../history/runQuery';

export const themes = ['system', 'dark', 'light'] as const;
export const themeSchema = z.enum(themes);
export type Theme = z.infer<typeof themeSchema>;

/** A size of the history, in MB. */
export const historySizeSchema = z.int().min(50).max(1_000_000);
/** The size that the history is held to, in MB; null for any. */
export const historyBudgetSchema = historySizeSchema.nullable();

/** What the user has chosen for all windows. */
export const preferencesSchema = z.object({
  theme: themeSchema,
  historyBudgetMb: historyBudgetSchema.default(null),
  /** Filters of the History screen by their names, in the order in which they were saved. */
  // What another version has kept of them must not cost the user all other choices.
  savedFilters: z.array(savedFilterSchema).catch([]).default([]),
});
export type Preferences = z.infer<typeof preferencesSchema>;
