import { type Adjusted, adjustedName, formatAdjusted, unboundedText } from '../../../shared/run/adjusted';
import { type LatencySummary, samplesNeeded } from '../../../shared/statistics/latencySummary';
import { formatLatency, formatNumber } from '../../../shared/units/format';
import { HeaderRow } from '../../ui/HeaderRow';

const percentiles = [
  ['P50', 50, 'p50'],
  ['P90', 90, 'p90'],
  ['P95', 95, 'p95'],
  ['P99', 99, 'p99'],
] as const;

/**
 * Latencies by name, one row each, and a row over all intended requests where that differs. A percentile that rests on
 * too few requests shows a dash.
 */
export function LatencyTable({
  first,
  rows,
  adjusted,
}: {
  first: string;
  rows: readonly (readonly [name: string, summary: LatencySummary])[];
  adjusted?: Adjusted | undefined;
}) {
  return (
    <table className="numbers">
      <HeaderRow titles={[first, 'Count', ...percentiles.map(([title]) => title), 'Max']} />
      <tbody>
        {rows.map(([name, summary]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{formatNumber(summary.count)}</td>
            {percentiles.map(([title, percentile, key]) => (
              <td key={title}>{formatLatency(summary.count >= samplesNeeded(percentile) ? summary[key] : null)}</td>
            ))}
            <td>{formatLatency(summary.max)}</td>
          </tr>
        ))}
        {adjusted && (
          <tr>
            <th scope="row">{adjustedName}</th>
            <td>{formatNumber(adjusted.count)}</td>
            {percentiles.map(([title, percentile, key]) => (
              <td key={title}>{formatAdjusted(percentile, adjusted.percentiles[key], adjusted.count)}</td>
            ))}
            <td>{unboundedText}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
