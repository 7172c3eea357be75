import { formatShare } from '../../../shared/units/format';
import type { Check } from './facts';

/** Buckets up to this width, as a share of the value, are as narrow as those of other tools' sketches. */
const usualShare = 0.02;

/**
 * Whether the response times came in buckets. Each counts as the upper bound of its bucket: a percentile and a mean are
 * above the true ones by at most the width of the widest bucket, and never below.
 */
export const histogramResolution: Check = ({ bucketShare }) => {
  const share = bucketShare?.() ?? 0;
  if (share === 0) return undefined;
  return {
    check: 'histogram-resolution',
    value: share,
    limit: usualShare,
    unit: 'share',
    isNotable: share > usualShare,
    message: `Response times were reported in buckets and count as their upper bounds: they may be up to ${formatShare(share)} lower.`,
    bounds: ({ kind, value }) => (kind === 'share' ? undefined : { low: value * (1 - share), high: value }),
  };
};
