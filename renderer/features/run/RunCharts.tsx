import { useMemo } from 'react';
import type { MomentMark } from '../../../shared/report/charts/momentMarks';
import type { RunDescription } from '../../../shared/run/events';
import type { RunView } from '../../../shared/run/reducer';
import { PartsChart } from '../../charts/parts/PartsChart';
import { ScheduledChart } from '../../charts/scheduling/ScheduledChart';
import { ErrorChart } from '../../charts/time/ErrorChart';
import { EventLoopChart, MemoryChart, ProcessorChart } from '../../charts/time/ServiceCharts';
import styles from './RunCharts.module.css';
import type { RunPlace } from './runPlaces';
import { TimelineLanes } from './TimelineLanes';

/** The data of a run's charts. */
export type ChartedRun = Pick<RunView, 'intervals' | 'warmup' | 'heat'>;

/** The sections that have charts for a run. */
export function chartedPlaces({ intervals }: ChartedRun): ReadonlySet<RunPlace> {
  const hasErrors = intervals.some(({ errors }) => Object.keys(errors).length > 0);
  const hasParts = intervals.some(({ parts }) => Object.keys(parts).length > 0);
  return new Set<RunPlace>([
    'Timeline',
    'Service',
    ...(hasErrors ? (['Errors'] as const) : []),
    ...(hasParts ? (['Where the time went'] as const) : []),
  ]);
}

interface RunChartsProps extends ChartedRun {
  place: RunPlace;
  run: RunDescription;
  moments: readonly MomentMark[];
  /** Whether the run is in progress. */
  moving: boolean;
}

/** The charts of a section over the seconds of a run. The scheduler updates them one after the other. */
export function RunCharts({ place, ...charted }: RunChartsProps) {
  const { run, intervals, warmup, moments, moving } = charted;
  const { scenario, target } = run;
  const data = useMemo(() => ({ scenario, intervals, warmup, moments }), [scenario, intervals, warmup, moments]);
  switch (place) {
    case 'Timeline':
      return <TimelineLanes {...charted} />;
    case 'Where the time went':
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
