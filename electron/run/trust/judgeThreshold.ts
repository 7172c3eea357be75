import type { Doubt } from '../../../shared/thresholds/doubt';
import { holds, type ThresholdResult } from '../../../shared/thresholds/evaluate';
import type { Threshold } from '../../../shared/thresholds/parse';
import type { ThresholdRule } from '../../../shared/thresholds/rules';
import type { RunTotals } from '../runTotals';
import type { Bounds, Finding } from './facts';
import { type Subject, subjectOf } from './subject';

/** JSON knows no infinity: null is without bound. */
function written(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** How many times the deciding end of the interval fits into the limit of an upper bound; of a lower bound the inverse. */
function marginOf({ operator, limit }: Threshold, deciding: number): number | null {
  const margin = operator.startsWith('<') ? limit / deciding : operator.startsWith('>') ? deciding / limit : Number.NaN;
  return Number.isFinite(margin) ? margin : null;
}

interface Doubted {
  finding: Finding;
  bounds: Bounds;
}

/** The sum of what each doubt leaves possible: they may all have moved the value in the same direction. */
function together({ value, kind }: Subject, doubts: readonly Doubted[]): Bounds {
  const high = value + doubts.reduce((sum, { bounds }) => sum + Math.max(0, bounds.high - value), 0);
  return {
    low: Math.max(0, value - doubts.reduce((sum, { bounds }) => sum + Math.max(0, value - bounds.low), 0)),
    high: kind === 'share' ? Math.min(1, high) : high,
  };
}

/** Which doubts keep a threshold from a verdict: those that do alone; if none does, the widest. */
function decisiveAmong(threshold: Threshold, ok: boolean, value: number, doubts: readonly Doubted[]): Set<Finding> {
  // What holds is doubtful on the side where it would not, and what does not on the side where it would.
  const isUpper = threshold.operator.startsWith('<') === ok;
  const end = ({ bounds }: Doubted): number => (isUpper ? bounds.high : bounds.low);
  const alone = doubts.filter((doubt) => holds(end(doubt), threshold) !== ok);
  const [widest] = [...doubts].sort((a, b) => Math.abs(end(b) - value) - Math.abs(end(a) - value));
  return new Set((alone.length > 0 ? alone : widest ? [widest] : []).map(({ finding }) => finding));
}

/** A value that nothing could have moved, or one that is held against a baseline and its noise. */
function factOf(result: ThresholdResult): ThresholdResult {
  const { value, ok, baseline } = result;
  const status = baseline && !baseline.isSure ? 'undecided' : ok ? 'passed' : 'failed';
  return { ...result, status, low: value, high: value, margin: null, doubts: [] };
}

/** A metric without a value: of requests that all failed it fails, unless nothing is known of the target at all. */
function withoutValue(result: ThresholdResult, rule: ThresholdRule, totals: RunTotals): ThresholdResult {
  const { failed, ownLimit, dropped } = totals.unanswered(rule.threshold);
  const isUnknown = totals.completed + totals.dropped === 0 || (ownLimit > 0 && ownLimit === failed + dropped);
  return { ...result, status: isUnknown ? 'undecided' : 'failed', low: null, high: null, margin: null, doubts: [] };
}

/**
 * Adds to the outcome of a threshold the interval in which its true value lies, by all that was found, and whether that
 * decides it: `passed` where the whole interval holds, `failed` where none of it does (docs/adr/013).
 */
export function judgeThreshold(
  rule: ThresholdRule,
  result: ThresholdResult,
  findings: readonly Finding[],
  totals: RunTotals,
): ThresholdResult {
  const { value, ok } = result;
  const { threshold } = rule;
  if (threshold.isRelative) return factOf(result);
  // A growth brings the interval of its own estimate.
  if (result.status !== undefined) return { ...result, margin: null, doubts: [] };
  if (value === null) return withoutValue(result, rule, totals);
  const subject = subjectOf(rule, value, totals);
  // The share of seconds in which a bound held is no multiple of the bound.
  if (!subject) return { ...factOf(result), margin: threshold.secondsHeld ? null : marginOf(threshold, value) };
  const doubted = findings.flatMap((finding): Doubted[] => {
    const bounds = finding.bounds?.(subject);
    return bounds && (bounds.low < value || bounds.high > value) ? [{ finding, bounds }] : [];
  });
  const { low, high } = together(subject, doubted);
  const [lowHolds, highHolds] = [holds(low, threshold), holds(high, threshold)];
  const status = lowHolds !== highHolds || lowHolds !== ok ? 'undecided' : ok ? 'passed' : 'failed';
  const decisive = status === 'undecided' ? decisiveAmong(threshold, ok, value, doubted) : new Set<Finding>();
  const isUpper = threshold.operator.startsWith('<');
  const deciding = status === 'undecided' ? value : (status === 'passed') === isUpper ? high : low;
  const doubts = doubted.map(
    ({ finding, bounds }): Doubt => ({
      check: finding.check,
      low: written(bounds.low),
      high: written(bounds.high),
      message: finding.message,
      isDecisive: decisive.has(finding),
    }),
  );
  return { ...result, status, low, high: written(high), margin: marginOf(threshold, deciding), doubts };
}
