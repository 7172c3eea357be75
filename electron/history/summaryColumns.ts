import { type ImportedResult, toolNames } from '../../shared/interchange/importedResult';
import { machineKey } from '../../shared/run/calibration';
import type { RunDocument } from '../../shared/run/document';
import type { RunDescription } from '../../shared/run/events';
import { targetLabel } from '../../shared/run/target';
import { parseThreshold } from '../../shared/thresholds/parse';

/**
 * Returns the highest P95 of all requests that their thresholds leave possible, P95 itself when no threshold bounds it,
 * and null when nothing does.
 */
function p95HighOf({ thresholds, metrics }: RunDocument): number | null {
  const { count, p95 } = metrics.http_req_duration;
  if (count === 0) return null;
  const highs = thresholds.flatMap(({ metric, expression, value, high }) => {
    const parsed = parseThreshold(metric, expression);
    if (value === null || high === undefined || !parsed.ok) return [];
    const { aggregation, secondsHeld } = parsed.value;
    const isP95 = aggregation.kind === 'percentile' && aggregation.percentile === 95 && !secondsHeld;
    return metric === 'http_req_duration' && isP95 ? [high] : [];
  });
  return highs.includes(null) ? null : Math.max(p95, ...highs.map(Number));
}

/** Returns the columns with the figures of a run; null where nothing was measured. */
export function figureColumns(document: RunDocument) {
  const { metrics, target, backend, verdict } = document;
  const { http_req_duration: response, cache_hit: hits } = metrics;
  const latency = (ms: number): number | null => (response.count > 0 ? ms : null);
  return {
    verdict,
    target: targetLabel(target, backend),
    rate: metrics.http_reqs.rate,
    p50Ms: latency(response.p50),
    p95Ms: latency(response.p95),
    p95HighMs: p95HighOf(document),
    p99Ms: latency(response.p99),
    p99_9Ms: latency(response.p99_9),
    failedRate: metrics.http_req_failed.rate,
    cacheHitRate: hits.count > 0 ? hits.rate : null,
  };
}

/** Returns the columns that are known when a run starts. SQLite has no booleans. */
export function descriptionColumns(run: Omit<RunDescription, 'calibration'>) {
  return {
    id: run.id,
    startedAt: run.startedAt,
    scenarioId: run.scenario.id,
    scenarioName: run.scenario.name,
    target: targetLabel(run.target),
    machine: machineKey(run.environment),
    isShortened: run.shortened ? 1 : 0,
    isOverridden: run.overridden ? 1 : 0,
    wasGateShut: run.gate?.open === false ? 1 : 0,
  };
}

/** Returns the columns of a result of another tool. */
export function resultColumns({ id, importedAt, startedAt, tool, subject, file, metrics }: ImportedResult) {
  const { percentiles } = metrics.http_req_duration;
  return {
    id,
    startedAt: startedAt ?? importedAt,
    scenarioId: `imported-${tool}`,
    scenarioName: `Imported from ${toolNames[tool]}`,
    name: (subject ?? file).slice(0, 200),
    target: toolNames[tool],
    machine: '',
    isShortened: 0,
    isOverridden: 0,
    wasGateShut: 0,
    verdict: 'imported',
    rate: metrics.http_reqs.rate,
    p50Ms: percentiles['50'] ?? null,
    p95Ms: percentiles['95'] ?? null,
    p95HighMs: null,
    p99Ms: percentiles['99'] ?? null,
    p99_9Ms: percentiles['99.9'] ?? null,
    failedRate: metrics.http_req_failed?.rate ?? null,
    cacheHitRate: null,
  };
}
