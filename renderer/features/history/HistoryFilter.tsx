import type { RunFilter } from '../../../shared/history/runQuery';
import { runStates } from '../../../shared/run/verdict';
import { formatNumber } from '../../../shared/units/format';
import { type OptionalColumn, optionalColumns, useHistoryListStore } from '../../store/historyListStore';

interface ChoiceProps {
  label: string;
  value: string | undefined;
  choices: readonly (readonly [value: string, name: string])[];
  onChange(value: string): void;
}

function Choice({ label, value, choices, onChange }: ChoiceProps) {
  if (choices.length < 2 && value === undefined) return null;
  return (
    <select className="field" aria-label={label} value={value ?? ''} onChange={({ target }) => onChange(target.value)}>
      <option value="">{label}: all</option>
      {choices.map(([choice, name]) => (
        <option key={choice} value={choice}>
          {name}
        </option>
      ))}
    </select>
  );
}

function same(values: readonly string[]): (readonly [string, string])[] {
  return values.map((value) => [value, value] as const);
}

const columnNames: Record<OptionalColumn, string> = {
  target: 'Target',
  tags: 'Tags',
  rate: 'Throughput',
  p50Ms: 'P50',
  p95Ms: 'P95',
  p99Ms: 'P99',
  failedRate: 'Errors',
  cacheHitRate: 'Cache hits',
};

function ColumnChoice() {
  const { columns, toggleColumn } = useHistoryListStore();
  return (
    <details className="menu column-choice">
      <summary className="link">Columns</summary>
      <div className="panel">
        {optionalColumns.map((column) => (
          <label key={column} className="check">
            <input type="checkbox" checked={columns.has(column)} onChange={() => toggleColumn(column)} />
            {columnNames[column]}
          </label>
        ))}
      </div>
    </details>
  );
}

/** What the list is searched and filtered by. */
export function HistoryFilter() {
  const { filter, facets, total, setFilter } = useHistoryListStore();
  const set = (changes: RunFilter): void => void setFilter(changes);
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <search className="history-filter">
      <input
        className="field"
        type="search"
        aria-label="Search runs"
        placeholder="Search names, notes, scenarios, targets"
        value={filter.text ?? ''}
        onChange={({ target }) => set({ text: target.value })}
      />
      <Choice
        label="Scenario"
        value={filter.scenarioId}
        choices={(facets?.scenarios ?? []).map(({ id, name }) => [id, `${name} (${id})`] as const)}
        onChange={(scenarioId) => set({ scenarioId })}
      />
      <Choice
        label="Target"
        value={filter.target}
        choices={same(facets?.targets ?? [])}
        onChange={(target) => set({ target })}
      />
      <Choice
        label="Verdict"
        value={filter.verdict}
        choices={same(runStates)}
        onChange={(chosen) => set({ verdict: runStates.find((state) => state === chosen) })}
      />
      <Choice label="Tag" value={filter.tag} choices={same(facets?.tags ?? [])} onChange={(tag) => set({ tag })} />
      <Choice
        label="Machine"
        value={filter.machine}
        choices={same(facets?.machines ?? [])}
        onChange={(machine) => set({ machine })}
      />
      <input
        className="field"
        type="date"
        aria-label="From"
        value={filter.from ?? ''}
        onChange={({ target }) => set({ from: target.value })}
      />
      <input
        className="field"
        type="date"
        aria-label="To"
        value={filter.to ?? ''}
        onChange={({ target }) => set({ to: target.value })}
      />
      <span className="quiet" role="status">
        {formatNumber(total ?? 0)} {total === 1 ? 'run' : 'runs'}
      </span>
      {isFiltered && (
        <button
          type="button"
          className="link"
          onClick={() =>
            set({
              text: undefined,
              scenarioId: undefined,
              target: undefined,
              verdict: undefined,
              tag: undefined,
              machine: undefined,
              from: undefined,
              to: undefined,
            })
          }
        >
          Show all
        </button>
      )}
      <ColumnChoice />
    </search>
  );
}
