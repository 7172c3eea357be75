import type { ExperimentMetric } from './experiment';

/** Computes a value for each metric. */
export function byMetric(of: (metric: ExperimentMetric) => number): Record<ExperimentMetric, number> {
  return { throughput: of('throughput'), p50: of('p50'), p95: of('p95'), p99: of('p99') };
}
