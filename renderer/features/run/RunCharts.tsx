import { useMemo } from 'react';
import { shownSeconds } from '../../../shared/charts/chartData';
import type { RunDescription } from '../../../shared/run/events';
import type { RunView } from '../../../shared/run/reducer';
import { RunHeatmap } from '../../charts/distribution/RunHeatmap';
import { PartsChart } from '../../charts/parts/PartsChart';
import { ScheduledChart } from '../../charts/scheduling/ScheduledChart';
import { CacheChart } from '../../charts/time/CacheChart';
import { ErrorChart } from '../../charts/time/ErrorChart';
import { LatencyChart } from '../../charts/time/LatencyChart';
import { EventLoopChart, MemoryChart, ProcessorChart } from '../../charts/time/ServiceCharts';
import { ThroughputChart } from '../../charts/time/ThroughputChart';
import styles from './RunCharts.module.css';
import type { RunPlace } from './runPlaces';

/** What the charts of a run are drawn from. */
export type ChartedRun = Pick<RunView, 'intervals' | 'warmup' | 'heat'>;

/** The sections that have charts of a run. */
export function chartedPlaces({ intervals }: ChartedRun): ReadonlySet<RunPlace> {
  const hasErrors = intervals.some(({ errors }) => Object.keys(errors).length > 0);
  const hasParts = intervals.some(({ parts }) => Object.keys(parts).length > 0);
  return new Set<RunPlace>([
    'Timeline',
    'Service',
    ...(hasErrors ? (['Errors'] as const) : []),
    ...(hasParts ? (['Where time went'] as const) : []),
  ]);
}

interface RunChartsProps extends ChartedRun {
  place: RunPlace;
  run: RunDescription;
  /** Whether the run goes on. */
  moving: boolean;
}

/** The charts of a section over the seconds of a run. The scheduler brings each up to date in its turn. */
export function RunCharts({ place, run: { scenario, target }, intervals, warmup, heat, moving }: RunChartsProps) {
  const data = useMemo(() => ({ scenario, intervals, warmup }), [scenario, intervals, warmup]);
  const heatData = useMemo(() => ({ heat, endS: shownSeconds(scenario, intervals) }), [scenario, intervals, heat]);
  switch (place) {
    case 'Timeline':
      return (
        <div className={styles.charts}>
          <ScheduledChart chart={LatencyChart} data={data} moving={moving} />
          <div className={styles.half}>
            <ScheduledChart chart={ThroughputChart} data={data} moving={moving} />
            <ScheduledChart chart={CacheChart} data={data} moving={moving} />
          </div>
          {heat.length > 0 && <ScheduledChart chart={RunHeatmap} data={heatData} moving={moving} />}
        </div>
      );
    case 'Where time went':
      return <ScheduledChart chart={PartsChart} data={data} moving={moving} />;
    case 'Errors':
      return <ScheduledChart chart={ErrorChart} data={data} moving={moving} />;
    case 'Service':
      return (
        <div className={target.kind === 'engine' ? styles.third : styles.charts}>
          <ScheduledChart chart={ProcessorChart} data={data} moving={moving} />
          {target.kind === 'engine' && (
            <>
              <ScheduledChart chart={EventLoopChart} data={data} moving={moving} />
              <ScheduledChart chart={MemoryChart} data={data} moving={moving} />
            </>
          )}
        </div>
      );
    default:
      return null;
  }
}
