import type { Result } from '../errors/appError';

/** The type of a metric, as in k6. It determines which aggregations a threshold can use. */
export type MetricKind = 'trend' | 'rate' | 'counter' | 'gauge';

/** The metrics that thresholds can use. Trends are in milliseconds, rates are fractions, memory is in MB. */
export const metricKinds = {
  http_req_duration: 'trend',
  http_req_service: 'trend',
  http_req_blocked: 'trend',
  http_req_looking_up: 'trend',
  http_req_connecting: 'trend',
  http_req_tls_handshaking: 'trend',
  http_req_waiting: 'trend',
  http_req_receiving: 'trend',
  send_lateness: 'trend',
  iteration_duration: 'trend',
  http_req_failed: 'rate',
  checks: 'rate',
  cache_hit: 'rate',
  integrity: 'rate',
  http_reqs: 'counter',
  iterations: 'counter',
  dropped_iterations: 'counter',
  target_memory: 'gauge',
} as const satisfies Record<string, MetricKind>;

export type MetricName = keyof typeof metricKinds;

export type Aggregation =
  | { kind: 'avg' | 'min' | 'max' | 'count' | 'rate' }
  | { kind: 'percentile'; percentile: number }
  /** The share by which a gauge, or a percentile of a trend, grew over the run. */
  | { kind: 'growth'; percentile: number | undefined };

const operators = ['<=', '>=', '==', '!=', '<', '>'] as const;
export type Operator = (typeof operators)[number];

/** A comparison of a measured value. */
export interface Bound {
  operator: Operator;
  limit: number;
}

/**
 * The part of a metric that a sub-metric covers: an operation, a stage of a ramp by its number from 0, or a step, a
 * journey, a check or one of several scenarios by name.
 */
export interface SubMetric {
  operation: string | undefined;
  stage: string | undefined;
  step?: string | undefined;
  journey?: string | undefined;
  check?: string | undefined;
  scenario?: string | undefined;
}

/** A parsed threshold: `metric{operation:name}`, `metric{stage:0}`, ... with `aggregation operator limit`. */
export interface Threshold extends SubMetric, Bound {
  metric: MetricName;
  expression: string;
  aggregation: Aggregation;
  /** Whether the limit is a factor of the baseline's value, as in `p(95) <= baseline * 1.05`. */
  isRelative: boolean;
  /** For `seconds(p(95)<50)>=0.95`: the share of seconds of the run in which the bound must hold. */
  secondsHeld: Bound | undefined;
}

const aggregationsOf: Record<MetricKind, readonly string[]> = {
  trend: ['avg', 'min', 'max', 'med', 'p(N)', 'growth(p(N))'],
  rate: ['rate'],
  counter: ['count', 'rate'],
  gauge: ['growth'],
};

const metricPattern = /^([a-z_]+)(?:\{(?:(operation|step|journey|check|scenario):([^{}]+)|stage:(\d+))\})?$/;
const expressionPattern =
  /^\s*(avg|min|max|med|count|rate|p\(\s*(\d+(?:\.\d+)?)\s*\)|growth(?:\(\s*p\(\s*(\d+(?:\.\d+)?)\s*\)\s*\))?)\s*(<=|>=|===|==|!=|<|>)\s*(?:(-?\d+(?:\.\d+)?)|(baseline)(?:\s*\*\s*(\d+(?:\.\d+)?))?)\s*$/;
const secondsPattern = /^\s*seconds\((.+)\)\s*(<=|>=|===|==|!=|<|>)\s*(\d+(?:\.\d+)?)\s*$/;
/** Metrics that are recorded per operation, per stage or per second, and those whose growth over the run is known. */
const byOperation: ReadonlySet<MetricName> = new Set(['http_req_duration', 'http_req_failed']);
const byStage: ReadonlySet<MetricName> = new Set(['http_req_duration', 'http_req_failed']);
const byStep: ReadonlySet<MetricName> = new Set([...byOperation, 'checks']);
const byJourney: ReadonlySet<MetricName> = new Set([...byStep, 'iteration_duration', 'iterations']);
const byScenario: ReadonlySet<MetricName> = new Set([...byJourney, 'dropped_iterations']);
const byCheck: ReadonlySet<MetricName> = new Set(['checks']);
/** Metrics that a baseline does not have. */
const ofJourneys: ReadonlySet<MetricName> = new Set(['iteration_duration', 'iterations', 'checks']);
const bySecond: ReadonlySet<MetricName> = new Set(['http_req_duration', 'http_req_failed', 'http_reqs']);
const byTime: ReadonlySet<MetricName> = new Set(['http_req_duration', 'target_memory']);

function invalid(message: string, hint: string): Result<Threshold> {
  return { ok: false, error: { code: 'usage', message, hint } };
}

function isMetricName(name: string): name is MetricName {
  return Object.hasOwn(metricKinds, name);
}

