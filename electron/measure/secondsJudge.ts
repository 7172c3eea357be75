import { sumOfCounts } from '../../shared/run/failureCounts';
import type { RunInterval } from '../../shared/run/metrics';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { holds, type MetricSource, measuredValue, type Share } from '../../shared/thresholds/evaluate';
import type { ThresholdRule } from '../../shared/thresholds/rules';
import type { RecordedSecond } from './recordedSecond';

/** Requests of an operation that ended in a second, and those of them that failed. */
function operationShare({ interval, response }: RecordedSecond, operation: string): Share {
  const failed = sumOfCounts(interval.errorsByOperation[operation] ?? {});
  return { count: failed, of: failed + (response.get(operation)?.count ?? 0) };
}

/** A second as thresholds see it. */
function secondSource(second: RecordedSecond): MetricSource {
  const { interval, response } = second;
  return {
    trend: (_metric, { operation }) => {
      const merged = new LatencyHistogram();
      for (const [name, histogram] of response) {
        if (operation === undefined || operation === name) merged.merge(histogram);
      }
      return merged;
    },
    share: (metric, { operation }) => {
      if (metric !== 'http_req_failed')
        return { count: interval.count, of: interval.rate > 0 ? interval.count / interval.rate : 1 };
      return operation === undefined
        ? { count: interval.failed, of: interval.count }
        : operationShare(second, operation);
    },
  };
}

/** Whether nothing was asked for in a second, nor answered. A user that waits for an answer has asked for one. */
function isQuiet({ count, asked, sent, dropped, inFlight }: RunInterval): boolean {
  const wanted = asked ?? sent + inFlight;
  return wanted + dropped + count === 0;
}

/** What a second says of a rule: `silent` where something was asked for and nothing ended. */
type Outcome = 'held' | 'missed' | 'silent' | 'nothing';

function outcomeOf({ threshold }: ThresholdRule, second: RecordedSecond): Outcome {
  if (isQuiet(second.interval)) return 'nothing';
  const value = measuredValue(threshold, secondSource(second));
  if (value !== null) return holds(value, threshold) ? 'held' : 'missed';
  if (second.interval.count === 0) return 'silent';
  const { operation } = threshold;
  // Others were answered: nobody has asked for this operation, or all that was asked of it failed.
  return operation !== undefined && operationShare(second, operation).of === 0 ? 'nothing' : 'missed';
}

/**
 * Counts the seconds of a run in which rules about seconds held. A second in which nothing was asked for is evidence of
 * nothing. One that asked and had no answer has not held, unless what it asked for shortly before its end was answered
 * in the next, which held.
 */
export class SecondsJudge {
  readonly #rules: readonly ThresholdRule[];
  readonly #plannedSeconds: number;
  readonly #held = new Map<ThresholdRule, Share>();
  /** The last second, by the rules to which it was silent. */
  readonly #silent = new Map<ThresholdRule, RunInterval>();

  constructor(rules: readonly ThresholdRule[], plannedSeconds: number) {
    this.#rules = rules.filter(({ threshold }) => threshold.secondsHeld);
    this.#plannedSeconds = plannedSeconds;
  }

  /** Seconds come in their order. Those in which only last answers are awaited are no seconds of the run. */
  add(second: RecordedSecond): void {
    const { interval } = second;
    if (interval.isDraining || interval.t > this.#plannedSeconds) return;
    for (const rule of this.#rules) {
      const outcome = outcomeOf(rule, second);
      const silent = this.#silent.get(rule);
      if (silent) {
        this.#silent.delete(rule);
        const isAnswered = interval.t === silent.t + 1 && interval.inFlight < silent.inFlight;
        if (outcome !== 'held' || !isAnswered) this.#note(rule, false);
      }
      if (outcome === 'silent') this.#silent.set(rule, interval);
      else if (outcome !== 'nothing') this.#note(rule, outcome === 'held');
    }
  }

  /** In how many seconds a rule held, among those that say something of it. */
  secondsHeld(rule: ThresholdRule): Share {
    const { count, of } = this.#held.get(rule) ?? { count: 0, of: 0 };
    return { count, of: of + (this.#silent.has(rule) ? 1 : 0) };
  }

  #note(rule: ThresholdRule, isHeld: boolean): void {
    const { count, of } = this.#held.get(rule) ?? { count: 0, of: 0 };
    this.#held.set(rule, { count: count + (isHeld ? 1 : 0), of: of + 1 });
  }
}
