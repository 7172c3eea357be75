import { eventLoopChart, memoryChart, processorChart } from '../../../shared/report/charts/runCharts';
import { inColor } from './chartColors';
import { type RunChartProps, TimeChart } from './TimeChart';

const processor = inColor(processorChart);
const eventLoop = inColor(eventLoopChart);
const memory = inColor(memoryChart);

/** The CPU use of the service and the generator, in cores. */
export function ProcessorChart(run: RunChartProps) {
  return <TimeChart {...run} {...processor} />;
}

/** The event loop delay of the built-in service. */
export function EventLoopChart(run: RunChartProps) {
  return <TimeChart {...run} {...eventLoop} />;
}

/** The memory of the built-in service. */
export function MemoryChart(run: RunChartProps) {
  return <TimeChart {...run} {...memory} />;
}
