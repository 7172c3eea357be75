import type { Attributes } from '@opentelemetry/api';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { ATTR_ERROR_TYPE, ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import { targetLabel } from '../../../shared/run/target';
import { type Labels, metricFamilies } from '../metricFamilies';
import { type MetricStyle, resourceMetrics } from '../otelMetrics';
import type { OutputTotals } from '../outputTotals';
import { requestAttributes } from '../requestAttributes';

/**
 * The name of an attribute: that of the semantic conventions if they have one, otherwise one in Proofload's own
 * namespace.
 */
function attributeName(label: string): string {
  return label === 'error' ? ATTR_ERROR_TYPE : `proofload.${label}`;
}

/** Metrics about the requests of an operation. Their attributes say where the requests went. */
const aboutRequests: ReadonlySet<string> = new Set([
  'http.client.request.duration',
  'proofload.requests',
  'proofload.request.failures',
]);

/**
 * The metrics of a run so far, for OTLP. Histograms are exponential. The run and its scenario are resource attributes.
 */
export function otlpMetrics(totals: OutputTotals, nowMs: number): ResourceMetrics {
  const { id, scenario, target, startedAt, environment } = totals.run;
  const attributesOfRequest = requestAttributes(totals.run);
  const ownAttributes = (labels: Labels): Attributes =>
    Object.fromEntries(Object.entries(labels).map(([label, value]) => [attributeName(label), value]));
  const style: MetricStyle = {
    nameOf: ({ otelName }) => otelName,
    unitOf: ({ unit }) => unit,
    attributesOf: (labels, { otelName = '' }) => ({
      ...(aboutRequests.has(otelName) ? attributesOfRequest(labels.operation ?? '') : {}),
      ...ownAttributes(labels),
    }),
    histograms: 'exponential',
  };
  const startMs = Date.parse(startedAt);
  return resourceMetrics(
    metricFamilies(totals),
    style,
    { startMs, endMs: Math.max(startMs, nowMs) },
    {
      version: environment.proofload,
      attributes: {
        [ATTR_SERVICE_NAME]: 'proofload',
        [ATTR_SERVICE_VERSION]: environment.proofload,
        'proofload.run.id': id,
        'proofload.scenario': scenario.id,
        'proofload.target': targetLabel(target),
      },
    },
  );
}
