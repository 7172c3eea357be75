import { useMemo } from 'react';
import { roomAbove } from '../../../shared/charts/axis';
import type { ComparedRun } from '../../../shared/comparison/comparison';
import { experimentMetrics } from '../../../shared/experiment/experiment';
import { hasTimeline, type TimelineMetric, timelineMetrics } from '../../../shared/report/charts/comparisonCharts';
import { letterOf, metricNames } from '../../../shared/report/wording/describeComparison';
import { formatRunTime } from '../../../shared/units/format';
import chart from '../../charts/frame/charts.module.css';
import { useCompareStore } from '../../store/compareStore';
import { Select } from '../../ui/Select';
import shared from '../../ui/shared.module.css';
import { OverlayChart, type RunLine } from './OverlayChart';

/** The hue of each metric. */
const colors: Record<TimelineMetric['key'], string> = {
  rate: 'var(--throughput)',
  p50: 'var(--percentile-50)',
  p95: 'var(--percentile-95)',
  p99: 'var(--percentile-99)',
  failedRate: 'var(--failed)',
  cacheHitRate: 'var(--cache)',
};

/** From this number of runs, a chart for each run is easier to read than one for all. */
const smallMultiplesFrom = 4;

function lineOf({ timeline }: ComparedRun, place: number, key: TimelineMetric['key']): RunLine {
  const [first, second] = timeline;
  return {
    place,
    points: timeline.map((point) => [point.t, point[key]] as const),
    isSparse: first !== undefined && second !== undefined && second.t - first.t > 1.5,
  };
}

function lastSecond(runs: readonly ComparedRun[]): number {
  return Math.max(1, ...runs.map(({ timeline }) => timeline.at(-1)?.t ?? 0));
}

function Overlay({ runs, metric, places, top, title }: OverlayProps) {
  const lines = useMemo(
    () => places.flatMap((place) => (runs[place] ? [lineOf(runs[place], place, metric.key)] : [])),
    [runs, metric, places],
  );
  return (
    <OverlayChart
      name={title}
      title={title}
      color={colors[metric.key]}
      runs={lines}
      xRange={[0, lastSecond(runs)]}
      xTitle="Elapsed"
      formatX={formatRunTime}
      format={metric.format}
      formatAxis={metric.formatAxis}
      canBeLog={metric.canBeLog ?? false}
      {...(top === undefined ? {} : { top })}
    />
  );
}

interface OverlayProps {
  runs: readonly ComparedRun[];
  metric: TimelineMetric;
  places: readonly number[];
  title: string;
  top?: number | undefined;
}

/** A chart for each run beside the baseline, all with the same axes. */
function SmallMultiples({ runs }: { runs: readonly ComparedRun[] }) {
  const { metric: chosen, setMetric } = useCompareStore();
  const metric = timelineMetrics[chosen];
  const top = roomAbove(
    Math.max(0, ...runs.flatMap(({ timeline }) => timeline.map((point) => point[metric.key] ?? 0))),
  );
  return (
    <section aria-label="Over time">
      <div className={shared.toolbar}>
        <h2>Over time, each run with the baseline</h2>
        <Select
          label="Metric over time"
          size="small"
          value={chosen}
          choices={experimentMetrics.map((known) => [known, metricNames[known]] as const)}
          onChange={setMetric}
        />
      </div>
      <div className={chart.charts}>
        {runs.slice(1).map((run, index) => (
          <Overlay
            key={run.id}
            runs={runs}
            metric={metric}
            places={[0, index + 1]}
            title={`${metric.title}: ${letterOf(index + 1)} and A`}
            top={top}
          />
        ))}
      </div>
    </section>
  );
}

/** The runs over their elapsed time: on one axis, or side by side when there are many. */
export function TimelineCharts({ runs }: { runs: readonly ComparedRun[] }) {
  const places = useMemo(() => runs.map((_, place) => place), [runs]);
  if (runs.length >= smallMultiplesFrom) return <SmallMultiples runs={runs} />;
  return (
    <section className={chart.charts} aria-label="Over time">
      {Object.values(timelineMetrics)
        .filter((metric) => hasTimeline(runs, metric))
        .map((metric: TimelineMetric) => (
          <Overlay
            key={metric.key}
            runs={runs}
            metric={metric}
            places={places}
            title={metric.title}
            top={metric.fixedTop}
          />
        ))}
    </section>
  );
}
