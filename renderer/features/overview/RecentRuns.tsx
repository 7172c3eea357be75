import { formatFigure } from '../../../shared/report/historyColumns';
import type { RunSummary } from '../../../shared/run/summary';
import { formatTime } from '../../../shared/units/format';
import { openRun } from '../../commands/commandActions';
import { Button } from '../../ui/Button';
import { Table } from '../../ui/Table';
import { VerdictBadge } from '../../ui/VerdictBadge';
import styles from './overview.module.css';

const shownRuns = 8;

/** The last runs, the newest first. */
export function RecentRuns({ runs }: { runs: readonly RunSummary[] }) {
  const recent = runs.filter(({ verdict }) => verdict !== null).slice(0, shownRuns);
  if (recent.length === 0) return null;
  return (
    <section className={styles.recent} aria-label="Recent runs">
      <h2>Recent runs</h2>
      <Table label="Recent runs" columns={['Run', 'Verdict', 'Target', 'Throughput', 'P95', 'Started']}>
        {recent.map((run) => (
          <tr key={run.id}>
            <th scope="row">
              <Button variant="link" onClick={() => openRun(run.id)}>
                {run.name ?? run.scenarioName}
              </Button>
            </th>
            <td>
              <VerdictBadge verdict={run.verdict} />
            </td>
            <td>{run.target}</td>
            <td>{formatFigure('rate', run.rate)}</td>
            <td>{formatFigure('p95Ms', run.p95Ms)}</td>
            <td>{formatTime(run.startedAt)}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
