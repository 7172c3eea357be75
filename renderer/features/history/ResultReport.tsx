import { type ImportedLatency, type ImportedResult, toolNames } from '../../../shared/interchange/importedResult';
import { describeLatency } from '../../../shared/interchange/latencyDefinition';
import {
  formatClock,
  formatLatency,
  formatNumber,
  formatRate,
  formatShare,
  formatTime,
} from '../../../shared/units/format';
import { HeaderRow } from '../../ui/HeaderRow';
import { VerdictBadge } from '../../ui/VerdictBadge';
import { ThresholdMark } from '../run/ThresholdMark';

const ranks = ['50', '75', '90', '95', '99', '99.9'] as const;

function latencyCells({ count, percentiles, max }: ImportedLatency): string[] {
  return [
    count === null ? '\u2013' : formatNumber(count),
    ...ranks.map((rank) => formatLatency(percentiles[rank])),
    formatLatency(max),
  ];
}

/** The result of another tool: what its file tells, and what that means. */
export function ResultReport({ result }: { result: ImportedResult }) {
  const { metrics, thresholds, notes, latency, durationMs, toolVersion, file, importedAt } = result;
  const { http_req_failed: failed, http_reqs, http_req_duration: duration } = metrics;
  const tiles = [
    ['Throughput', formatRate(http_reqs.rate), `${formatNumber(http_reqs.count)} requests`],
    ['P50', formatLatency(duration.percentiles['50']), 'latency'],
    ['P95', formatLatency(duration.percentiles['95']), 'latency'],
    ['P99', formatLatency(duration.percentiles['99']), 'latency'],
    ['Errors', formatShare(failed?.rate), failed ? `${formatNumber(failed.count)} failed` : 'not reported'],
    ['Duration', durationMs === null ? '\u2013' : formatClock(durationMs), ''],
  ] as const;
  const rows: [string, ImportedLatency][] = [['all', duration], ...Object.entries(metrics.by_operation)];
  return (
    <div className="report">
      <header className="headline" data-verdict="imported">
        <p className="headline-meta quiet">
          {toolNames[result.tool]}
          {toolVersion && ` ${toolVersion}`} · {file} · imported {formatTime(importedAt)}
        </p>
        <p className="headline-sentence">
          <VerdictBadge verdict="imported" /> {result.subject ?? file}
        </p>
      </header>
      <dl className="tiles">
        {tiles.map(([name, value, note]) => (
          <div key={name} className="tile" data-tile={name}>
            <dt>{name}</dt>
            <dd className="tile-value">{value}</dd>
            <dd className="quiet">{note}</dd>
          </div>
        ))}
      </dl>
      <section className="panel">
        <h2>What the numbers mean</h2>
        <p>
          Latency is measured {describeLatency(latency)}. Proofload did not make this run and could not check its
          measurement.
        </p>
        <ul>
          {notes.map((note) => (
            <li key={note} className="quiet">
              {note}
            </li>
          ))}
        </ul>
      </section>
      <section className="panel">
        <h2>Latency</h2>
        <table className="numbers">
          <HeaderRow titles={['Operation', 'Count', ...ranks.map((rank) => `P${rank}`), 'Max']} />
          <tbody>
            {rows.map(([name, summary]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {latencyCells(summary).map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the columns are always the same
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {thresholds.length > 0 && (
        <section className="panel">
          <h2>Thresholds of {toolNames[result.tool]}</h2>
          <ul className="checks">
            {thresholds.map(({ metric, expression, ok }) => (
              <li key={`${metric} ${expression}`}>
                <ThresholdMark status={ok ? 'passed' : 'failed'} />
                <code>
                  {metric} {expression}
                </code>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
