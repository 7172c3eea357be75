/** What holding the history to a smaller size would remove. */
export interface BudgetForecast {
  /** Of so many runs the response times by second would go: an estimate, of a run more than is needed at most. */
  runs: number;
  /** Whether the history would come down to the size: what is left then is never removed. */
  isEnough: boolean;
}
