import { isOpen } from '../../../shared/scenario/describe';
import { formatNumber, formatRate } from '../../../shared/units/format';
import { type ChartSeries, type RunChartProps, TimeChart } from './TimeChart';

const achieved: ChartSeries = {
  key: 'achieved',
  name: 'achieved',
  fold: 'mean',
  color: 'var(--throughput)',
  value: ({ rate }) => rate,
};
const asked: ChartSeries = {
  key: 'asked',
  name: 'asked',
  fold: 'mean',
  color: 'var(--text-quiet)',
  dash: '4 3',
  width: 1.5,
  value: (interval) => interval.asked,
};
const openModel = [asked, achieved];
const closedModel = [achieved];

/** Requests per second: asked by the schedule (open model only) and achieved. */
export function ThroughputChart({ scenario, intervals, warmup }: RunChartProps) {
  return (
    <TimeChart
      title="Throughput"
      scenario={scenario}
      intervals={intervals}
      warmup={warmup}
      series={isOpen(scenario.load) ? openModel : closedModel}
      format={formatRate}
      formatAxis={formatNumber}
    />
  );
}
