import type { RunDocument } from '../../shared/run/document';
import type { RunDescription } from '../../shared/run/events';
import { type Integrity, judge, type Verdict } from '../../shared/run/verdict';
import { encodeHdr } from '../../shared/statistics/hdrCodec';
import { evaluateThresholds, type MetricSource } from '../../shared/thresholds/evaluate';
import type { RunTotals } from './runTotals';
import { checkTrust } from './trustChecks';

/** An end other than the planned one. */
export interface RunEnding {
  verdict: Extract<Verdict, 'aborted' | 'interrupted'>;
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
  ending: RunEnding | undefined;
}

function metricSource({ totals, measuredMs, checked, violations, lostWrites }: DocumentParts): MetricSource {
  return {
    trend: (metric, operation) => totals.trend(metric, operation),
    share: (metric) => {
      switch (metric) {
        case 'cache_hit':
          return totals.cacheHit;
        case 'http_req_failed':
          return { count: totals.failed, of: totals.completed };
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

/** Judges a run and writes it up. Everything in the document comes from merged histograms and counts. */
export function assembleDocument(parts: DocumentParts): RunDocument {
  const { description, totals, measuredMs } = parts;
  const { scenario } = description;
  const thresholds = evaluateThresholds(scenario.thresholds, metricSource(parts));
  const trust = checkTrust({
    scenario,
    asked: totals.asked,
    sent: totals.sent,
    dropped: totals.dropped,
    latenessP99Ms: totals.lateness.percentileUs(99) / 1000,
    utilisation: totals.generatorUtilisation,
    thresholds,
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
    verdict: parts.ending?.verdict ?? judge(thresholds, trust, integrity),
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
