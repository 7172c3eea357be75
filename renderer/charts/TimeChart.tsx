import { memo, useMemo } from 'react';
import { axisTicks, roomAbove } from '../../shared/charts/axis';
import { type ChartPoint, chartPoints, pointOf, type Series, shownSeconds } from '../../shared/charts/chartData';
import type { SvgChart, SvgColors } from '../../shared/charts/svgChart';
import type { RunInterval } from '../../shared/run/metrics';
import type { Scenario } from '../../shared/scenario/schema';
import { stageMarks } from '../../shared/scenario/stageMarks';
import { useTimeViewStore } from '../store/timeViewStore';
import { ChartFrame } from './ChartFrame';
import { ChartTable } from './ChartTable';
import { resolveColor } from './canvas';
import { LineKey } from './LineKey';
import { PlotArea } from './PlotArea';
import { nearest, type PlotContent } from './timePlot';

/** A line of a chart and how it is drawn. */
export interface ChartSeries extends Series {
  /** A CSS colour, from the tokens. */
  color: string;
  dashed?: boolean;
  /** The series down to which the space is filled. */
  bandTo?: string;
}

/** A horizontal line at a limit; where the series is above it the time is shaded. */
export interface LimitLine {
  value: number;
  label: string;
  seriesKey: string;
}

/** Where a stage of the load begins. */
export interface StageMark {
  t: number;
  name: string;
}

/** The run that a chart is of. */
export interface RunChartProps {
  scenario: Scenario;
  intervals: readonly RunInterval[];
  /** What the warm-up brought, at seconds up to 0; it is not measured. */
  warmup: readonly RunInterval[];
}

interface TimeChartProps extends RunChartProps {
  title: string;
  series: readonly ChartSeries[];
  limits?: readonly LimitLine[];
  format(value: number | null): string;
  /** A tick of the axis, as short as possible. */
  formatAxis(value: number): string;
  /** The axis reaches at least to this value. */
  atLeast?: number;
  /** The axis ends at this value, whatever the data. */
  fixedTop?: number;
}

const noLimits: readonly LimitLine[] = [];

/** The values of the second that is looked at, beside the names of the lines. */
function Legend({
  series,
  points,
  format,
}: Pick<TimeChartProps, 'series' | 'format'> & { points: readonly ChartPoint[] }) {
  const second = useTimeViewStore((state) => state.second);
  const point = second === undefined ? undefined : points[nearest(points, second)];
  return (
    <>
      {series.map(({ key, name, color, dashed }) => (
        <span key={key} className="legend-item">
          <LineKey color={color} dash={dashed ? '4 3' : undefined} />
          {name}
          {point && <b>{format(point.values[key] ?? null)}</b>}
        </span>
      ))}
      {point && <span className="legend-item">at {Math.round(point.t * 10) / 10} s</span>}
    </>
  );
}

/** Lines over the seconds of a run on a canvas: shared cursor and zoom, limits, stages, and a table of the same figures. */
export const TimeChart = memo(function TimeChart(props: TimeChartProps) {
  const {
    title,
    scenario,
    intervals,
    warmup,
    series,
    limits = noLimits,
    format,
    formatAxis,
    atLeast = 0,
    fixedTop,
  } = props;
  const zoom = useTimeViewStore((state) => state.zoom);
  const endS = shownSeconds(scenario, intervals);
  const seenS = zoom ? zoom.to - zoom.from : endS;
  const points = useMemo(
    () => [...warmup.map((interval) => pointOf(interval, series)), ...chartPoints(intervals, series, endS, seenS)],
    [warmup, intervals, series, endS, seenS],
  );
  const startS = Math.min(0, points[0]?.t ?? 0);
  const ticks = useMemo(() => {
    const values = points.flatMap((point) => Object.values(point.values)).filter((value) => value !== null);
    return axisTicks(fixedTop ?? roomAbove(Math.max(atLeast, ...values)));
  }, [points, atLeast, fixedTop]);
  const marks = useMemo(() => stageMarks(scenario.load), [scenario]);
  const content = useMemo(
    (): PlotContent => ({ series, limits, marks, formatAxis, measuredFromS: 0 }),
    [series, limits, marks, formatAxis],
  );
  const [from, to] = [zoom?.from ?? startS, zoom?.to ?? endS];
  const top = ticks.at(-1) ?? 1;
  const pointsInView = (): ChartPoint[] => points.filter(({ t }) => t >= from && t <= to);

  const picture = (): { chart: SvgChart; colors: SvgColors } => {
    const page = document.documentElement;
    const inView = pointsInView();
    const color = (token: string): string => resolveColor(page, `var(${token})`);
    return {
      chart: {
        title,
        xStart: from,
        xEnd: to,
        xTicks: [0, 0.25, 0.5, 0.75, 1].map((share) => {
          const second = from + (to - from) * share;
          return [second, `${Math.round(second)} s`] as const;
        }),
        yTicks: ticks.map((value) => [value, formatAxis(value)] as const),
        limits: limits.map(({ value, label }) => [value, label] as const),
        lines: series.map(({ key, name, color: own, dashed }) => ({
          name,
          color: resolveColor(page, own),
          ...(dashed ? { dashed } : {}),
          points: inView.map(({ t, values }) => [t, values[key] ?? null] as const),
        })),
      },
      colors: {
        background: color('--surface-raised'),
        text: color('--text-quiet'),
        grid: color('--line'),
        limit: color('--limit'),
      },
    };
  };

  return (
    <ChartFrame
      name={title}
      title={title}
      legend={<Legend series={series} points={points} format={format} />}
      table={() => (
        <ChartTable title={title} points={pointsInView().filter(({ t }) => t > 0)} series={series} format={format} />
      )}
      picture={picture}
    >
      <PlotArea
        label={[
          title,
          ...limits.map(({ label }) => label),
          'arrow keys go along the seconds',
          'the table has all figures',
        ].join(', ')}
        points={points}
        series={series}
        content={content}
        from={from}
        to={to}
        top={top}
        format={format}
      />
    </ChartFrame>
  );
});
