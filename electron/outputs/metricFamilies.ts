import type { RequestPhase } from '../../shared/run/metrics';
import { statusOf } from '../../shared/run/verdict';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { type Exemplar, exemplarsByOperation } from './exemplars';
import type { OutputTotals } from './outputTotals';

/** Label names are those of Prometheus. OpenTelemetry has its own names for them (otlp/otlpMetrics.ts). */
export type Labels = Readonly<Record<string, string>>;

/** A figure with its labels. */
export interface NumberPoint {
  labels: Labels;
  value: number;
}

/** A distribution of latencies in microseconds with its labels. */
export interface HistogramPoint {
  labels: Labels;
  histogram: LatencyHistogram;
  exemplars?: readonly Exemplar[] | undefined;
}

interface FamilyNames {
  /** The name in Prometheus without the prefix: k6's name for the same thing where k6 has one, with the unit last. */
  name: string;
  /**
   * The name in OpenTelemetry: that of the semantic conventions if they have one. Undefined leaves the metric out
   * there.
   */
  otelName?: string;
  /** The unit in OpenTelemetry, in UCUM notation. */
  unit: string;
  help: string;
}

/** A metric with all of its points. `up-down` is a count that can also fall. */
export type MetricFamily = FamilyNames &
  (
    | { kind: 'counter' | 'gauge' | 'up-down'; points: readonly NumberPoint[] }
    | { kind: 'histogram'; points: readonly HistogramPoint[] }
  );

/** The labels that are not empty. */
function labelled(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''));
}

function one(value: number | null): NumberPoint[] {
  return value === null ? [] : [{ labels: {}, value }];
}

/**
 * The labels of a point about an operation or a journey. In a run with several scenarios, its scenario is one of them,
 * because `scenario` is the label of the scenario file.
 */
function placed(totals: OutputTotals, labels: Labels): Labels {
  return labelled({ ...labels, load_scenario: totals.scenarioOf(labels) });
}

function histogramPoints(
  totals: OutputTotals,
  label: 'operation' | 'journey',
  histograms: ReadonlyMap<string, LatencyHistogram>,
  exemplars: ReadonlyMap<string, readonly Exemplar[]> = new Map(),
): HistogramPoint[] {
  return [...histograms].map(([name, histogram]) => ({
    labels: placed(totals, { [label]: name }),
    histogram,
    exemplars: exemplars.get(name),
  }));
}

function dropped({ droppedIterations, droppedByScenario }: OutputTotals): NumberPoint[] {
  if (droppedByScenario.size === 0) return one(droppedIterations);
  return [...droppedByScenario].map(([name, value]) => ({ labels: { load_scenario: name }, value }));
}

function merged(histograms: Iterable<LatencyHistogram>): LatencyHistogram {
  const all = new LatencyHistogram();
  for (const histogram of histograms) all.merge(histogram);
  return all;
}

function requests(totals: OutputTotals): MetricFamily[] {
  const { responses, failures } = totals;
  const operations = [...new Set([...responses.keys(), ...failures.firstNames])];
  const points = operations.map((operation) => ({
    labels: placed(totals, { operation }),
    value: (responses.get(operation)?.count ?? 0) + failures.sumOf(operation),
  }));
  const count = points.reduce((sum, { value }) => sum + value, 0);
  const failed = failures.entries().reduce((sum, [, , of]) => sum + of, 0);
  return [
    {
      kind: 'counter',
      name: 'http_reqs_total',
      otelName: 'proofload.requests',
      unit: '{request}',
      help: 'Requests that ended, failed ones included.',
      points,
    },
    {
      kind: 'counter',
      name: 'http_req_failures_total',
      otelName: 'proofload.request.failures',
      unit: '{request}',
      help: 'Failed requests by kind.',
      points: failures
        .entries()
        .map(([operation, error, value]) => ({ labels: placed(totals, { operation, error }), value })),
    },
    {
      kind: 'gauge',
      name: 'http_req_failed_rate',
      unit: '1',
      help: 'Share of requests that failed, 0 to 1.',
      points: one(count > 0 ? failed / count : null),
    },
  ];
}

function latencies(totals: OutputTotals): MetricFamily[] {
  const { responses, lateness, phases } = totals;
  const all = merged(responses.values());
  const percentiles = ([50, 95, 99] as const).map(
    (percentile): MetricFamily => ({
      kind: 'gauge',
      name: `http_req_duration_p${percentile}`,
      unit: 's',
      help: `P${percentile} of the response time of successful requests, in seconds.`,
      points: one(all.count > 0 ? all.percentileUs(percentile) / 1e6 : null),
    }),
  );
  const phase = ([name, histogram]: [RequestPhase, LatencyHistogram]): MetricFamily => ({
    kind: 'histogram',
    name: `${name}_seconds`,
    otelName: `proofload.${name}`,
    unit: 's',
    help: 'A part of the response time of successful requests.',
    points: [{ labels: {}, histogram }],
  });
  return [
    {
      kind: 'histogram',
      name: 'http_req_duration_seconds',
      otelName: 'http.client.request.duration',
      unit: 's',
      help: 'Response time of successful requests, from the intended send to the last byte.',
      points: histogramPoints(totals, 'operation', responses, exemplarsByOperation(totals)),
    },
    ...percentiles,
    ...[...phases].map(phase),
    {
      kind: 'histogram',
      name: 'send_lateness_seconds',
      otelName: 'proofload.send_lateness',
      unit: 's',
      help: 'How much later than intended an open model sent requests.',
      points: lateness.count > 0 ? [{ labels: {}, histogram: lateness }] : [],
    },
  ];
}

