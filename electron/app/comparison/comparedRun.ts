import type { ComparedRun } from '../../../shared/comparison/comparison';
import { BinCounts, percentilePoints } from '../../../shared/comparison/distribution';
import { latencyOfRun } from '../../../shared/comparison/guard';
import { folded, pointsOfResult, pointsOfRun } from '../../../shared/comparison/timeline';
import type { ExperimentMetric } from '../../../shared/experiment/experiment';
import type { ImportedResult } from '../../../shared/interchange/importedResult';
import type { StoredRun } from '../../../shared/interchange/storedRun';
import { comparablePercentiles } from '../../../shared/run/adjusted';
import type { RunDocument } from '../../../shared/run/document';
import { successRateOf } from '../../../shared/run/metrics';
import type { RunSummary } from '../../../shared/run/summary';
import { targetLabel } from '../../../shared/run/target';
import { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { samplesNeeded } from '../../../shared/statistics/latencySummary';
import { decodeHdr } from '../../hdr/hdrCodec';

/** A run with its distribution of response times. */
export interface LoadedRun {
  summary: Pick<RunSummary, 'id' | 'startedAt' | 'verdict' | 'scenarioName' | 'target' | 'name'>;
  stored: StoredRun;
  /** Empty when the run has no distribution. */
  histogram: LatencyHistogram;
}

/** A run from the history with its distribution. */
export function loaded(summary: LoadedRun['summary'], stored: StoredRun): LoadedRun {
  const text = stored.kind === 'run' ? stored.document.histograms.http_req_duration : stored.result.histogram;
  return { summary, stored, histogram: text === null ? new LatencyHistogram() : decodeHdr(text) };
}

/** A run from its document, which need not be in the history. */
export function loadedDocument(document: RunDocument): LoadedRun {
  const { id, startedAt, verdict, scenario, target, backend } = document;
  const summary = {
    id,
    startedAt,
    verdict,
    scenarioName: scenario.name,
    target: targetLabel(target, backend),
    name: null,
  };
  return loaded(summary, { kind: 'run', document });
}

type Measured = Pick<
  ComparedRun,
  'count' | 'failures' | 'figures' | 'judged' | 'mean' | 'max' | 'failedRate' | 'cacheHitRate' | 'timeline'
>;

function figuresOf(
  rate: number | null,
  percentile: (rank: 50 | 95 | 99) => number | null,
): Record<ExperimentMetric, number | null> {
  return { throughput: rate, p50: percentile(50), p95: percentile(95), p99: percentile(99) };
}

function measuredByUs(document: RunDocument, successes: LatencyHistogram): Measured {
  const { metrics } = document;
  const { http_req_duration: response, http_reqs, http_req_failed, cache_hit } = metrics;
  const some = response.count > 0;
  const values = { 50: response.p50, 95: response.p95, 99: response.p99 } as const;
  const { count } = http_req_failed;
  const { p50, p95, p99 } = comparablePercentiles(metrics, successes);
  const adjusted = { 50: p50, 95: p95, 99: p99 } as const;
  const known = (of: Record<50 | 95 | 99, number | null>, answers: number): Measured['figures'] =>
    figuresOf(successRateOf(metrics), (rank) => (answers >= samplesNeeded(rank) ? of[rank] : null));
  return {
    count: http_reqs.count,
    failures: { count, of: http_reqs.count },
    figures: known(values, response.count),
    judged: known(adjusted, response.count + count),
    mean: some ? response.mean : null,
    max: some ? response.max : null,
    failedRate: http_req_failed.rate,
    cacheHitRate: cache_hit.count > 0 ? cache_hit.rate : null,
    timeline: folded(pointsOfRun(document)),
  };
}

function measuredByOthers({ metrics, intervals }: ImportedResult): Measured {
  const { http_req_duration: latency, http_reqs, http_req_failed } = metrics;
  const failed = http_req_failed ?? { count: 0, rate: 0 };
  const figures = figuresOf(
    http_reqs.rate === null ? null : http_reqs.rate * (1 - failed.rate),
    (rank) => latency.percentiles[rank] ?? null,
  );
  return {
    count: http_reqs.count,
    failures: http_req_failed ? { count: http_req_failed.count, of: http_reqs.count } : null,
    figures,
    judged: figures,
    mean: latency.mean,
    max: latency.max,
    failedRate: http_req_failed?.rate ?? null,
    cacheHitRate: null,
    timeline: folded(pointsOfResult(intervals)),
  };
}

function distributionOf({ stored, histogram }: LoadedRun): ComparedRun['distribution'] {
  if (histogram.count > 0) return percentilePoints(histogram);
  if (stored.kind === 'run') return [];
  return Object.entries(stored.result.metrics.http_req_duration.percentiles)
    .map(([percentile, ms]) => [Number(percentile), ms] as const)
    .filter(([percentile]) => percentile < 100)
    .sort(([a], [b]) => a - b);
}

/** A run in the form in which runs are compared, with its share of requests in each bin. */
export function comparedRun(run: LoadedRun, binsMs: readonly number[]): Omit<ComparedRun, 'heatmap'> {
  const { summary, stored, histogram } = run;
  const bins = new BinCounts(binsMs);
  histogram.forEachBucket((valueUs, count) => bins.add(valueUs / 1_000, count));
  return {
    id: summary.id,
    name: summary.name ?? `${summary.scenarioName} on ${summary.target}`,
    state: summary.verdict ?? 'interrupted',
    startedAt: summary.startedAt,
    origin: stored.kind === 'result' ? stored.result.tool : null,
    scenario: summary.scenarioName,
    target: summary.target,
    latency: latencyOfRun(stored),
    ...(stored.kind === 'run' ? measuredByUs(stored.document, histogram) : measuredByOthers(stored.result)),
    distribution: distributionOf(run),
    shares: histogram.count > 0 ? bins.shares() : null,
  };
}
