import { sumOfCounts } from '../../shared/run/failureCounts';
import type { RunInterval } from '../../shared/run/metrics';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { holds, type MetricSource, measuredValue, type Share } from '../../shared/thresholds/evaluate';
import type { SubMetric } from '../../shared/thresholds/parse';
import type { ThresholdRule } from '../../shared/thresholds/rules';
import type { RecordedSecond } from './recordedSecond';

/** The operations of a part of the run; undefined if the part is the whole run. */
type OperationsOf = (part: SubMetric) => readonly string[] | undefined;

/** Requests of some operations that ended in a second, and those among them that failed. */
function operationShare({ interval, response }: RecordedSecond, operations: readonly string[]): Share {
  return operations.reduce(
    ({ count, of }, operation) => {
      const failed = sumOfCounts(interval.errorsByOperation[operation] ?? {});
      return { count: count + failed, of: of + failed + (response.get(operation)?.count ?? 0) };
    },
    { count: 0, of: 0 },
  );
}

/** A second in the form that thresholds read. */
function secondSource(second: RecordedSecond, operationsOf: OperationsOf): MetricSource {
  const { interval, response } = second;
  return {
    trend: (_metric, part) => {
      const operations = operationsOf(part);
      const merged = new LatencyHistogram();
      for (const [name, histogram] of response) {
        if (operations === undefined || operations.includes(name)) merged.merge(histogram);
      }
      return merged;
    },
    share: (metric, part) => {
      if (metric !== 'http_req_failed')
        return { count: interval.count, of: interval.rate > 0 ? interval.count / interval.rate : 1 };
      const operations = operationsOf(part);
      return operations === undefined
        ? { count: interval.failed, of: interval.count }
        : operationShare(second, operations);
    },
  };
}

/** Whether a second asked for nothing and got no response. A user that waits for a response has asked for one. */
function isQuiet({ count, asked, sent, dropped, inFlight }: RunInterval, hasUsers: boolean): boolean {
  const wanted = (hasUsers ? null : asked) ?? sent + (inFlight ?? 0);
  return wanted + dropped + count === 0;
}

/** What a second says about a rule. `silent`: something was asked for and nothing ended. */
type Outcome = 'held' | 'missed' | 'silent' | 'nothing';

function outcomeOf(
  { threshold }: ThresholdRule,
  second: RecordedSecond,
  operationsOf: OperationsOf,
  hasUsers: boolean,
): Outcome {
  if (isQuiet(second.interval, hasUsers)) return 'nothing';
  const value = measuredValue(threshold, secondSource(second, operationsOf));
  if (value !== null) return holds(value, threshold) ? 'held' : 'missed';
  if (second.interval.count === 0) return 'silent';
  const operations = operationsOf(threshold);
  // Other operations got responses. This one was not asked for, or all its requests failed.
  return operations !== undefined && operationShare(second, operations).of === 0 ? 'nothing' : 'missed';
}

/**
 * Counts the seconds of a run in which rules about seconds held. A second in which nothing was asked for is no
 * evidence. In a second that asked and got no response, the rule did not hold. There is one exception: what it asked
 * for shortly before its end got a response in the next second, and the rule held there.
 */
export class SecondsJudge {
  readonly #rules: readonly ThresholdRule[];
  readonly #plannedSeconds: number;
  readonly #operationsOf: OperationsOf;
  readonly #hasUsers: boolean;
  readonly #held = new Map<ThresholdRule, Share>();
  /** The last second, by the rules for which it was silent. */
  readonly #silent = new Map<ThresholdRule, RunInterval>();

  /** `hasUsers`: whether there are users who wait for responses, besides iterations that a schedule asks for. */
  constructor(
    rules: readonly ThresholdRule[],
    plannedSeconds: number,
    operationsOf: OperationsOf = ({ operation }) => (operation === undefined ? undefined : [operation]),
    hasUsers = false,
  ) {
    this.#operationsOf = operationsOf;
    this.#hasUsers = hasUsers;
    this.#rules = rules.filter(({ threshold }) => threshold.secondsHeld);
    this.#plannedSeconds = plannedSeconds;
  }

  /** Takes the seconds in order. Seconds that only wait for the last responses do not count. */
  add(second: RecordedSecond): void {
    const { interval } = second;
    if (interval.isDraining || interval.t > this.#plannedSeconds) return;
    for (const rule of this.#rules) {
      const outcome = outcomeOf(rule, second, this.#operationsOf, this.#hasUsers);
      const silent = this.#silent.get(rule);
      if (silent) {
        this.#silent.delete(rule);
        const isAnswered = interval.t === silent.t + 1 && (interval.inFlight ?? 0) < (silent.inFlight ?? 0);
        if (outcome !== 'held' || !isAnswered) this.#note(rule, false);
      }
      if (outcome === 'silent') this.#silent.set(rule, interval);
      else if (outcome !== 'nothing') this.#note(rule, outcome === 'held');
    }
  }

  /** In how many seconds a rule held, among those that are evidence about it. */
  secondsHeld(rule: ThresholdRule): Share {
    const { count, of } = this.#held.get(rule) ?? { count: 0, of: 0 };
    return { count, of: of + (this.#silent.has(rule) ? 1 : 0) };
  }

  #note(rule: ThresholdRule, isHeld: boolean): void {
    const { count, of } = this.#held.get(rule) ?? { count: 0, of: 0 };
    this.#held.set(rule, { count: count + (isHeld ? 1 : 0), of: of + 1 });
  }
}
