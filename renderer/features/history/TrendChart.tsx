import { memo, useCallback, useDeferredValue, useMemo, useState } from 'react';
import { axisTicks, roomAbove } from '../../../shared/charts/axis';
import { formatFigure, historyTitle } from '../../../shared/report/historyColumns';
import { type RunSummary, type TrendMetric, trendMetrics } from '../../../shared/run/summary';
import { formatTime } from '../../../shared/units/format';
import { ChartFrame } from '../../charts/frame/ChartFrame';
import chart from '../../charts/frame/charts.module.css';
import type { PlotPoint } from '../../charts/plot/linePlot';
import { TrendPlot } from '../../charts/trend/TrendPlot';
import { useHistoryListStore } from '../../store/historyListStore';
import { Select } from '../../ui/Select';
import shared from '../../ui/shared.module.css';
import { HeaderRow } from '../../ui/Table';

const noRuns: readonly RunSummary[] = [];

function TrendTable({ title, metric, points }: { title: string; metric: TrendMetric; points: readonly RunSummary[] }) {
  return (
    <div className={chart.chartTable}>
      <table className={shared.numbers} aria-label={title}>
        <HeaderRow titles={['Run', historyTitle(metric)]} />
        <tbody>
          {points.map((run) => (
            <tr key={run.id}>
              <th scope="row">{formatTime(run.startedAt)}</th>
              <td>{formatFigure(metric, run[metric])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One metric over the runs of the list, oldest first. */
export const TrendChart = memo(function TrendChart() {
  const trend = useHistoryListStore((state) => state.trend);
  const metric = useHistoryListStore((state) => state.metric);
  const setMetric = useHistoryListStore((state) => state.setMetric);
  const [place, setPlace] = useState<number>();
  const points = useMemo(() => trend.filter(({ verdict }) => verdict !== null), [trend]);
  // The rows are what one waits for: the trend over them is drawn once they stand.
  const drawn = useDeferredValue(points, noRuns);
  const plot = useMemo(() => {
    const values = drawn.map((run) => run[metric]);
    return {
      points: values.map((value, x): PlotPoint => ({ x, values: { [metric]: value } })),
      lines: [{ key: metric, name: historyTitle(metric), color: 'var(--accent)', width: 1.5 }],
      xRange: [0, Math.max(1, values.length - 1)] as const,
      yTicks: axisTicks(roomAbove(Math.max(0, ...values.map((value) => value ?? 0)))),
    };
  }, [drawn, metric]);
  const formatAxis = useCallback((value: number) => formatFigure(metric, value), [metric]);
  const formatX = useCallback((at: number) => drawn[at]?.startedAt.slice(0, 10) ?? '', [drawn]);
  if (points.length < 2) return null;
  const title = `Trend: ${historyTitle(metric)} of the last ${points.length} runs in the list`;
  const shown = place === undefined ? undefined : drawn[place];
  return (
    <ChartFrame
      name="Trend"
      title={title}
      legend={
        <>
          <Select
            label="Metric of the trend"
            size="small"
            value={metric}
            choices={trendMetrics.map((known) => [known, historyTitle(known)] as const)}
            onChange={setMetric}
          />
          {shown && (
            <span className={chart.legendItem}>
              <b>{formatFigure(metric, shown[metric])}</b> {formatTime(shown.startedAt)}
            </span>
          )}
        </>
      }
      table={() => <TrendTable title={title} metric={metric} points={points} />}
    >
      {drawn.length > 0 ? (
        <TrendPlot label={title} {...plot} formatX={formatX} formatAxis={formatAxis} onPlace={setPlace} />
      ) : (
        <div className={chart.plot} />
      )}
    </ChartFrame>
  );
});
