import type { RunDocument } from '../../../shared/run/document';
import { formatLatency, formatNumber, formatShare } from '../../../shared/units/format';
import { HeaderRow } from '../../ui/HeaderRow';

const operationColumns = ['Operation', 'Requests', 'P50', 'P90', 'P95', 'P99', 'Max'] as const;

function Mark({ ok }: { ok: boolean }) {
  return (
    <span className="mark" data-ok={ok}>
      {ok ? '✓ holds' : '✕ fails'}
    </span>
  );
}

function thresholdValue(metric: string, value: number | null): string {
  if (value === null) return 'no sample';
  if (metric.startsWith('http_req_duration') || metric === 'http_req_service' || metric === 'send_lateness')
    return formatLatency(value);
  return metric === 'http_reqs' || metric === 'dropped_iterations' ? formatNumber(value, 1) : formatShare(value);
}

function integritySentence({ checked, violations, acknowledgedWrites, lostWrites }: RunDocument['integrity']): string {
  const audit = lostWrites === null ? 'the store could not be audited' : `${formatNumber(lostWrites)} lost`;
  return `${formatNumber(checked)} answers checked, ${formatNumber(violations)} wrong; ${formatNumber(acknowledgedWrites)} documents with acknowledged writes, ${audit}.`;
}

/** What the verdict rests on: thresholds, trust checks, integrity, and the parts by operation. */
export function Evidence({ document }: { document: RunDocument }) {
  const { thresholds, trust, metrics, integrity } = document;
  return (
    <div className="evidence">
      <section className="panel">
        <h2>Thresholds</h2>
        <ul className="checks">
          {thresholds.map(({ metric, expression, value, ok }) => (
            <li key={`${metric} ${expression}`}>
              <Mark ok={ok} />
              <code>
                {metric} {expression}
              </code>
              <span>{thresholdValue(metric, value)}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className="panel">
        <h2>Can I trust this number?</h2>
        <ul className="checks">
          {trust.map(({ check, message, ok }) => (
            <li key={check}>
              <Mark ok={ok} />
              <span className="check-message">{message}</span>
            </li>
          ))}
          {document.target.kind === 'engine' && (
            <li>
              <Mark ok={integrity.violations === 0 && integrity.lostWrites === 0} />
              <span className="check-message">{integritySentence(integrity)}</span>
            </li>
          )}
        </ul>
      </section>
      <section className="panel wide">
        <h2>Response time by operation</h2>
        <table className="numbers">
          <HeaderRow titles={operationColumns} />
          <tbody>
            {Object.entries(metrics.by_operation).map(([operation, { count, p50, p90, p95, p99, max }]) => (
              <tr key={operation}>
                <th scope="row">{operation}</th>
                <td>{formatNumber(count)}</td>
                {[p50, p90, p95, p99, max].map((value, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the columns are fixed
                  <td key={column}>{formatLatency(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
