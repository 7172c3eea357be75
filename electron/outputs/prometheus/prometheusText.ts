import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { metricFamilies } from '../metricFamilies';
import { type MetricStyle, resourceMetrics } from '../otelMetrics';
import type { OutputTotals } from '../outputTotals';

/** What all names begin with, as those of k6 do with `k6_`. */
const prefix = 'proofload';

/** The media type of what {@link prometheusText} returns. */
export const prometheusMediaType = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * The metrics of a run in the text format of Prometheus (exposition formats, version 0.0.4). Every point has the labels
 * `run` and `scenario`, so that a dashboard tells runs apart. Histograms are classic ones: the text format has no other.
 */
export function prometheusText(totals: OutputTotals): string {
  const { id, scenario, startedAt, environment } = totals.run;
  const common = { run: id, scenario: scenario.id };
  const style: MetricStyle = {
    nameOf: ({ name }) => name,
    // A unit stands in the name.
    unitOf: () => '',
    attributesOf: (labels) => ({ ...common, ...labels }),
    histograms: 'classic',
  };
  const startMs = Date.parse(startedAt);
  const metrics = resourceMetrics(
    metricFamilies(totals),
    style,
    { startMs, endMs: startMs },
    { version: environment.proofload, attributes: {} },
  );
  const [withTimestamps, withoutTargetInfo, withoutScopeInfo] = [false, true, true];
  return new PrometheusSerializer(prefix, withTimestamps, undefined, withoutTargetInfo, withoutScopeInfo).serialize(
    metrics,
  );
}
