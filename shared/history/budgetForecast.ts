/** What a smaller size limit of the history would remove. */
export interface BudgetForecast {
  /** The estimated number of runs that would lose their response times by second. It may be one more than necessary. */
  runs: number;
  /** Whether the history would get below the limit. The rest of it is never removed. */
  isEnough: boolean;
}
