import { useMemo } from 'react';
import { shownSeconds } from '../../../shared/charts/chartData';
import type { RunDescription } from '../../../shared/run/events';
import type { HeatSecond } from '../../../shared/run/heat';
import type { RunInterval } from '../../../shared/run/metrics';
import { RunHeatmap } from '../../charts/distribution/RunHeatmap';
import { PartsChart } from '../../charts/parts/PartsChart';
import { ScheduledChart } from '../../charts/scheduling/ScheduledChart';
import { CacheChart } from '../../charts/time/CacheChart';
import { ErrorChart } from '../../charts/time/ErrorChart';
import { LatencyChart } from '../../charts/time/LatencyChart';
import { EventLoopChart, MemoryChart, ProcessorChart } from '../../charts/time/ServiceCharts';
import { ThroughputChart } from '../../charts/time/ThroughputChart';

interface RunChartsProps {
  run: RunDescription;
  intervals: readonly RunInterval[];
  warmup: readonly RunInterval[];
  heat: readonly HeatSecond[];
  /** Whether the run goes on. */
  moving: boolean;
}

/** The charts of a run over its seconds. Which there are is decided here: the scheduler brings each up to date. */
export function RunCharts({ run: { scenario, target }, intervals, warmup, heat, moving }: RunChartsProps) {
  const data = useMemo(() => ({ scenario, intervals, warmup }), [scenario, intervals, warmup]);
  const heatData = useMemo(() => ({ heat, endS: shownSeconds(scenario, intervals) }), [scenario, intervals, heat]);
  const hasErrors = useMemo(() => intervals.some(({ errors }) => Object.keys(errors).length > 0), [intervals]);
  const hasParts = useMemo(() => intervals.some(({ parts }) => Object.keys(parts).length > 0), [intervals]);
  return (
    <div className="charts run-charts">
      <ScheduledChart chart={ThroughputChart} data={data} moving={moving} />
      <ScheduledChart chart={LatencyChart} data={data} moving={moving} />
      <ScheduledChart chart={CacheChart} data={data} moving={moving} />
      {heat.length > 0 && <ScheduledChart chart={RunHeatmap} data={heatData} moving={moving} />}
      {hasErrors && <ScheduledChart chart={ErrorChart} data={data} moving={moving} />}
      {hasParts && <ScheduledChart chart={PartsChart} data={data} moving={moving} />}
      <ScheduledChart chart={ProcessorChart} data={data} moving={moving} />
      {target.kind === 'engine' && (
        <>
          <ScheduledChart chart={EventLoopChart} data={data} moving={moving} />
          <ScheduledChart chart={MemoryChart} data={data} moving={moving} />
        </>
      )}
    </div>
  );
}
