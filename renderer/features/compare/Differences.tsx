import clsx from 'clsx';
import { useMemo } from 'react';
import type { ComparedRun, Delta } from '../../../shared/comparison/comparison';
import { type DifferenceRow, differenceRows } from '../../../shared/report/comparisonReport';
import { DifferenceAxis, DifferenceBar } from '../../charts/comparison/DifferenceBar';
import { differenceScale } from '../../charts/comparison/differenceScale';
import { Card } from '../../ui/Card';
import shared from '../../ui/shared.module.css';
import styles from './compare.module.css';
import { RunKey } from './RunKey';

interface DifferenceRowsProps {
  run: ComparedRun;
  place: number;
  rows: readonly DifferenceRow[];
  scale: ReturnType<typeof differenceScale>;
}

/** A run against the baseline, with a row for each metric. */
function RunDifferences({ run, place, rows, scale }: DifferenceRowsProps) {
  return (
    <tbody>
      {rows.map(({ delta, metric, mark, word, value, reason }, index) => (
        <tr key={metric} data-outcome={delta.outcome}>
          {index === 0 && (
            <th scope="rowgroup" rowSpan={rows.length} title={run.name}>
              <RunKey place={place} /> {run.name}
            </th>
          )}
          <th scope="row">{metric}</th>
          <td className={styles.plot}>
            <DifferenceBar scale={scale} {...delta} />
          </td>
          <td className={styles.outcome}>
            {mark} {word}
          </td>
          <td title={reason}>{value}</td>
        </tr>
      ))}
    </tbody>
  );
}

/** Each run against the baseline on one axis for all, with the undecided metrics and the reason. */
export function Differences({ runs, deltas }: { runs: readonly ComparedRun[]; deltas: readonly Delta[] }) {
  const rows = useMemo(() => differenceRows(deltas), [deltas]);
  const scale = useMemo(() => differenceScale(deltas), [deltas]);
  const reasons = [...new Set(deltas.flatMap(({ outcome, reason }) => (outcome === 'unknown' ? (reason ?? []) : [])))];
  return (
    <Card title="Differences from the baseline">
      <div className={styles.differencesFrame}>
        <table className={clsx(shared.numbers, styles.differences)} aria-label="Compared with the baseline">
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col">Metric</th>
              <th scope="col" className={styles.plot}>
                <span className={shared.visuallyHidden}>Difference</span>
                <DifferenceAxis scale={scale} />
              </th>
              <th scope="col">Outcome</th>
              <th scope="col">Change (95 % CI)</th>
            </tr>
          </thead>
          {runs.slice(1).map((run, index) => (
            <RunDifferences
              key={run.id}
              run={run}
              place={index + 1}
              rows={rows.filter(({ delta }) => delta.run === index + 1)}
              scale={scale}
            />
          ))}
        </table>
      </div>
      {reasons.map((reason) => (
        <p key={reason} className={shared.quiet}>
          Can't tell: {reason.replace(/\.$/, '')}.
        </p>
      ))}
    </Card>
  );
}
