import { formatFigure } from '../../../shared/report/historyColumns';
import type { RunSummary } from '../../../shared/run/summary';
import { openRun } from '../../commands/commandActions';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { EmptyState } from '../../ui/EmptyState';
import { RelativeTime } from '../../ui/RelativeTime';
import { Table } from '../../ui/Table';
import { VerdictBadge } from '../../ui/VerdictBadge';
import { SampleRun } from '../run/SampleRun';
import styles from './overview.module.css';

const shownRuns = 8;

/** The latest runs, newest first. */
export function RecentRuns({ runs }: { runs: readonly RunSummary[] }) {
  const recent = runs.filter(({ verdict }) => verdict !== null).slice(0, shownRuns);
  return (
    <Card title="Recent runs">
      {recent.length === 0 ? (
        <EmptyState sentence="No runs yet.">
          <SampleRun />
        </EmptyState>
      ) : (
        <div className={styles.recent}>
          <Table
            label="Recent runs"
            columns={['Run', 'Verdict', 'Target', 'Throughput', 'P95', 'Started']}
            texts={['Verdict', 'Target']}
          >
            {recent.map((run) => (
              <tr key={run.id}>
                <th scope="row">
                  <Button variant="link" onClick={() => openRun(run.id)}>
                    {run.name ?? run.scenarioName}
                  </Button>
                </th>
                <td data-text>
                  <VerdictBadge verdict={run.verdict} />
                </td>
                <td data-text title={run.target}>
                  {run.target}
                </td>
                <td>{formatFigure('rate', run.rate)}</td>
                <td>{formatFigure('p95Ms', run.p95Ms)}</td>
                <td>
                  <RelativeTime at={run.startedAt} />
                </td>
              </tr>
            ))}
          </Table>
        </div>
      )}
    </Card>
  );
}
