import { memo, useCallback, useDeferredValue, useMemo, useState } from 'react';
import { axisTicks, roomAbove } from '../../../shared/charts/axis';
import { formatFigure, historyTitle } from '../../../shared/report/historyColumns';
import { stateWord } from '../../../shared/report/status';
import { type RunSummary, type TrendMetric, trendMetrics } from '../../../shared/run/summary';
import type { RunState } from '../../../shared/run/verdict';
import { formatDay, formatTime } from '../../../shared/units/format';
import { ChartFrame } from '../../charts/frame/ChartFrame';
import chart from '../../charts/frame/charts.module.css';
import { LineKey } from '../../charts/frame/LineKey';
import type { PlotPoint } from '../../charts/plot/linePlot';
import { TrendPlot } from '../../charts/trend/TrendPlot';
import { useHistoryListStore } from '../../store/historyListStore';
import { Select } from '../../ui/Select';
import shared from '../../ui/shared.module.css';
import { HeaderRow } from '../../ui/Table';
import { VerdictBadge } from '../../ui/VerdictBadge';
import { commonBaseline } from './rowFigures';

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

/** The runs with marks of one colour. Runs without a verdict share one. */
const marks = [
  { key: 'passed', states: ['passed'], color: 'var(--passed)' },
  { key: 'failed', states: ['failed', 'aborted'], color: 'var(--failed)' },
  { key: 'inconclusive', states: ['inconclusive'], color: 'var(--inconclusive)' },
  { key: 'interrupted', states: ['interrupted'], color: 'var(--stopped)' },
  { key: 'imported', states: ['imported'], color: 'var(--text-quiet)' },
] as const satisfies readonly { key: RunState; states: readonly RunState[]; color: string }[];

function markOf(verdict: RunState | null): RunState | undefined {
  return marks.find(({ states }) => states.some((state) => state === verdict))?.key;
}

const baselineLine = {
  key: 'baseline',
  name: 'Baseline',
  color: 'var(--text-quiet)',
  dash: '5 4',
  width: 1.5,
} as const;

/** A line through the runs, a mark on each in the colour of its verdict, and the baseline as a horizontal line. */
function plotOf(runs: readonly RunSummary[], metric: TrendMetric, baseline: number | null) {
  const values = runs.map((run) => run[metric]);
  const shown = marks.filter(({ key }) => runs.some(({ verdict }) => markOf(verdict) === key));
  return {
    points: runs.map((run, x): PlotPoint => {
      const mark = markOf(run.verdict);
      return { x, values: { line: run[metric], baseline, ...(mark === undefined ? {} : { [mark]: run[metric] }) } };
    }),
    lines: [
      { key: 'line', name: historyTitle(metric), color: 'var(--line-strong)', width: 1.5 },
      ...(baseline === null ? [] : [baselineLine]),
      ...shown.map(({ key, color }) => ({ key, name: stateWord(key), color, isMarks: true })),
    ],
    xRange: [0, Math.max(1, values.length - 1)] as const,
    yTicks: axisTicks(roomAbove(Math.max(0, baseline ?? 0, ...values.map((value) => value ?? 0)))),
  };
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
  const plot = useMemo(() => plotOf(drawn, metric, baseline?.[metric] ?? null), [drawn, metric, baseline]);
  const formatAxis = useCallback((value: number) => formatFigure(metric, value), [metric]);
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
          {marks
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
