import type { ExperimentRun, ResourceUse } from '../../../shared/experiment/experiment';
import { comparablePercentiles } from '../../../shared/run/adjusted';
import type { RunDocument } from '../../../shared/run/document';
import { successRateOf } from '../../../shared/run/metrics';
import { meanOfKnown } from '../../../shared/statistics/meanOfKnown';
import { decodeHdr } from '../../hdr/hdrCodec';

/**
 * Why a run can't be trusted. Percentiles with few samples are no reason, because the spread over the runs shows them.
 */
function distrustOf({ trust, integrity }: RunDocument): string | null {
  if (integrity.violations > 0 || (integrity.lostWrites ?? 0) > 0) return 'Responses were wrong or writes were lost.';
  return trust.find(({ check, ok }) => !ok && check !== 'samples')?.message ?? null;
}

/** The resources that a run used. An external target reports none. */
function resourcesOf({ intervals, metrics, target }: RunDocument): ResourceUse | undefined {
  if (target.kind === 'url') return undefined;
  const known = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);
  const memory = known(intervals.map(({ targetRssMb }) => targetRssMb));
  const written = known(intervals.map(({ targetWrittenMb }) => targetWrittenMb));
  const writtenKb = written.reduce((sum, value) => sum + value, 0) * 1_024;
  return {
    cores: meanOfKnown(intervals.map(({ targetCpu }) => targetCpu)),
    memoryMb: memory.length > 0 ? Math.max(...memory) : null,
    writtenKbPerRequest: written.length > 0 && metrics.http_reqs.count > 0 ? writtenKb / metrics.http_reqs.count : null,
  };
}

/**
 * Thresholds whose value is out of bounds. Percentiles with few samples count by their value. A relative limit that
 * noise alone can exceed is not a miss, nor is one without a baseline.
 */
function missedOf({ thresholds }: RunDocument): string[] {
  return thresholds.flatMap(({ ok, value, metric, expression, baseline }) =>
    ok || value === null || baseline?.isSure === false ? [] : [`${metric} ${expression}`],
  );
}

/** What an experiment saves of a run: its metrics, and why it can't be trusted. */
export function toExperimentRun(document: RunDocument, block: number, variant: number): ExperimentRun {
  const { http_reqs, http_req_failed: failed, http_req_duration: response } = document.metrics;
  const { p50, p95, p99 } = comparablePercentiles(document.metrics, decodeHdr(document.histograms.http_req_duration));
  const { attribution } = document;
  return {
    block,
    variant,
    runId: document.id,
    verdict: document.verdict,
    distrust: distrustOf(document),
    values: {
      throughput: successRateOf(document.metrics),
      p50: response.p50,
      p95: response.p95,
      p99: response.p99,
    },
    failures: { count: failed.count, of: http_reqs.count },
    ...(http_reqs.count > 0 ? { adjusted: { p50, p95, p99 } } : {}),
    missed: missedOf(document),
    resources: resourcesOf(document),
    time: attribution && {
      sentence: attribution.causes[0]?.sentence ?? attribution.sentence,
      median: attribution.all.median,
      slowest_5: attribution.all.slowest_5,
    },
  };
}
