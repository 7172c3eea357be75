import { eventLoopChart, memoryChart, processorChart } from '../../../shared/report/charts/runCharts';
import { inColor } from './chartColors';
import { type RunChartProps, TimeChart } from './TimeChart';

const processor = inColor(processorChart);
const eventLoop = inColor(eventLoopChart);
const memory = inColor(memoryChart);

/** What service and generator used of a core. */
export function ProcessorChart(run: RunChartProps) {
  return <TimeChart {...run} {...processor} />;
}

/** What held up the event loop of a service of ours. */
export function EventLoopChart(run: RunChartProps) {
  return <TimeChart {...run} {...eventLoop} />;
}

/** The memory of a service of ours. */
export function MemoryChart(run: RunChartProps) {
  return <TimeChart {...run} {...memory} />;
}
