import { useMemo } from 'react';
import { shownSeconds } from '../../../shared/charts/chartData';
import type { RunDescription } from '../../../shared/run/events';
import type { HeatSecond } from '../../../shared/run/heat';
import type { RunInterval } from '../../../shared/run/metrics';
import { CacheChart } from '../../charts/CacheChart';
import { ErrorChart } from '../../charts/ErrorChart';
import { InTurn } from '../../charts/InTurn';
import { LatencyChart } from '../../charts/LatencyChart';
import { PartsChart } from '../../charts/PartsChart';
import { RunHeatmap } from '../../charts/RunHeatmap';
import { EventLoopChart, MemoryChart, ProcessorChart } from '../../charts/ServiceCharts';
import { ThroughputChart } from '../../charts/ThroughputChart';

interface RunChartsProps {
  run: RunDescription;
  intervals: readonly RunInterval[];
  warmup: readonly RunInterval[];
  heat: readonly HeatSecond[];
  /** Whether the run goes on. */
  moving: boolean;
}

/** The charts of a run over its seconds. Which there are is decided here: each is brought up to date in its turn. */
export function RunCharts({ run: { scenario, target }, intervals, warmup, heat, moving }: RunChartsProps) {
  const data = useMemo(() => ({ scenario, intervals, warmup }), [scenario, intervals, warmup]);
  const heatData = useMemo(() => ({ heat, endS: shownSeconds(scenario, intervals) }), [scenario, intervals, heat]);
  const hasErrors = useMemo(() => intervals.some(({ errors }) => Object.keys(errors).length > 0), [intervals]);
  const hasParts = useMemo(() => intervals.some(({ parts }) => Object.keys(parts).length > 0), [intervals]);
  return (
    <div className="charts run-charts">
      <InTurn chart={ThroughputChart} data={data} moving={moving} />
      <InTurn chart={LatencyChart} data={data} moving={moving} />
      <InTurn chart={CacheChart} data={data} moving={moving} />
      {heat.length > 0 && <InTurn chart={RunHeatmap} data={heatData} moving={moving} />}
      {hasErrors && <InTurn chart={ErrorChart} data={data} moving={moving} />}
      {hasParts && <InTurn chart={PartsChart} data={data} moving={moving} />}
      <InTurn chart={ProcessorChart} data={data} moving={moving} />
      {target.kind === 'engine' && (
        <>
          <InTurn chart={EventLoopChart} data={data} moving={moving} />
          <InTurn chart={MemoryChart} data={data} moving={moving} />
        </>
      )}
    </div>
  );
}
