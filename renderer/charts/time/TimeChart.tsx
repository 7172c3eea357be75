import { memo, useMemo } from 'react';
import { axisTicks, roomAbove } from '../../../shared/charts/axis';
import { chartPoints, pointOf, type Series, shownSeconds } from '../../../shared/charts/chartData';
import type { SvgChart, SvgColors } from '../../../shared/charts/svgChart';
import { type MomentMark, noMoments } from '../../../shared/report/charts/momentMarks';
import { titleWithNote } from '../../../shared/report/charts/runCharts';
import type { RunInterval } from '../../../shared/run/metrics';
import type { Scenario } from '../../../shared/scenario/schema';
import { stageMarks } from '../../../shared/scenario/stageMarks';
import { formatRunTime } from '../../../shared/units/format';
import { useTimeViewStore } from '../../store/timeViewStore';
import { ChartFrame } from '../frame/ChartFrame';
import { ChartTable } from '../frame/ChartTable';
import chart from '../frame/charts.module.css';
import { LineKey } from '../frame/LineKey';
import { resolveColor } from '../plot/canvas';
import { nearest, type PlotPoint } from '../plot/linePlot';
import type { LimitLine, TimeLine } from './plotContent';
import { TimePlot } from './TimePlot';
import { limitDash } from './timeMarks';

/** A line of a time chart: its value for each second, and its style. */
export interface ChartSeries extends Series, TimeLine {}

/** The run that a chart shows. */
export interface RunChartProps {
  scenario: Scenario;
  intervals: readonly RunInterval[];
  /** The intervals of the warm-up, at seconds up to 0. They are not measured. */
  warmup: readonly RunInterval[];
  /** The moments of a completed run. */
  moments?: readonly MomentMark[];
}

interface TimeChartProps extends RunChartProps {
  title: string;
  /** What the chart leaves out. */
  note?: string | undefined;
  series: readonly ChartSeries[];
  limits?: readonly LimitLine[];
  format(value: number | null): string;
  /** A tick of the value axis, as short as possible. */
  formatAxis(value: number): string;
  /** The minimum upper end of the axis. */
  atLeast?: number;
  /** A fixed upper end of the axis, whatever the data. */
  fixedTop?: number;
}

const noLimits: readonly LimitLine[] = [];

interface LegendProps extends Pick<TimeChartProps, 'series' | 'note' | 'format' | 'formatAxis'> {
  points: readonly PlotPoint[];
  limits: readonly LimitLine[];
}

/** The names and limits of the lines, with their values in the selected second. */
function Legend({ series, note, points, limits, format, formatAxis }: LegendProps) {
  const second = useTimeViewStore((state) => state.second);
  const point = second === undefined ? undefined : points[nearest(points, second)];
  return (
    <>
      {series.map(({ key, name, color, dash }) => (
        <span key={key} className={chart.legendItem}>
          <LineKey color={color} dash={dash} />
          {name}
          {point && <b>{format(point.values[key] ?? null)}</b>}
          {limits
            .filter(({ lineKey }) => lineKey === key)
            .map(({ value }) => (
              <span key={value} className={chart.legendItem}>
                <LineKey color={color} dash={limitDash.join(' ')} /> limit {formatAxis(value)}
              </span>
            ))}
        </span>
      ))}
      {note !== undefined && <span className={chart.legendItem}>{note}</span>}
      {point && <span className={chart.legendItem}>at {formatRunTime(point.x)}</span>}
    </>
  );
}

/**
 * Lines over the seconds of a run on a canvas: shared cursor and zoom, limits, stages, and a table of the same values.
 */
export const TimeChart = memo(function TimeChart(props: TimeChartProps) {
  const {
    title,
    note,
    scenario,
    intervals,
    warmup,
    moments = noMoments,
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
    () =>
      [...warmup.map((interval) => pointOf(interval, series)), ...chartPoints(intervals, series, endS, seenS)].map(
        ({ t, values }): PlotPoint => ({ x: t, values }),
      ),
    [warmup, intervals, series, endS, seenS],
  );
  const startS = Math.floor(Math.min(0, points[0]?.x ?? 0));
  const ticks = useMemo(() => {
    const values = points.flatMap((point) => Object.values(point.values)).filter((value) => value !== null);
    return axisTicks(fixedTop ?? roomAbove(Math.max(atLeast, ...values)));
  }, [points, atLeast, fixedTop]);
  const marks = useMemo(() => stageMarks(scenario.load), [scenario]);
  const [from, to] = [zoom?.from ?? startS, zoom?.to ?? endS];
  const pointsInView = (): PlotPoint[] => points.filter(({ x }) => x >= from && x <= to);

  const picture = (): { chart: SvgChart; colors: SvgColors } => {
    const page = document.documentElement;
    const inView = pointsInView();
    const color = (token: string): string => resolveColor(page, `var(${token})`);
    return {
      chart: {
        title: titleWithNote({ title, note }),
        xStart: from,
        xEnd: to,
        xTicks: [0, 0.25, 0.5, 0.75, 1].map((share) => {
          const second = from + (to - from) * share;
          return [second, formatRunTime(Math.round(second))] as const;
        }),
        yTicks: ticks.map((value) => [value, formatAxis(value)] as const),
        limits: limits.map(({ value, label }) => [value, label] as const),
        bands: moments.map(({ fromS, toS, text }) => ({ from: fromS, to: toS, title: text })),
        lines: series.map(({ key, name, color: own, dash }) => ({
          name,
          color: resolveColor(page, own),
          ...(dash === undefined ? {} : { dashed: true }),
          points: inView.map(({ x, values }) => [x, values[key] ?? null] as const),
        })),
      },
      colors: {
        background: color('--surface-raised'),
        text: color('--text-quiet'),
        grid: color('--line'),
        limit: color('--limit'),
        band: color('--moment'),
      },
    };
  };

  return (
    <ChartFrame
      name={title}
      title={title}
      legend={<Legend {...{ series, note, points, limits, format, formatAxis }} />}
      table={() => (
        <ChartTable
          title={title}
          xTitle="Second"
          points={pointsInView().filter(({ x }) => x > 0)}
          lines={series}
          formatX={String}
          format={format}
        />
      )}
      picture={picture}
    >
      <TimePlot
        label={[
          title,
          ...limits.map(({ label }) => label),
          'arrow keys move from second to second',
          ...(moments.length > 0 ? ['with Shift from moment to moment'] : []),
          'plus and minus zoom',
          'the table lists all values',
        ].join(', ')}
        points={points}
        lines={series}
        limits={limits}
        marks={marks}
        moments={moments}
        xRange={[from, to]}
        yTicks={ticks}
        formatX={formatRunTime}
        format={format}
        formatAxis={formatAxis}
      />
    </ChartFrame>
  );
});
