import type { Share } from '../../../shared/thresholds/evaluate';
import type { ThresholdRule } from '../../../shared/thresholds/rules';

/**
 * A budget is exceeded if a service that just keeps it would have this many failures with less than this probability.
 */
const significance = 0.01;
/** The same in standard deviations of a normal distribution. */
const significantDeviations = 2.326;
/** From this number of expected failures on, the normal distribution is close enough to the binomial one. */
const normalFrom = 10;

/** The share of requests or checks that a rule about them allows to fail; undefined for any other rule. */
export function errorBudgetOf({ threshold }: Pick<ThresholdRule, 'threshold'>): number | undefined {
  const { metric, aggregation, operator, limit, secondsHeld } = threshold;
  if (aggregation.kind !== 'rate' || secondsHeld) return undefined;
  if (metric === 'checks') return operator.startsWith('>') ? 1 - limit : undefined;
  if (metric !== 'http_req_failed') return undefined;
  return operator.startsWith('<') ? limit : undefined;
}

/**
 * Whether there are more failures than chance produces in a service that just keeps its budget: a one-sided binomial
 * test of the share against the budget. One failure in 400 requests says nothing about a budget of 0.1 %; three do.
 */
export function exceedsBudget({ count, of }: Share, budget: number): boolean {
  const expected = of * budget;
  if (expected >= normalFrom) return (count - expected) / Math.sqrt(expected * (1 - budget)) > significantDeviations;
  let likely = (1 - budget) ** of;
  let fewer = 0;
  for (let failures = 0; failures < count; failures += 1) {
    fewer += likely;
    likely *= ((of - failures) / (failures + 1)) * (budget / (1 - budget));
  }
  return 1 - fewer < significance;
}
