import { latencyTick } from '../../../shared/charts/axis';
import { formatLatency, formatNumber, formatPercent, formatShare } from '../../../shared/units/format';
import { type ChartSeries, type RunChartProps, TimeChart } from './TimeChart';

const processor: readonly ChartSeries[] = [
  {
    key: 'service',
    name: 'service',
    fold: 'mean',
    color: 'var(--part-fetch)',
    value: ({ targetCpu }) => targetCpu,
  },
  {
    key: 'loop',
    name: 'event loop',
    fold: 'mean',
    color: 'var(--part-loop)',
    value: ({ targetUtilisation }) => targetUtilisation,
  },
  {
    key: 'generator',
    name: 'generator',
    fold: 'mean',
    color: 'var(--text-quiet)',
    dash: '4 3',
    width: 1.5,
    value: ({ generatorUtilisation }) => generatorUtilisation,
  },
];

const delay: readonly ChartSeries[] = [
  {
    key: 'delay',
    name: 'longest delay',
    fold: 'worst',
    color: 'var(--part-loop)',
    value: ({ targetLoopDelayMs }) => targetLoopDelayMs,
  },
  {
    key: 'garbage',
    name: 'longest GC pause',
    fold: 'worst',
    color: 'var(--part-send)',
    value: ({ targetGcMaxMs }) => targetGcMaxMs,
  },
];

const memory: readonly ChartSeries[] = [
  {
    key: 'resident',
    name: 'resident',
    fold: 'worst',
    color: 'var(--part-fetch)',
    value: ({ targetRssMb }) => targetRssMb,
  },
  {
    key: 'heap',
    name: 'heap',
    fold: 'worst',
    color: 'var(--part-decode)',
    value: ({ targetHeapMb }) => targetHeapMb,
  },
];

function formatMb(sizeMb: number | null): string {
  return sizeMb === null ? '–' : `${formatNumber(sizeMb)} MB`;
}

/** What service and generator used of a core. */
export function ProcessorChart(run: RunChartProps) {
  return (
    <TimeChart
      {...run}
      title="Processor"
      series={processor}
      format={formatShare}
      formatAxis={formatPercent}
      atLeast={1}
    />
  );
}

/** What held up the event loop of a service of ours. */
export function EventLoopChart(run: RunChartProps) {
  return <TimeChart {...run} title="Event loop" series={delay} format={formatLatency} formatAxis={latencyTick} />;
}

/** The memory of a service of ours. */
export function MemoryChart(run: RunChartProps) {
  return <TimeChart {...run} title="Memory" series={memory} format={formatMb} formatAxis={formatMb} />;
}
