import { useMemo } from 'react';
import { latencyTick, roomAbove, shareTick } from '../../../shared/charts/axis';
import type { ComparedRun, TimePoint } from '../../../shared/comparison/comparison';
import { experimentMetrics } from '../../../shared/experiment/experiment';
import { letterOf, metricNames } from '../../../shared/report/wording/describeComparison';
import { formatLatency, formatNumber, formatRate, formatRunTime, formatShare } from '../../../shared/units/format';
import chart from '../../charts/frame/charts.module.css';
import { useCompareStore } from '../../store/compareStore';
import { Select } from '../../ui/Select';
import shared from '../../ui/shared.module.css';
import { OverlayChart, type RunLine } from './OverlayChart';

type Key = Exclude<keyof TimePoint, 't'>;

interface TimelineMetric {
  key: Key;
  title: string;
  color: string;
  format(value: number | null): string;
  formatAxis(value: number): string;
  top?: number;
  canBeLog?: boolean;
}

const latency = { format: formatLatency, formatAxis: latencyTick, canBeLog: true } as const;
const metrics = {
  throughput: {
    key: 'rate',
    title: 'Throughput',
    color: 'var(--throughput)',
    format: formatRate,
    formatAxis: (value: number) => formatNumber(value),
  },
  p50: { key: 'p50', title: 'P50', color: 'var(--percentile-50)', ...latency },
  p95: { key: 'p95', title: 'P95', color: 'var(--percentile-95)', ...latency },
  p99: { key: 'p99', title: 'P99', color: 'var(--percentile-99)', ...latency },
  failedRate: {
    key: 'failedRate',
    title: 'Errors',
    color: 'var(--failed)',
    format: formatShare,
    formatAxis: shareTick,
  },
  cacheHitRate: {
    key: 'cacheHitRate',
    title: 'Cache hits',
    color: 'var(--cache)',
    format: formatShare,
    formatAxis: shareTick,
    top: 1,
  },
} as const satisfies Record<string, TimelineMetric>;

/** From this number of runs, a chart for each run is easier to read than one for all. */
const smallMultiplesFrom = 4;

function lineOf({ timeline }: ComparedRun, place: number, key: Key): RunLine {
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

function isKnown(runs: readonly ComparedRun[], key: Key): boolean {
  return runs.some(({ timeline }) => timeline.some((point) => point[key] !== null && point[key] !== 0));
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
      color={metric.color}
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
  const metric = metrics[chosen];
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
      {Object.values(metrics)
        .filter(({ key }) => isKnown(runs, key))
        .map((metric) => (
          <Overlay
            key={metric.key}
            runs={runs}
            metric={metric}
            places={places}
            title={metric.title}
            top={'top' in metric ? metric.top : undefined}
          />
        ))}
    </section>
  );
}
