import type { RunInterval } from '../../shared/run/metrics';
import { isOpen } from '../../shared/scenario/describe';
import type { Scenario } from '../../shared/scenario/schema';
import { formatNumber, formatRate } from '../../shared/units/format';
import { type ChartSeries, TimeChart } from './TimeChart';

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
  dashed: true,
  value: (interval) => interval.asked,
};
const openModel = [asked, achieved];
const closedModel = [achieved];

/** Requests per second: asked by the schedule (open model only) and achieved. */
export function ThroughputChart({ scenario, intervals }: { scenario: Scenario; intervals: readonly RunInterval[] }) {
  return (
    <TimeChart
      title="Throughput"
      scenario={scenario}
      intervals={intervals}
      series={isOpen(scenario.load) ? openModel : closedModel}
      format={formatRate}
      formatAxis={formatNumber}
    />
  );
}
