import type { Experiment } from '../../../shared/experiment/experiment';
import type { OptionResult } from '../../../shared/options/optionResult';
import type { Recommendation } from '../../../shared/options/recommend';
import { optionColumns, optionRows } from '../../../shared/report/optionReport';
import { useOpenedRunStore } from '../../store/openedRunStore';
import { useOptionsStore } from '../../store/optionsStore';
import { useScreenStore } from '../../store/screenStore';
import { HeaderRow } from '../../ui/HeaderRow';

const titles = [
  optionColumns.label,
  optionColumns.p95,
  optionColumns.p99,
  optionColumns.throughput,
  'Safety',
  optionColumns.resources,
  'Actions',
];

/** The main figure of a cell and what belongs to it, under each other. */
function Stacked({ words: [first, ...rest] }: { words: readonly string[] }) {
  return (
    <>
      {first ?? '\u2013'}
      {rest.map((words) => (
        <span key={words} className="quiet">
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

/** Claimed against measured, and everything else that decides, a row for each option. */
export function OptionTable({ experiment, results, recommendation }: OptionTableProps) {
  const takeOption = useOptionsStore((state) => state.takeOption);
  const openRun = async (id: string): Promise<void> => {
    await useOpenedRunStore.getState().open(id);
    useScreenStore.getState().show('history');
  };
  return (
    <section className="panel">
      <h2>Claimed and measured: medians over the runs</h2>
      <table className="numbers options-table" aria-label="Options">
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
                  {option && <span className="quiet">{option.title}</span>}
                  {option?.effort && <span className="quiet">effort: {option.effort}</span>}
                  {why && <span className="quiet why">{why}</span>}
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
                    <span className={row.result.capacity?.rate == null ? 'quiet' : 'capacity'}>{capacityFigure}</span>
                  )}
                  {capacityNotes.map((note) => (
                    <span key={note} className="quiet">
                      {note}
                    </span>
                  ))}
                </td>
                <td className="text">
                  <span title={durabilityNote}>{durability}</span>
                  <span data-conformance={conformance}>{row.conformance}</span>
                  {failure && <span className="quiet">{failure}</span>}
                </td>
                <td>
                  {row.resources.length === 0 && '\u2013'}
                  {row.resources.map((words) => (
                    <span key={words} className="quiet">
                      {words}
                    </span>
                  ))}
                </td>
                <td className="row-actions">
                  {lastRunId !== undefined && (
                    <button type="button" className="link" onClick={() => void openRun(lastRunId)}>
                      Last run
                    </button>
                  )}
                  {target?.kind === 'engine' && conformance !== 'fails' && !isChosen && (
                    <button type="button" className="link" onClick={() => void takeOption(target)}>
                      Use
                    </button>
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
