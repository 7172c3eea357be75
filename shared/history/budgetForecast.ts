import { z } from 'zod';

/** What a smaller size limit of the history would remove. */
export const budgetForecastSchema = z.object({
  /** The estimated number of runs that would lose their response times by second. It may be one more than necessary. */
  runs: z.int(),
  /** Whether the history would get below the limit. The rest of it is never removed. */
  isEnough: z.boolean(),
});
export type BudgetForecast = z.infer<typeof budgetForecastSchema>;
