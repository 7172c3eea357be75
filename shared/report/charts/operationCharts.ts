import { latencyTick } from '../../charts/axis';
import type { RunInterval } from '../../run/metrics';
import type { LineSubject, OperationSecond, OperationSeconds } from '../../run/operationSeconds';
import { formatLatency, formatNumber, formatRate } from '../../units/format';
import type { ReportSeries, RunChart } from './runCharts';

/** The maximum number of operations or scenarios that can be told apart in one chart. */
export const mostCharted = 6;

/** The operation or scenario of each colour. There is one place per colour, and some are free. */
export type ChartedOperations = readonly (string | undefined)[];

/** Returns the operations that charts show by default: those with the most requests, in the order of `all`. */
export function heaviestOperations(all: readonly OperationSeconds[]): ChartedOperations {
  const countOf = ({ seconds }: OperationSeconds): number => seconds.reduce((sum, { count }) => sum + count, 0);
  const heaviest = new Set([...all].sort((a, b) => countOf(b) - countOf(a)).slice(0, mostCharted));
  const names = all.filter((one) => heaviest.has(one)).map(({ operation }) => operation);
  return Array.from({ length: mostCharted }, (_, place) => names[place]);
}

/**
 * Returns what charts of scenarios show by default: each at its place in the scenario file, from which it has its
 * colour wherever it is shown. With more scenarios than colours, those with the most requests.
 */
export function placedScenarios(names: readonly string[], all: readonly OperationSeconds[]): ChartedOperations {
  if (names.length > mostCharted) return heaviestOperations(all);
  const measured = new Set(all.map(({ operation }) => operation));
  return Array.from({ length: mostCharted }, (_, place) => {
    const name = names[place];
    return name !== undefined && measured.has(name) ? name : undefined;
  });
}

/** Shows or hides an operation. The others keep their colours. When no colour is free, nothing changes. */
export function toggleOperation(charted: ChartedOperations, operation: string): ChartedOperations {
  const isShown = charted.includes(operation);
  const place = charted.indexOf(isShown ? operation : undefined);
  return charted.map((name, at) => (at !== place ? name : isShown ? undefined : operation));
}

type Value = (second: OperationSecond | undefined, interval: RunInterval) => number | null;

/** Returns a line for each charted operation. */
function seriesOf(
  all: readonly OperationSeconds[],
  charted: ChartedOperations,
  fold: ReportSeries['fold'],
  value: Value,
): ReportSeries[] {
  return charted.flatMap((name, place): ReportSeries[] => {
    const of = all.find(({ operation }) => operation === name);
    if (name === undefined || !of) return [];
    const bySecond = new Map(of.seconds.map((second) => [second.t, second] as const));
    const inSecond = (interval: RunInterval): number | null => value(bySecond.get(interval.t), interval);
    return [{ key: name, name, fold, tone: `operation-${place}`, value: inSecond }];
  });
}

/**
 * Returns charts of the P95 and the rate of operations or scenarios over a run, with at most {@link mostCharted} lines
 * in the same colours. A second without a successful request has no P95. The warm-up has no values.
 */
export function operationCharts(
  all: readonly OperationSeconds[],
  charted: ChartedOperations,
  by: LineSubject = 'operation',
): RunChart[] {
  return [
    {
      title: `P95 by ${by}`,
      series: seriesOf(all, charted, 'worst', (second) => second?.p95Ms ?? null),
      format: formatLatency,
      formatAxis: latencyTick,
    },
    {
      title: `Rate by ${by}`,
      series: seriesOf(all, charted, 'mean', (second, { t }) => second?.count ?? (t > 0 ? 0 : null)),
      format: formatRate,
      formatAxis: (value) => formatNumber(value ?? 0),
    },
  ];
}
