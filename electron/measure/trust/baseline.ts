import type { TrustCheck } from '../../../shared/run/trustCheck';
import type { ThresholdResult } from '../../../shared/thresholds/evaluate';

/** Whether thresholds relative to a baseline could be judged and, if they fail, fail by more than noise. */
export function baseline(thresholds: readonly ThresholdResult[]): TrustCheck | undefined {
  const relative = thresholds.filter((threshold) => threshold.baseline !== undefined);
  if (relative.length === 0) return undefined;
  const unsure = relative.filter((threshold) => threshold.baseline?.isSure === false);
  const [first] = unsure;
  const what = first ? `${first.metric} ${first.expression}` : '';
  const hasBaseline = first?.baseline?.limit !== null;
  const doubt = first?.baseline?.doubt;
  return {
    check: 'baseline',
    value: unsure.length,
    limit: 0,
    unit: 'thresholds',
    ok: first === undefined,
    isNotable: first !== undefined,
    message: !first
      ? 'Every threshold relative to the baseline passed, or failed by more than the noise of this machine.'
      : doubt !== undefined
        ? `${what} is undecided: ${doubt}`
        : hasBaseline
          ? `${what} is not met, but repeated runs on this machine differ by as much: run it again, or for longer.`
          : `${what} needs a baseline with this metric: choose a run that has it as the baseline.`,
  };
}
