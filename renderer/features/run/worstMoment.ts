import type { MomentText } from '../../../shared/report/sections/moments';

/** Lost requests are worse than any response time. */
function weightOf({ moment: { kind, lost, p99Ms } }: MomentText): number {
  return kind === 'gap' || Object.keys(lost).length > 0 ? Number.POSITIVE_INFINITY : (p99Ms ?? 0);
}

/**
 * The worst moment: one that lost requests, else the one with the highest P99. A lasting change of the level does not
 * count.
 */
export function worstMoment(moments: readonly MomentText[]): MomentText | undefined {
  const [first, ...others] = moments.filter(({ moment }) => moment.kind !== 'level');
  if (!first) return undefined;
  return others.reduce((worst, next) => (weightOf(next) > weightOf(worst) ? next : worst), first);
}
