import type { RunSummary } from '../../../shared/run/summary';
import { formatLatency, formatRate } from '../../../shared/units/format';
import { useHistoryStore } from '../../store/historyStore';
import { HeaderRow } from '../../ui/HeaderRow';
import { VerdictBadge } from '../../ui/VerdictBadge';

const columns = ['Started', 'Verdict', 'Scenario', 'Target', 'Throughput', 'P95', 'P99'] as const;

export function HistoryTable({ runs }: { runs: readonly RunSummary[] }) {
  const open = useHistoryStore((state) => state.open);
  return (
    <table className="numbers history-table">
      <HeaderRow titles={columns} />
      <tbody>
        {runs.map((run) => (
          <tr key={run.id} data-run={run.id}>
            <th scope="row">
              <button type="button" className="link" disabled={run.verdict === null} onClick={() => void open(run.id)}>
                {new Date(run.startedAt).toLocaleString('en-GB')}
              </button>
            </th>
            <td>
              <VerdictBadge verdict={run.verdict} />
            </td>
            <td>{run.scenarioName}</td>
            <td>{run.target}</td>
            <td>{formatRate(run.rate)}</td>
            <td>{formatLatency(run.p95Ms)}</td>
            <td>{formatLatency(run.p99Ms)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
