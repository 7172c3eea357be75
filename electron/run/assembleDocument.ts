import type { RunDocument } from '../../shared/run/document';
import type { RunDescription } from '../../shared/run/events';
import type { TrustCheck } from '../../shared/run/trustCheck';
import { type Integrity, judge, type Verdict } from '../../shared/run/verdict';
import { encodeHdr } from '../../shared/statistics/hdrCodec';
import { evaluateRules, type RunMetricSource, type ThresholdResult } from '../../shared/thresholds/evaluate';
import type { MachineUse } from './machineUse';
import type { RunTotals } from './runTotals';
import { checkTrust } from './trust/checkTrust';

/** An end other than the planned one. */
export interface RunEnding {
  /** `failed`: a threshold ended the run; whether that can be trusted is judged like any other failure. */
  verdict: Extract<Verdict, 'failed' | 'aborted' | 'interrupted'>;
  reason: string;
}

export interface DocumentParts {
  description: RunDescription;
  endedAt: Date;
  totals: RunTotals;
  measuredMs: number;
  checked: number;
  violations: number;
  acknowledgedWrites: number;
  lostWrites: number | null;
  machine: MachineUse | undefined;
  clockStepMs: number | undefined;
  ending: RunEnding | undefined;
}

/** The metrics of a run as thresholds see them, so far or at its end. */
export function metricSource(
  totals: RunTotals,
  measuredMs: number,
  integrity: Pick<DocumentParts, 'checked' | 'violations' | 'lostWrites'>,
): RunMetricSource {
  const { checked, violations, lostWrites } = integrity;
  return {
    trend: (metric, part) => totals.trend(metric, part),
    secondsHeld: (rule) => totals.secondsHeld(rule),
    share: (metric, part) => {
      switch (metric) {
        case 'cache_hit':
          return totals.cacheHit;
        case 'http_req_failed':
          return totals.failures(part);
        case 'integrity':
          return { count: checked - violations - Math.min(checked - violations, lostWrites ?? 0), of: checked };
        case 'dropped_iterations':
          return { count: totals.dropped, of: measuredMs / 1000 };
        default:
          return { count: totals.completed, of: measuredMs / 1000 };
      }
    },
  };
}

function verdictOf(
  ending: RunEnding | undefined,
  thresholds: ThresholdResult[],
  trust: TrustCheck[],
  integrity: Integrity,
): Verdict {
  if (ending && ending.verdict !== 'failed') return ending.verdict;
  const verdict = judge(thresholds, trust, integrity);
  // A threshold that failed when it ended the run may hold by the last answer; the run was cut short all the same.
  return ending && verdict === 'passed' ? 'failed' : verdict;
}

/** Judges a run and writes it up. Everything in the document comes from merged histograms and counts. */
export function assembleDocument(parts: DocumentParts): RunDocument {
  const { description, totals, measuredMs } = parts;
  const { scenario } = description;
  const { rules } = totals;
  const thresholds = evaluateRules(rules, metricSource(totals, measuredMs, parts));
  const trust = checkTrust({
    scenario,
    target: description.target,
    measuredMs,
    asked: totals.asked,
    sent: totals.sent,
    dropped: totals.dropped,
    completed: totals.completed,
    failed: totals.failed,
    latenessP99Ms: totals.lateness.percentileUs(99) / 1000,
    utilisation: totals.generatorUtilisation,
    intervals: totals.intervals,
    slices: totals.slices,
    service: totals.service,
    trend: ({ threshold }) => totals.trend(threshold.metric, threshold),
    rules,
    thresholds,
    machine: parts.machine,
    clockStepMs: parts.clockStepMs,
  });
  const integrity: Integrity = {
    checked: parts.checked,
    violations: parts.violations,
    acknowledgedWrites: parts.acknowledgedWrites,
    lostWrites: parts.lostWrites,
  };
  const { id, startedAt, target, environment, shortened } = description;
  return {
    schema: 'proofload.run/1',
    id,
    startedAt,
    endedAt: parts.endedAt.toISOString(),
    verdict: verdictOf(parts.ending, thresholds, trust, integrity),
    ...(parts.ending ? { reason: parts.ending.reason } : {}),
    shortened,
    scenario,
    target,
    environment,
    metrics: totals.metrics(measuredMs),
    thresholds,
    trust,
    integrity,
    intervals: totals.intervals,
    histograms: {
      http_req_duration: encodeHdr(totals.response),
      http_req_service: encodeHdr(totals.service),
      send_lateness: encodeHdr(totals.lateness),
    },
  };
}
