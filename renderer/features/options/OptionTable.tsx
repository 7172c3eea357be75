import clsx from 'clsx';
import type { Experiment } from '../../../shared/experiment/experiment';
import type { OptionResult } from '../../../shared/options/optionResult';
import type { Recommendation } from '../../../shared/options/recommend';
import { optionColumns, optionRows } from '../../../shared/report/optionReport';
import { useOpenedRunStore } from '../../store/openedRunStore';
import { useOptionsStore } from '../../store/optionsStore';
import { useScreenStore } from '../../store/screenStore';
import { Button } from '../../ui/Button';
import shared from '../../ui/shared.module.css';
import { HeaderRow } from '../../ui/Table';
import styles from './options.module.css';

const titles = [
  optionColumns.label,
  optionColumns.p95,
  optionColumns.p99,
  optionColumns.throughput,
  'Safety',
  optionColumns.resources,
  'Actions',
];

/** The main value of a cell with its details below. */
function Stacked({ words: [first, ...rest] }: { words: readonly string[] }) {
  return (
    <>
      {first ?? '\u2013'}
      {rest.map((words) => (
        <span key={words} className={shared.quiet}>
          {words}
        </span>
      ))}
    </>
  );
}

interface OptionTableProps {
  experiment: Experiment;
  results: readonly OptionResult[];
  recommendation: Recommendation;
}

/** Claims against measurements, and everything else that decides, with a row for each option. */
export function OptionTable({ experiment, results, recommendation }: OptionTableProps) {
  const takeOption = useOptionsStore((state) => state.takeOption);
  const openRun = async (id: string): Promise<void> => {
    await useOpenedRunStore.getState().open(id);
    useScreenStore.getState().show('history');
  };
  return (
    <section className={clsx(shared.panel, styles.scrolling)}>
      <h2>Claimed and measured: medians over the runs</h2>
      <table className={clsx(shared.numbers, styles.optionsTable)} aria-label="Options">
        <HeaderRow titles={titles} />
        <tbody>
          {optionRows(experiment, results).map((row) => {
            const { label, option, capacity, durability, durabilityNote } = row;
            const { variant, conformance, failure, lastRunId } = row.result;
            const target = experiment.variants[variant]?.target;
            const [capacityFigure, ...capacityNotes] = capacity;
            const isChosen = recommendation.variant === variant;
            const why = recommendation.against.get(variant);
            return (
              <tr key={label} data-option={label} data-chosen={isChosen}>
                <th scope="row">
                  {isChosen && <span aria-hidden="true">★ </span>}
                  {label}
                  {option && <span className={shared.quiet}>{option.title}</span>}
                  {option?.effort && <span className={shared.quiet}>effort: {option.effort}</span>}
                  {why && <span className={shared.quiet}>{why}</span>}
                </th>
                <td>
                  <Stacked words={row.p95} />
                </td>
                <td>
                  <Stacked words={row.p99} />
                </td>
                <td>
                  <Stacked words={row.throughput} />
                  {capacityFigure !== undefined && (
                    <span className={row.result.capacity?.rate == null ? shared.quiet : styles.capacity}>
                      {capacityFigure}
                    </span>
                  )}
                  {capacityNotes.map((note) => (
                    <span key={note} className={shared.quiet}>
                      {note}
                    </span>
                  ))}
                </td>
                <td className={styles.text}>
                  <span title={durabilityNote}>{durability}</span>
                  <span data-conformance={conformance}>{row.conformance}</span>
                  {failure && (
                    <span className={shared.quiet} data-wraps>
                      {failure}
                    </span>
                  )}
                </td>
                <td>
                  {row.resources.length === 0 && '\u2013'}
                  {row.resources.map((words) => (
                    <span key={words} className={shared.quiet}>
                      {words}
                    </span>
                  ))}
                </td>
                <td className={styles.rowActions}>
                  {lastRunId !== undefined && (
                    <Button variant="link" onClick={() => void openRun(lastRunId)}>
                      Last run
                    </Button>
                  )}
                  {target?.kind === 'engine' && conformance !== 'fails' && !isChosen && (
                    <Button variant="link" onClick={() => void takeOption(target)}>
                      Use
                    </Button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
