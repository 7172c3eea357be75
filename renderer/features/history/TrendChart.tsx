import { memo, useCallback, useDeferredValue, useMemo, useState } from 'react';
import { latencyTick } from '../../../shared/charts/axis';
import { formatFigure, historyTitle } from '../../../shared/report/historyColumns';
import { type RunSummary, type TrendMetric, trendMetrics } from '../../../shared/run/summary';
import { formatDay, formatTime } from '../../../shared/units/format';
import { ChartFrame } from '../../charts/frame/ChartFrame';
import chart from '../../charts/frame/charts.module.css';
import { LineKey } from '../../charts/frame/LineKey';
import { TrendPlot } from '../../charts/trend/TrendPlot';
import { useHistoryListStore } from '../../store/historyListStore';
import { Select } from '../../ui/Select';
import shared from '../../ui/shared.module.css';
import { HeaderRow } from '../../ui/Table';
import { VerdictBadge } from '../../ui/VerdictBadge';
import { commonBaseline } from './rowFigures';
import { baselineLine, trendLines, trendMarks } from './trendLines';

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
  // The rows are shown first. The trend above them is drawn after them.
  const drawn = useDeferredValue(points, noRuns);
  const baseline = useMemo(() => commonBaseline(drawn), [drawn]);
  const plot = useMemo(() => trendLines(drawn, metric, baseline?.[metric] ?? null), [drawn, metric, baseline]);
  const formatAxis = useCallback(
    (value: number) => (metric.endsWith('Ms') ? latencyTick(value) : formatFigure(metric, value)),
    [metric],
  );
  const formatX = useCallback(
    (at: number) => {
      const run = drawn[at];
      return run ? formatDay(run.startedAt) : '';
    },
    [drawn],
  );
  if (points.length < 2) return null;
  const title = `Trend: ${historyTitle(metric)} of the last ${points.length} runs in the list`;
  const shown = place === undefined ? undefined : drawn[place];
  return (
    <ChartFrame
      name="Trend"
      title={plot.isLog ? `${title}, logarithmic` : title}
      legend={
        <>
          <Select
            label="Metric of the trend"
            size="small"
            value={metric}
            choices={trendMetrics.map((known) => [known, historyTitle(known)] as const)}
            onChange={setMetric}
          />
          {trendMarks
            .filter(({ key }) => plot.lines.some((line) => line.key === key))
            .map(({ key }) => (
              <span key={key} className={chart.legendItem}>
                <VerdictBadge verdict={key} />
              </span>
            ))}
          {baseline && (
            <span className={chart.legendItem}>
              <LineKey color={baselineLine.color} dash={baselineLine.dash} /> Baseline{' '}
              {formatFigure(metric, baseline[metric])}
            </span>
          )}
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
