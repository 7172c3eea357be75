import clsx from 'clsx';
import { useMemo } from 'react';
import type { Experiment } from '../../../shared/experiment/experiment';
import { decisionPicture } from '../../../shared/options/decisionPicture';
import type { OptionResult } from '../../../shared/options/optionResult';
import type { Recommendation } from '../../../shared/options/recommend';
import { optionRows } from '../../../shared/report/optionReport';
import { formatCapacity } from '../../../shared/report/wording/describeCapacity';
import { CapacityBar } from '../../charts/decision/CapacityBar';
import { ClaimAxis, ClaimBar } from '../../charts/decision/ClaimBar';
import { Card } from '../../ui/Card';
import shared from '../../ui/shared.module.css';
import styles from './options.module.css';

interface DecisionPictureProps {
  experiment: Experiment;
  results: readonly OptionResult[];
  recommendation: Recommendation;
}

/** All options on one P95 axis with the target as a line, and the capacity, cost and losses of each. */
export function DecisionPicture({ experiment, results, recommendation }: DecisionPictureProps) {
  const picture = useMemo(() => decisionPicture(experiment, results), [experiment, results]);
  const rows = optionRows(experiment, results);
  const hasCapacity = results.some(({ capacity }) => capacity !== null);
  return (
    <Card title="P95 claimed and measured, against the target">
      <table className={clsx(shared.numbers, styles.picture)} aria-label="The decision">
        <thead>
          <tr>
            <th scope="col">Option</th>
            <th scope="col" className={styles.pictureAxis}>
              <span className={shared.visuallyHidden}>P95</span>
              <ClaimAxis picture={picture} />
            </th>
            <th scope="col">Measured</th>
            {hasCapacity && <th scope="col">Capacity</th>}
            <th scope="col">Durability</th>
          </tr>
        </thead>
        <tbody>
          {picture.options.map((option, place) => {
            const row = rows[place];
            const capacity = results[place]?.capacity ?? null;
            const isChosen = recommendation.variant === option.variant;
            return (
              <tr key={option.label} data-chosen={isChosen}>
                <th scope="row">
                  {isChosen && '★ '}
                  {option.label}
                </th>
                <td className={styles.pictureAxis}>
                  <ClaimBar option={option} picture={picture} />
                </td>
                <td>
                  <b>{row?.p95[0]}</b>
                  {row?.p95.slice(1).map((words) => (
                    <span key={words} className={shared.quiet}>
                      {words}
                    </span>
                  ))}
                </td>
                {hasCapacity && (
                  <td title={row?.capacity.join(', ')}>
                    {formatCapacity(capacity)}
                    {capacity && <CapacityBar capacity={capacity} mostRate={picture.mostRate} />}
                  </td>
                )}
                <td title={row?.durabilityNote}>{row?.durability}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
}
