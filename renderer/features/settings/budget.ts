import type { BudgetForecast } from '../../../shared/history/budgetForecast';
import { formatNumber } from '../../../shared/units/format';

/** The effect of a maximum size of the history, in sentences. They say that removed data can't be restored. */
export function budgetConsequence(megabytes: number, { runs, isEnough }: BudgetForecast): string {
  if (runs === 0)
    return isEnough
      ? 'Nothing is removed now. Beyond this size, the oldest runs lose their response times by second.'
      : 'Nothing can be removed: all runs are pinned, baselines, tagged, or without response times by second.';
  const some = `${runs === 1 ? '1 run' : `up to ${formatNumber(runs)} runs, the oldest first`}`;
  const rest = isEnough ? '' : ` The history stays larger than ${formatNumber(megabytes)} MB all the same.`;
  return `This removes the response times by second of ${some}; figures, charts and verdicts stay. It cannot be undone: pin or tag a run first to keep all of it.${rest}`;
}

/** Whether the history is within its maximum size, in a sentence. */
export function isHeldNow(budgetMb: number, usedBytes: number): string {
  const limit = `The limit is ${formatNumber(budgetMb)} MB`;
  return usedBytes <= budgetMb * 2 ** 20
    ? `${limit}.`
    : `${limit}; the history shrinks to it while nothing is measured, as far as runs may lose their response times by second.`;
}
