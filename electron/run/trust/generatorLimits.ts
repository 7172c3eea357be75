import { isOwnLimit } from '../../../shared/run/failureKinds';
import { formatNumber } from '../../../shared/units/format';
import { type Check, shareOf } from './facts';

const causes: Record<string, string> = {
  'out-of-files': 'the load process may not open more files (ulimit -n)',
  'out-of-ports': 'the machine has no local ports left',
};

/** Whether the limits of the machine that makes the load let requests fail: they say nothing about the target. */
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
    message: `${formatNumber(ownLimit)} requests failed by limits of this machine and not of the target: ${causes[worst] ?? worst}.`,
    bounds: (subject) => {
      const own = subject.unanswered.ownLimit;
      if (own === 0) return undefined;
      // What the target would have answered is not known: no latency is bounded by requests that never left.
      if (subject.kind !== 'share') return { low: 0, high: Number.POSITIVE_INFINITY };
      if (subject.rule.threshold.metric !== 'http_req_failed') return undefined;
      const { count, of } = subject.cases;
      return { low: shareOf(count - own, of - own), high: 1 };
    },
  };
};
