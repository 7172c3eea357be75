import { toMs } from '../../../shared/statistics/latencySummary';
import type { Doubt } from '../../../shared/thresholds/doubt';
import { holds, isWhole, type ThresholdResult } from '../../../shared/thresholds/evaluate';
import { metricKinds, type Threshold } from '../../../shared/thresholds/parse';
import type { ThresholdRule } from '../../../shared/thresholds/rules';
import type { RunTotals } from '../runTotals';
import type { Bounds, Finding } from './facts';
import { type Subject, subjectOf } from './subject';

/** JSON has no infinity: null means that there is no bound. */
function written(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** For an upper limit, how many times the deciding end of the interval fits into it. For a lower limit, the inverse. */
function marginOf({ operator, limit }: Threshold, deciding: number): number | null {
  const margin = operator.startsWith('<') ? limit / deciding : operator.startsWith('>') ? deciding / limit : Number.NaN;
  return Number.isFinite(margin) ? margin : null;
}

interface Doubted {
  finding: Finding;
  bounds: Bounds;
}

/** A run that does not settle and one that drifts are two views of the same change. */
const changeChecks: ReadonlySet<Finding['check']> = new Set(['drift', 'steady-state']);

/** One interval for both checks of a change together, besides the intervals of all other doubts. */
function independent(doubts: readonly Doubted[]): Bounds[] {
  const boundsOf = (isOfChange: boolean): Bounds[] =>
    doubts.flatMap(({ finding, bounds }) => (changeChecks.has(finding.check) === isOfChange ? bounds : []));
  const change = boundsOf(true);
  if (change.length === 0) return boundsOf(false);
  const low = Math.min(...change.map((bounds) => bounds.low));
  return [...boundsOf(false), { low, high: Math.max(...change.map((bounds) => bounds.high)) }];
}

/** The sum of all doubts: all of them may have moved the value in the same direction. */
function together({ value, kind }: Subject, doubts: readonly Doubted[]): Bounds {
  const bounds = independent(doubts);
  const high = value + bounds.reduce((sum, { high }) => sum + Math.max(0, high - value), 0);
  return {
    low: Math.max(0, value - bounds.reduce((sum, { low }) => sum + Math.max(0, value - low), 0)),
    high: kind === 'share' ? Math.min(1, high) : high,
  };
}

/** The doubts that keep a threshold from a verdict: those that do so alone or, if none does, the widest. */
function decisiveAmong(threshold: Threshold, ok: boolean, value: number, doubts: readonly Doubted[]): Set<Finding> {
  // A threshold that holds is in doubt at the end where it would not hold, and one that does not hold at the other end.
  const isUpper = threshold.operator.startsWith('<') === ok;
  const end = ({ bounds }: Doubted): number => (isUpper ? bounds.high : bounds.low);
  const alone = doubts.filter((doubt) => holds(end(doubt), threshold) !== ok);
  const [widest] = [...doubts].sort((a, b) => Math.abs(end(b) - value) - Math.abs(end(a) - value));
  return new Set((alone.length > 0 ? alone : widest ? [widest] : []).map(({ finding }) => finding));
}

/** Metrics and aggregations that a late or overloaded generator makes worse, through no fault of the target. */
function isOfGenerator({ metric, aggregation, secondsHeld }: Threshold): boolean {
  if (secondsHeld || metric === 'http_reqs' || metric === 'dropped_iterations') return true;
  return metricKinds[metric] === 'trend' && metric !== 'send_lateness' && aggregation.kind !== 'min';
}

/** Metrics that count from the send, so that a late send does not show in them. */
function isLatency({ metric, aggregation }: Threshold): boolean {
  return metricKinds[metric] === 'trend' && metric !== 'send_lateness' && aggregation.kind !== 'growth';
}

/** Checks whether the generator is fit for the load. If it is not, the generator decides what is sent and when. */
const generatorChecks: ReadonlySet<Finding['check']> = new Set([
  'send-lateness',
  'generator-utilisation',
  'generator-limits',
  'generator-unknown',
]);

/** Whether the maximum response time is beyond its limit only because a request was sent late. */
function isMaximumOfLateness({ metric, aggregation, operator, limit, ...part }: Threshold, totals: RunTotals): boolean {
  const isMaximum = aggregation.kind === 'max' || (aggregation.kind === 'percentile' && aggregation.percentile >= 100);
  if (!isMaximum || metric !== 'http_req_duration' || !isWhole(part) || totals.service.count === 0) return false;
  return holds(toMs(totals.service.maxUs), { operator, limit });
}

/**
 * The findings that leave a value without an interval undecided, such as those of a generator that may have caused a
 * failure.
 */
function openedBy(rule: ThresholdRule, ok: boolean, findings: readonly Finding[], totals: RunTotals): Finding[] {
  const standIns = findings.filter(
    ({ check, isNotable, opensLatencies = false }) =>
      (check === 'real-backend' && isNotable) || (opensLatencies && isLatency(rule.threshold)),
  );
  if (standIns.length > 0 || ok || !isOfGenerator(rule.threshold)) return standIns;
  if (isMaximumOfLateness(rule.threshold, totals)) return findings.filter(({ check }) => check === 'send-lateness');
  return findings.filter(({ check, isNotable }) => isNotable && generatorChecks.has(check));
}

/** A doubt that leaves any value possible. */
function toOpenDoubt({ check, message }: Finding): Doubt {
  return { check, low: null, high: null, message, isDecisive: true };
}

/**
 * The result for a value without an interval: a fact of the run, or a value with a status of its own. `openers` leave
 * it undecided.
 */
function factOf(result: ThresholdResult, openers: readonly Finding[]): ThresholdResult {
  const { value, ok, baseline } = result;
  const own = result.status ?? (baseline && !baseline.isSure ? 'undecided' : ok ? 'passed' : 'failed');
  const [low, high] = result.status === undefined ? [value, value] : [result.low ?? null, result.high ?? null];
  const doubts = openers.map(toOpenDoubt);
  return { ...result, status: doubts.length > 0 ? 'undecided' : own, low, high, margin: null, doubts };
}

/** A metric without a value fails if requests of it failed. If it was never asked for, nothing is known. */
function withoutValue(result: ThresholdResult, rule: ThresholdRule, totals: RunTotals): ThresholdResult {
  const { failed, ownLimit } = totals.unanswered(rule.threshold);
  const status = failed > ownLimit ? 'failed' : 'undecided';
  return { ...result, status, low: null, high: null, margin: null, doubts: [] };
}

/**
 * Whether an interval decides a threshold: it lies on one side of the limit. For an equality, it must not contain the
 * limit, unless it is a single value.
 */
function decides({ operator, limit }: Threshold, { low, high }: Bounds, ok: boolean): boolean {
  if (/^[=!]/.test(operator)) return low === high || limit < low || limit > high;
  return [low, high].every((end) => holds(end, { operator, limit }) === ok);
}

/**
 * Adds to the result of a threshold the interval that contains its true value according to all findings, and its
 * status: `passed` if the whole interval holds, `failed` if no part of it does (docs/adr/013).
 */
export function judgeThreshold(
  rule: ThresholdRule,
  result: ThresholdResult,
  findings: readonly Finding[],
  totals: RunTotals,
): ThresholdResult {
  const { value, ok } = result;
  const { threshold } = rule;
  const openers = openedBy(rule, ok, findings, totals);
  // Growth has the interval of its own estimate, and a relative threshold the noise of its baseline.
  if (threshold.isRelative || result.status !== undefined) return factOf(result, openers);
  if (value === null) return withoutValue(result, rule, totals);
  const subject = subjectOf(rule, value, totals);
  // The share of seconds in which a bound held is not a multiple of the bound.
  if (!subject)
    return { ...factOf(result, openers), margin: threshold.secondsHeld ? null : marginOf(threshold, value) };
  const doubted = findings.flatMap((finding): Doubted[] => {
    const bounds = finding.bounds?.(subject);
    return bounds && (bounds.low < value || bounds.high > value) ? [{ finding, bounds }] : [];
  });
  const { low, high } = together(subject, doubted);
  const status = decides(threshold, { low, high }, ok) ? (ok ? 'passed' : 'failed') : 'undecided';
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
