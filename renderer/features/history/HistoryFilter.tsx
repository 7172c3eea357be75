import { memo, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { RunFilter } from '../../../shared/history/runQuery';
import { historyTitle } from '../../../shared/report/historyColumns';
import { stateWord } from '../../../shared/report/status';
import { runStates } from '../../../shared/run/verdict';
import { formatNumber } from '../../../shared/units/format';
import { optionalColumns, useHistoryListStore } from '../../store/historyListStore';

interface ChoiceProps {
  label: string;
  value: string | undefined;
  choices: readonly (readonly [value: string, name: string])[];
  onChange(value: string): void;
}

const Choice = memo(function Choice({ label, value, choices, onChange }: ChoiceProps) {
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
});

function same(values: readonly string[]): (readonly [string, string])[] {
  return values.map((value) => [value, value] as const);
}

function ColumnChoice() {
  const columns = useHistoryListStore((state) => state.columns);
  const toggleColumn = useHistoryListStore((state) => state.toggleColumn);
  return (
    <details className="menu column-choice">
      <summary className="link">Columns</summary>
      <div className="panel">
        {optionalColumns.map((column) => (
          <label key={column} className="check">
            <input type="checkbox" checked={columns.has(column)} onChange={() => toggleColumn(column)} />
            {historyTitle(column)}
          </label>
        ))}
      </div>
    </details>
  );
}

function set(changes: RunFilter): void {
  void useHistoryListStore.getState().setFilter(changes);
}

const verdicts = runStates.map((state) => [state, stateWord(state)] as const);

/** The same at each rendering, so that a choice is made anew only when there is another. */
const choose = {
  scenario: (scenarioId: string) => set({ scenarioId }),
  target: (target: string) => set({ target }),
  verdict: (chosen: string) => set({ verdict: runStates.find((state) => state === chosen) }),
  tag: (tag: string) => set({ tag }),
  machine: (machine: string) => set({ machine }),
};

/** What the list is searched and filtered by. */
export function HistoryFilter() {
  const { filter, facets, total } = useHistoryListStore(
    useShallow(({ filter, facets, total }) => ({ filter, facets, total })),
  );
  const choices = useMemo(
    () => ({
      scenarios: (facets?.scenarios ?? []).map(({ id, name }) => [id, `${name} (${id})`] as const),
      targets: same(facets?.targets ?? []),
      tags: same(facets?.tags ?? []),
      machines: same(facets?.machines ?? []),
    }),
    [facets],
  );
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
      <Choice label="Scenario" value={filter.scenarioId} choices={choices.scenarios} onChange={choose.scenario} />
      <Choice label="Target" value={filter.target} choices={choices.targets} onChange={choose.target} />
      <Choice label="Verdict" value={filter.verdict} choices={verdicts} onChange={choose.verdict} />
      <Choice label="Tag" value={filter.tag} choices={choices.tags} onChange={choose.tag} />
      <Choice label="Machine" value={filter.machine} choices={choices.machines} onChange={choose.machine} />
      <span className="history-dates">
        <label>
          From{' '}
          <input
            className="field"
            type="date"
            value={filter.from ?? ''}
            onChange={({ target }) => set({ from: target.value })}
          />
        </label>
        <label>
          to{' '}
          <input
            className="field"
            type="date"
            aria-label="To"
            value={filter.to ?? ''}
            onChange={({ target }) => set({ to: target.value })}
          />
        </label>
      </span>
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
          Clear filters
        </button>
      )}
      <ColumnChoice />
    </search>
  );
}
