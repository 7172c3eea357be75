import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { metricFamilies } from '../metricFamilies';
import { type MetricStyle, resourceMetrics } from '../otelMetrics';
import type { OutputTotals } from '../outputTotals';

/** The prefix of all names, like `k6_` in k6. */
const prefix = 'proofload';

/** The media type of what {@link prometheusText} returns. */
export const prometheusMediaType = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * The metrics of a run in the text format of Prometheus (exposition formats, version 0.0.4). Every point has the labels
 * `run` and `scenario`, so that a dashboard can tell runs apart. Histograms are classic, because the text format has no
 * other kind.
 */
export function prometheusText(totals: OutputTotals): string {
  const { id, scenario, startedAt, environment } = totals.run;
  const common = { run: id, scenario: scenario.id };
  const style: MetricStyle = {
    nameOf: ({ name }) => name,
    // The unit is part of the name.
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
