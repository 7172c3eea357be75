import { isOwnLimit } from '../../../shared/run/failureKinds';
import { formatNumber } from '../../../shared/units/format';
import { type Bounds, type Check, shareOf } from './facts';
import { quantileMs } from './quantiles';
import type { PercentileSubject } from './subject';

const causes: Record<string, string> = {
  'out-of-files': 'the load process may not open more files (ulimit -n)',
  'out-of-ports': 'the machine has no local ports left',
};

/** The response times of requests that were never sent are not known: they may be the lowest of all, or the highest. */
function withUnknown({ histogram, share }: PercentileSubject, unknown: number): Bounds {
  const { count } = histogram;
  const rank = share * (count + unknown);
  return { low: quantileMs(histogram, (rank - unknown) / count), high: quantileMs(histogram, rank / count) };
}

/** Whether limits of the generator's machine made requests fail. Such failures say nothing about the target. */
export const generatorLimits: Check = ({ totals }) => {
  const { ownLimit } = totals.unanswered({ operation: undefined, stage: undefined });
  if (ownLimit === 0) return undefined;
  const kinds = Object.entries(totals.errors).filter(([kind]) => isOwnLimit(kind));
  const [[worst = ''] = []] = kinds.sort((a, b) => b[1] - a[1]);
  return {
    check: 'generator-limits',
    value: ownLimit,
    limit: 0,
    unit: 'requests',
    isNotable: true,
    message: `${formatNumber(ownLimit)} requests failed because of limits of this machine, not of the target: ${causes[worst] ?? worst}.`,
    bounds: (subject) => {
      const own = subject.unanswered.ownLimit;
      if (own === 0) return undefined;
      if (subject.kind === 'percentile') return withUnknown(subject, own);
      if (subject.kind === 'mean' || subject.rule.threshold.metric !== 'http_req_failed') return undefined;
      // They are already among the failures.
      const { count, of } = subject.cases;
      return { low: shareOf(count - own, of - own), high: subject.value };
    },
  };
};