function counter(name: string, unit: string, help: string, points: readonly NumberPoint[]): MetricFamily {
  return { kind: 'counter', name: `${name}_total`, otelName: `proofload.${name}`, unit, help, points };
}

function load(totals: OutputTotals): MetricFamily[] {
  const { users, inFlight, generatorUtilisation } = totals;
  return [
    {
      kind: 'up-down',
      name: 'vus',
      otelName: 'proofload.vus',
      unit: '{user}',
      help: 'Virtual users in a closed model.',
      points: one(users),
    },
    {
      kind: 'up-down',
      name: 'http_reqs_in_flight',
      otelName: 'http.client.active_requests',
      unit: '{request}',
      help: 'Requests in flight.',
      points: one(inFlight),
    },
    counter('dropped_iterations', '{iteration}', 'Iterations that could not be sent.', dropped(totals)),
    counter('connections_opened', '{connection}', 'Connections opened.', one(totals.connectionsOpened)),
    counter('connections_lost', '{connection}', 'Connections that broke under a request.', one(totals.connectionsLost)),
    counter('reconnects', '{request}', 'Requests sent again over a fresh connection.', one(totals.reconnects)),
    counter('cache_lookups', '{request}', 'Responses that said whether a cache was hit.', one(totals.cacheLookups)),
    counter('cache_hits', '{request}', 'Responses that came from a cache.', one(totals.cacheHits)),
    {
      kind: 'gauge',
      name: 'generator_utilization_ratio',
      otelName: 'proofload.generator.utilization',
      unit: '1',
      help: 'Share of a core that the generator uses, 0 to 1.',
      points: one(generatorUtilisation),
    },
  ];
}

function journeys(totals: OutputTotals): MetricFamily[] {
  const { iterations, iterationDurations, passedChecks, failedChecks, data } = totals;
  const checks = [
    ...passedChecks.entries().map((entry) => [...entry, 'passed'] as const),
    ...failedChecks.entries().map((entry) => [...entry, 'failed'] as const),
  ];
  const bytes = (direction: string): NumberPoint[] =>
    data
      .entries()
      .flatMap(([operation, way, value]) =>
        way === direction ? [{ labels: placed(totals, { operation }), value }] : [],
      );
  return [
    counter(
      'iterations',
      '{iteration}',
      'Iterations by journey and how they ended.',
      iterations
        .entries()
        .map(([journey, outcome, value]) => ({ labels: placed(totals, { journey, outcome }), value })),
    ),
    {
      kind: 'histogram',
      name: 'iteration_duration_seconds',
      otelName: 'proofload.iteration_duration',
      unit: 's',
      help: 'Duration of iterations in which nothing failed, think times included.',
      points: histogramPoints(totals, 'journey', iterationDurations),
    },
    counter(
      'checks',
      '{check}',
      'Checks of responses.',
      checks.map(([operation, check, value, result]) => ({
        labels: placed(totals, { operation, check, result }),
        value,
      })),
    ),
    counter('data_sent', 'By', 'Bytes sent by operation, heads included.', bytes('sent')),
    counter('data_received', 'By', 'Bytes received by operation, heads included.', bytes('received')),
  ];
}

/** The metrics that are known only at the end of a run: its verdict, thresholds and trust checks. */
function outcome({ document }: OutputTotals): MetricFamily[] {
  if (!document) return [];
  const state = (name: string, help: string, points: readonly NumberPoint[]): MetricFamily => {
    return { kind: 'gauge', name, otelName: `proofload.${name}`, unit: '1', help, points };
  };
  return [
    state('run_verdict', '1 for the verdict of the run.', [{ labels: { verdict: document.verdict }, value: 1 }]),
    state(
      'threshold_status',
      '1 for the status of a threshold.',
      document.thresholds.map((threshold) => ({
        labels: { metric: threshold.metric, expression: threshold.expression, status: statusOf(threshold) },
        value: 1,
      })),
    ),
    state(
      'trust_check_ok',
      'Whether a trust check leaves the run its verdict: 1 or 0.',
      document.trust.map(({ check, ok }) => ({ labels: { check }, value: ok ? 1 : 0 })),
    ),
    state(
      'trust_check_value',
      'What a trust check found, in its own unit.',
      document.trust.map(({ check, value, unit }) => ({ labels: labelled({ check, unit }), value })),
    ),
  ];
}

/** All metrics of a run so far that have at least one point. */
export function metricFamilies(totals: OutputTotals): MetricFamily[] {
  const all = [requests, latencies, load, journeys, outcome].flatMap((of) => of(totals));
  return all.filter(({ points }) => points.length > 0);
}
