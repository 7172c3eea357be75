import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts';
import { axisTicks, roomAbove } from '../../../shared/charts/axis';
import { type RunSummary, type TrendMetric, trendMetrics } from '../../../shared/run/summary';
import { formatLatency, formatRate, formatShare } from '../../../shared/units/format';
import { axisStyle, ChartFrame, chartMargin, Plot, tooltipStyle, valueAxisStyle } from '../../charts/ChartFrame';
import { useHistoryListStore } from '../../store/historyListStore';
import { HeaderRow } from '../../ui/HeaderRow';

const metricNames: Record<TrendMetric, string> = {
  rate: 'Throughput',
  p50Ms: 'P50',
  p95Ms: 'P95',
  p99Ms: 'P99',
  p99_9Ms: 'P99.9',
  failedRate: 'Errors',
  cacheHitRate: 'Cache hits',
};

function formatMetric(metric: TrendMetric, value: number | null): string {
  if (metric === 'rate') return formatRate(value);
  return metric === 'failedRate' || metric === 'cacheHitRate' ? formatShare(value) : formatLatency(value);
}

function started({ startedAt }: RunSummary): string {
  return new Date(startedAt).toLocaleString('en-GB');
}

/** One metric over the runs of the list, oldest first. */
export function TrendChart() {
  const { trend, metric, setMetric } = useHistoryListStore();
  const points = trend.filter(({ verdict }) => verdict !== null);
  if (points.length < 2) return null;
  const ticks = axisTicks(roomAbove(Math.max(0, ...points.map((run) => run[metric] ?? 0))));
  const title = `Trend: ${metricNames[metric]} of the last ${points.length} runs of the list`;
  return (
    <ChartFrame
      name="Trend"
      title={title}
      legend={
        <select
          className="field"
          aria-label="Metric of the trend"
          value={metric}
          onChange={({ target }) => setMetric(trendMetrics.find((known) => known === target.value) ?? metric)}
        >
          {trendMetrics.map((known) => (
            <option key={known} value={known}>
              {metricNames[known]}
            </option>
          ))}
        </select>
      }
      table={
        <div className="chart-table">
          <table className="numbers" aria-label={title}>
            <HeaderRow titles={['Run', metricNames[metric]]} />
            <tbody>
              {points.map((run) => (
                <tr key={run.id}>
                  <th scope="row">{started(run)}</th>
                  <td>{formatMetric(metric, run[metric])}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      }
    >
      <Plot>
        <LineChart data={points} margin={chartMargin}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="startedAt" tickFormatter={(at: string) => at.slice(0, 10)} minTickGap={60} {...axisStyle} />
          <YAxis
            domain={[0, ticks.at(-1) ?? 1]}
            ticks={ticks}
            tickFormatter={(value: number) => formatMetric(metric, value)}
            {...valueAxisStyle}
          />
          <Tooltip
            isAnimationActive={false}
            labelFormatter={(at) => new Date(String(at)).toLocaleString('en-GB')}
            formatter={(value) => formatMetric(metric, typeof value === 'number' ? value : null)}
            contentStyle={tooltipStyle}
          />
          <Line
            name={metricNames[metric]}
            dataKey={metric}
            stroke="var(--accent)"
            strokeWidth={1.5}
            dot={points.length < 80 ? { r: 2 } : false}
            isAnimationActive={false}
          />
        </LineChart>
      </Plot>
    </ChartFrame>
  );
}
