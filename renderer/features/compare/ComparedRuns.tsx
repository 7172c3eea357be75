import clsx from 'clsx';
import type { ComparedRun, Delta } from '../../../shared/comparison/comparison';
import { experimentMetrics } from '../../../shared/experiment/experiment';
import {
  type ComparedRow,
  comparedColumns,
  comparedRows,
  type DifferenceRow,
  differenceRows,
} from '../../../shared/report/comparisonReport';
import { metricNames } from '../../../shared/report/wording/describeComparison';
import { useCompareStore } from '../../store/compareStore';
import { Button } from '../../ui/Button';
import shared from '../../ui/shared.module.css';
import { HeaderRow } from '../../ui/Table';
import { VerdictBadge } from '../../ui/VerdictBadge';
import styles from './compare.module.css';
import { RunKey } from './RunKey';

function DeltaCell({ difference }: { difference: DifferenceRow }) {
  const { delta, mark, word, value, reason } = difference;
  return (
    <td className={styles.delta} data-outcome={delta.outcome} title={reason}>
      <span className={styles.deltaOutcome}>
        <span aria-hidden="true">{mark}</span> {word}
      </span>
      <span className={shared.quiet}>{value}</span>
    </td>
  );
}

function RunRow({ row }: { row: ComparedRow }) {
  const { makeBaseline, remove } = useCompareStore();
  const { run, place, about, cells } = row;
  return (
    <tr data-run={run.id}>
      <th scope="row">
        <RunKey place={place} /> {run.name}
        <span className={clsx(shared.quiet, styles.comparedAbout)}>{about}</span>
      </th>
      <td>
        <VerdictBadge verdict={run.state} />
      </td>
      {cells.map((cell, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns are always the same
        <td key={column}>{cell}</td>
      ))}
      <td>
        {place > 0 && (
          <Button variant="link" onClick={() => void makeBaseline(run.id)}>
            Make baseline
          </Button>
        )}{' '}
        <Button variant="link" aria-label={`Remove ${run.name}`} onClick={() => void remove(run.id)}>
          Remove
        </Button>
      </td>
    </tr>
  );
}

/** The runs with their figures, and what each is against the baseline. */
export function ComparedRuns({ runs, deltas }: { runs: readonly ComparedRun[]; deltas: readonly Delta[] }) {
  const reasons = [...new Set(deltas.flatMap(({ outcome, reason }) => (outcome === 'unknown' ? (reason ?? []) : [])))];
  return (
    <>
      <section className={shared.panel}>
        <table className={clsx(shared.numbers, styles.compared)} aria-label="Compared runs">
          <HeaderRow titles={['Run', 'Verdict', ...comparedColumns, 'Actions']} />
          <tbody>
            {comparedRows(runs).map((row) => (
              <RunRow key={row.run.id} row={row} />
            ))}
          </tbody>
        </table>
      </section>
      <section className={shared.panel}>
        <h2>Compared with the baseline</h2>
        <table className={clsx(shared.numbers, styles.compared)} aria-label="Compared with the baseline">
          <HeaderRow titles={['Run', ...experimentMetrics.map((metric) => metricNames[metric])]} />
          <tbody>
            {runs.slice(1).map((run, index) => (
              <tr key={run.id}>
                <th scope="row">
                  <RunKey place={index + 1} /> {run.name}
                </th>
                {differenceRows(deltas)
                  .filter(({ delta }) => delta.run === index + 1)
                  .map((difference) => (
                    <DeltaCell key={difference.metric} difference={difference} />
                  ))}
              </tr>
            ))}
          </tbody>
        </table>
        {reasons.map((reason) => (
          <p key={reason} className={shared.quiet}>
            Can't tell: {reason}.
          </p>
        ))}
      </section>
    </>
  );
}
