import clsx from 'clsx';
import type { ComparedRun } from '../../../shared/comparison/comparison';
import { type ComparedRow, comparedColumns, comparedRows } from '../../../shared/report/comparisonReport';
import { useCompareStore } from '../../store/compareStore';
import { Button } from '../../ui/Button';
import { RemoveButton } from '../../ui/RemoveButton';
import shared from '../../ui/shared.module.css';
import { HeaderRow } from '../../ui/Table';
import { VerdictBadge } from '../../ui/VerdictBadge';
import styles from './compare.module.css';
import { RunKey } from './RunKey';

function RunRow({ row }: { row: ComparedRow }) {
  const { makeBaseline, remove } = useCompareStore();
  const { run, place, about, cells } = row;
  return (
    <tr data-run={run.id}>
      <th scope="row">
        <RunKey place={place} /> {run.name}
        <span className={clsx(shared.quiet, styles.comparedAbout)}>{about}</span>
      </th>
      <td data-text>
        <VerdictBadge verdict={run.state} />
      </td>
      {cells.map((cell, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns are always the same
        <td key={column}>{cell}</td>
      ))}
      <td className={styles.actions}>
        {place > 0 && (
          <Button variant="link" onClick={() => void makeBaseline(run.id)}>
            Make baseline
          </Button>
        )}
        <RemoveButton name={run.name} onRemove={() => void remove(run.id)} />
      </td>
    </tr>
  );
}

/** The runs with their metrics. The first is the baseline. */
export function ComparedRuns({ runs }: { runs: readonly ComparedRun[] }) {
  return (
    <section className={shared.panel}>
      <table className={clsx(shared.numbers, styles.compared)} aria-label="Compared runs">
        <HeaderRow titles={['Run', 'Verdict', ...comparedColumns, 'Actions']} texts={['Verdict']} />
        <tbody>
          {comparedRows(runs).map((row) => (
            <RunRow key={row.run.id} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}
