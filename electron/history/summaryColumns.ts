import { type ImportedResult, toolNames } from '../../shared/interchange/importedResult';
import { machineKey } from '../../shared/run/calibration';
import type { RunDocument } from '../../shared/run/document';
import type { RunDescription } from '../../shared/run/events';
import { targetLabel } from '../../shared/run/target';

/** The columns of a run's row that hold its figures: null where nothing was measured. */
export function figureColumns({ metrics, target, backend, verdict }: RunDocument) {
  const { http_req_duration: response, cache_hit: hits } = metrics;
  const latency = (ms: number): number | null => (response.count > 0 ? ms : null);
  return {
    verdict,
    target: targetLabel(target, backend),
    rate: metrics.http_reqs.rate,
    p50Ms: latency(response.p50),
    p95Ms: latency(response.p95),
    p99Ms: latency(response.p99),
    p99_9Ms: latency(response.p99_9),
    failedRate: metrics.http_req_failed.rate,
    cacheHitRate: hits.count > 0 ? hits.rate : null,
  };
}

/** The columns that are known when a run begins. */
export function descriptionColumns(run: RunDescription) {
  return {
    id: run.id,
    startedAt: run.startedAt,
    scenarioId: run.scenario.id,
    scenarioName: run.scenario.name,
    target: targetLabel(run.target),
    machine: machineKey(run.environment),
  };
}

/** The row of another tool's result. */
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
    verdict: 'imported',
    rate: metrics.http_reqs.rate,
    p50Ms: percentiles['50'] ?? null,
    p95Ms: percentiles['95'] ?? null,
    p99Ms: percentiles['99'] ?? null,
    p99_9Ms: percentiles['99.9'] ?? null,
    failedRate: metrics.http_req_failed?.rate ?? null,
    cacheHitRate: null,
  };
}
