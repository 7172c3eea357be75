import type { Result } from '../errors/appError';

/** What a metric is, as in k6: it decides which aggregations a threshold may use. */
export type MetricKind = 'trend' | 'rate' | 'counter';

/** The metrics that thresholds may name. Trends are in milliseconds, rates are fractions. */
export const metricKinds = {
  http_req_duration: 'trend',
  http_req_service: 'trend',
  send_lateness: 'trend',
  http_req_failed: 'rate',
  cache_hit: 'rate',
  integrity: 'rate',
  http_reqs: 'counter',
  dropped_iterations: 'counter',
} as const satisfies Record<string, MetricKind>;

export type MetricName = keyof typeof metricKinds;

export type Aggregation =
  | { kind: 'avg' | 'min' | 'max' | 'count' | 'rate' }
  | { kind: 'percentile'; percentile: number };

const operators = ['<=', '>=', '==', '!=', '<', '>'] as const;
export type Operator = (typeof operators)[number];

/** A parsed threshold: `metric{operation:name}` with `aggregation operator limit`. */
export interface Threshold {
  metric: MetricName;
  /** The operation of a sub-metric such as `http_req_duration{operation:read}`. */
  operation: string | undefined;
  expression: string;
  aggregation: Aggregation;
  operator: Operator;
  limit: number;
}

const aggregationsOf: Record<MetricKind, readonly string[]> = {
  trend: ['avg', 'min', 'max', 'med', 'p(N)'],
  rate: ['rate'],
  counter: ['count', 'rate'],
};

const metricPattern = /^([a-z_]+)(?:\{operation:([a-z]+)\})?$/;
const expressionPattern =
  /^\s*(avg|min|max|med|count|rate|p\(\s*(\d+(?:\.\d+)?)\s*\))\s*(<=|>=|===|==|!=|<|>)\s*(-?\d+(?:\.\d+)?)\s*$/;

function invalid(message: string, hint: string): Result<Threshold> {
  return { ok: false, error: { code: 'usage', message, hint } };
}

function isMetricName(name: string): name is MetricName {
  return Object.hasOwn(metricKinds, name);
}

function aggregationOf(name: string, percentile: string | undefined): Aggregation {
  if (percentile !== undefined) return { kind: 'percentile', percentile: Number(percentile) };
  switch (name) {
    case 'med':
      return { kind: 'percentile', percentile: 50 };
    case 'avg':
    case 'min':
    case 'max':
    case 'count':
      return { kind: name };
    default:
      return { kind: 'rate' };
  }
}

/**
 * Parses one threshold in k6's grammar (k6 2.2, thresholds_parser.go): `aggregation operator number`, with the
 * aggregations of the metric's kind. Sub-metrics are those by operation.
 */
export function parseThreshold(metric: string, expression: string): Result<Threshold> {
  const [, name = '', operation] = metricPattern.exec(metric) ?? [];
  if (!isMetricName(name)) {
    return invalid(`there is no metric ${metric}`, `the metrics are ${Object.keys(metricKinds).join(', ')}`);
  }
  const kind: MetricKind = metricKinds[name];
  if (operation !== undefined && name !== 'http_req_duration') {
    return invalid(`${name} is not kept per operation`, 'only http_req_duration{operation:...} is');
  }
  const [, aggregationText, percentile, operator, limit] = expressionPattern.exec(expression) ?? [];
  const allowed = aggregationsOf[kind];
  if (aggregationText === undefined || operator === undefined) {
    return invalid(
      `"${expression}" is not a threshold`,
      `write it as ${allowed.join(' | ')}, an operator (${operators.join(' ')}) and a number, such as p(95)<50`,
    );
  }
  if (!allowed.includes(percentile === undefined ? aggregationText : 'p(N)')) {
    return invalid(`${name} is a ${kind} and has no ${aggregationText}`, `use one of ${allowed.join(', ')}`);
  }
  if (percentile !== undefined && Number(percentile) > 100) {
    return invalid(`p(${percentile}) is not a percentile`, 'use a number from 0 to 100');
  }
  return {
    ok: true,
    value: {
      metric: name,
      operation,
      expression: expression.trim(),
      aggregation: aggregationOf(aggregationText, percentile),
      operator: operators.find((candidate) => candidate === operator) ?? '==',
      limit: Number(limit),
    },
  };
}

/** Parses a threshold as the command line takes it: `http_req_duration:p(95)<50`. */
export function splitThresholdOption(text: string): readonly [metric: string, expression: string] | undefined {
  const match = /^([a-z_]+(?:\{[^}]*\})?):(.+)$/.exec(text);
  return match?.[1] !== undefined && match[2] !== undefined ? [match[1], match[2]] : undefined;
}
