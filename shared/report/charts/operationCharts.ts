import { latencyTick } from '../../charts/axis';
import type { RunInterval } from '../../run/metrics';
import type { OperationSecond, OperationSeconds } from '../../run/operationSeconds';
import { formatLatency, formatNumber, formatRate } from '../../units/format';
import type { ReportSeries, RunChart } from './runCharts';

/** More operations than this can't be told apart in one chart. */
export const mostCharted = 6;

/** Which operation has which of the colours: as many places as there are colours, some of them free. */
export type ChartedOperations = readonly (string | undefined)[];

/** The operations that charts show without a choice: those with the most requests, in the order of `all`. */
export function heaviestOperations(all: readonly OperationSeconds[]): ChartedOperations {
  const countOf = ({ seconds }: OperationSeconds): number => seconds.reduce((sum, { count }) => sum + count, 0);
  const heaviest = new Set([...all].sort((a, b) => countOf(b) - countOf(a)).slice(0, mostCharted));
  const names = all.filter((one) => heaviest.has(one)).map(({ operation }) => operation);
  return Array.from({ length: mostCharted }, (_, place) => names[place]);
}

/** The same with an operation shown or hidden; the others keep their colours. Where none is free, nothing changes. */
export function toggleOperation(charted: ChartedOperations, operation: string): ChartedOperations {
  const isShown = charted.includes(operation);
  const place = charted.indexOf(isShown ? operation : undefined);
  return charted.map((name, at) => (at !== place ? name : isShown ? undefined : operation));
}

type Value = (second: OperationSecond | undefined, interval: RunInterval) => number | null;

/** A line of a chart for each operation that is charted. */
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
 * P95 and rate of operations over the seconds of a run, at most {@link mostCharted}: both have the same lines in the
 * same colours. A second without a successful request has no P95; of the warm-up nothing is known.
 */
export function operationCharts(all: readonly OperationSeconds[], charted: ChartedOperations): RunChart[] {
  return [
    {
      title: 'P95 by operation',
      series: seriesOf(all, charted, 'worst', (second) => second?.p95Ms ?? null),
      format: formatLatency,
      formatAxis: latencyTick,
    },
    {
      title: 'Rate by operation',
      series: seriesOf(all, charted, 'mean', (second, { t }) => second?.count ?? (t > 0 ? 0 : null)),
      format: formatRate,
      formatAxis: (value) => formatNumber(value ?? 0),
    },
  ];
}