function aggregationOf(name: string, percentile: string | undefined, growing: string | undefined): Aggregation {
  if (name.startsWith('growth'))
    return { kind: 'growth', percentile: growing === undefined ? undefined : Number(growing) };
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

function operatorOf(text: string | undefined): Operator {
  return operators.find((candidate) => candidate === text) ?? '==';
}

/** What a threshold needs of a metric, in addition to its value over the whole run. */
interface Asked extends SubMetric {
  perSecond: boolean;
  /** The growth over the run. */
  growth: boolean;
  /** The relation to a baseline. */
  relative: boolean;
}

/** Describes why a metric does not offer what a threshold needs; undefined when it does. */
function unavailable(
  name: MetricName,
  { operation, stage, step, journey, check, scenario, perSecond, growth, relative }: Asked,
): Result<Threshold> | undefined {
  const kept = (names: ReadonlySet<MetricName>): string => `only ${[...names].join(', ')} is`;
  const parts = [
    ['operation', operation, byOperation],
    ['stage', stage, byStage],
    ['step', step, byStep],
    ['journey', journey, byJourney],
    ['scenario', scenario, byScenario],
    ['check', check, byCheck],
  ] as const;
  const unkept = parts.find(([, part, names]) => part !== undefined && !names.has(name));
  if (unkept) return invalid(`${name} is not kept per ${unkept[0]}`, kept(unkept[2]));
  if (relative && (ofJourneys.has(name) || (step ?? journey ?? scenario) !== undefined))
    return invalid(
      'what steps, journeys and scenarios had in the baseline is not known',
      'write a limit, or compare an operation with the baseline',
    );
  if (perSecond && (stage !== undefined || !bySecond.has(name)))
    return invalid(`${name} is not judged per second`, kept(bySecond));
  if (!growth) return undefined;
  if (!byTime.has(name)) return invalid(`the growth of ${name} is not judged`, kept(byTime));
  const isPart = [operation, stage, step, journey, scenario].some((part) => part !== undefined);
  return perSecond || relative || isPart
    ? invalid(`the growth of ${name} is that of the whole run`, 'write it as growth<0.3 or growth(p(95))<0.5')
    : undefined;
}

/** Splits a metric into its name and sub-metric; undefined when it has another form. */
export function splitMetric(metric: string): (SubMetric & { name: string }) | undefined {
  const match = metricPattern.exec(metric);
  if (!match) return undefined;
  const [, name = '', kind, part, stage] = match;
  const of = (wanted: string): string | undefined => (kind === wanted ? part : undefined);
  return {
    name,
    operation: of('operation'),
    stage,
    step: of('step'),
    journey: of('journey'),
    check: of('check'),
    scenario: of('scenario'),
  };
}

/** Returns an aggregation as it appears in the list of its kind. */
function listed(aggregation: string, percentile: string | undefined, growing: string | undefined): string {
  if (growing !== undefined) return 'growth(p(N))';
  return percentile === undefined ? aggregation : 'p(N)';
}

/**
 * Parses one threshold in k6's grammar (k6 2.2, thresholds_parser.go): `aggregation operator number`, with the
 * aggregations of the metric's kind. Sub-metrics select an operation, stage, step, journey or check. Beyond k6,
 * `seconds(...)` is the share of seconds in which a threshold held, `growth` is the share by which something grew from
 * the beginning of the run to its end, and `baseline` stands for the value of the baseline.
 */
export function parseThreshold(metric: string, expression: string): Result<Threshold> {
  const split = splitMetric(metric);
  const name = split?.name ?? '';
  if (!split || !isMetricName(name)) {
    return invalid(`there is no metric ${metric}`, `the metrics are ${Object.keys(metricKinds).join(', ')}`);
  }
  const [, perSecond, shareOperator, share] = secondsPattern.exec(expression) ?? [];
  const [, aggregationText, percentile, growing, operator, limit, baseline, factor = '1'] =
    expressionPattern.exec(perSecond ?? expression) ?? [];
  const growth = aggregationText?.startsWith('growth') === true;
  const { operation, stage, step, journey, check, scenario } = split;
  const sub: SubMetric = { operation, stage, step, journey, check, scenario };
  const asked = { ...sub, perSecond: perSecond !== undefined, growth, relative: baseline !== undefined };
  const refused = unavailable(name, asked);
  if (refused) return refused;
  const kind: MetricKind = metricKinds[name];
  const allowed = aggregationsOf[kind];
  if (aggregationText === undefined || operator === undefined) {
    return invalid(
      `"${expression}" is not a threshold`,
      `write it as ${allowed.join(' | ')}, an operator (${operators.join(' ')}) and a number, such as p(95)<50, or baseline with a factor, such as p(95)<=baseline*1.05`,
    );
  }
  if (!allowed.includes(listed(aggregationText, percentile, growing))) {
    return invalid(`${name} is a ${kind} and has no ${aggregationText}`, `use one of ${allowed.join(', ')}`);
  }
  const ofPercentile = percentile ?? growing;
  if (ofPercentile !== undefined && Number(ofPercentile) > 100) {
    return invalid(`p(${ofPercentile}) is not a percentile`, 'use a number from 0 to 100');
  }
  if (baseline !== undefined && (perSecond !== undefined || stage !== undefined || !/^[<>]=?$/.test(operator)))
    return invalid(
      `"${expression}" can't be compared with a baseline`,
      'a limit relative to the baseline is about the whole run or an operation, and has one of <, <=, >, >=',
    );
  if (share !== undefined && Number(share) > 1) {
    return invalid(`${share} is not a share of seconds`, 'use a fraction from 0 to 1, such as 0.95');
  }
  return {
    ok: true,
    value: {
      metric: name,
      ...sub,
      expression: expression.trim(),
      aggregation: aggregationOf(aggregationText, percentile, growing),
      operator: operatorOf(operator),
      limit: Number(baseline === undefined ? limit : factor),
      isRelative: baseline !== undefined,
      secondsHeld: share === undefined ? undefined : { operator: operatorOf(shareOperator), limit: Number(share) },
    },
  };
}

/** Splits a threshold in the form of the command line: `http_req_duration:p(95)<50`. */
export function splitThresholdOption(text: string): readonly [metric: string, expression: string] | undefined {
  const match = /^([a-z_]+(?:\{[^}]*\})?):(.+)$/.exec(text);
  return match?.[1] !== undefined && match[2] !== undefined ? [match[1], match[2]] : undefined;
}
