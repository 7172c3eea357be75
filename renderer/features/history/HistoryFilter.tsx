import { memo, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { FacetValue, RunFilter } from '../../../shared/history/runQuery';
import { historyTitle } from '../../../shared/report/historyColumns';
import { stateWord } from '../../../shared/report/status';
import { runStates } from '../../../shared/run/verdict';
import { formatNumber } from '../../../shared/units/format';
import { optionalColumns, useHistoryListStore } from '../../store/historyListStore';
import { Button } from '../../ui/Button';
import { DateField } from '../../ui/DateField';
import { ColumnsIcon } from '../../ui/icons';
import { Menu } from '../../ui/Menu';
import { Select } from '../../ui/Select';
import shared from '../../ui/shared.module.css';
import styles from './history.module.css';
import { SavedFilters } from './SavedFilters';

interface ChoiceProps {
  label: string;
  value: string | undefined;
  choices: readonly (readonly [value: string, name: string, note?: string])[];
  onChange(value: string): void;
}

const Choice = memo(function Choice({ label, value, choices, onChange }: ChoiceProps) {
  if (choices.length < 2 && value === undefined) return null;
  return (
    <Select
      label={label}
      size="small"
      value={value ?? ''}
      choices={[['', `${label}: all`] as const, ...choices]}
      onChange={onChange}
    />
  );
});

/** The values of a facet, each with its number of runs. */
function counted(values: readonly FacetValue[]): (readonly [string, string, string])[] {
  return values.map(({ value, runs }) => [value, value, formatNumber(runs)] as const);
}

function ColumnChoice() {
  const columns = useHistoryListStore((state) => state.columns);
  const toggleColumn = useHistoryListStore((state) => state.toggleColumn);
  return (
    <Menu
      label="Columns"
      icon={ColumnsIcon}
      size="small"
      entries={optionalColumns.map((column) => ({
        label: historyTitle(column),
        isChecked: columns.has(column),
        onToggle: () => toggleColumn(column),
      }))}
    />
  );
}

function set(changes: RunFilter): void {
  void useHistoryListStore.getState().setFilter(changes);
}

/** Constant between renderings, so that a select is rendered again only when its value changes. */
const choose = {
  scenario: (scenarioId: string) => set({ scenarioId }),
  target: (target: string) => set({ target }),
  verdict: (chosen: string) => set({ verdict: runStates.find((state) => state === chosen) }),
  tag: (tag: string) => set({ tag }),
  machine: (machine: string) => set({ machine }),
  from: (from: string) => set({ from }),
  to: (to: string) => set({ to }),
};

/** The search and the filters of the list. */
export function HistoryFilter() {
  const { filter, facets, total } = useHistoryListStore(
    useShallow(({ filter, facets, total }) => ({ filter, facets, total })),
  );
  const choices = useMemo(
    () => ({
      scenarios: (facets?.scenarios ?? []).map(
        ({ id, name, runs }) => [id, `${name} (${id})`, formatNumber(runs)] as const,
      ),
      targets: counted(facets?.targets ?? []),
      verdicts: runStates.map((state) => {
        const runs = facets?.verdicts.find(({ value }) => value === state)?.runs ?? 0;
        return [state, stateWord(state), formatNumber(runs)] as const;
      }),
      tags: counted(facets?.tags ?? []),
      machines: counted(facets?.machines ?? []),
    }),
    [facets],
  );
  const { from = '', to = '' } = filter;
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <search className={styles.historyFilter}>
      <input
        className={shared.field}
        type="search"
        aria-label="Search runs"
        placeholder="Search names, notes, targets"
        value={filter.text ?? ''}
        onChange={({ target }) => set({ text: target.value })}
      />
      <Choice label="Scenario" value={filter.scenarioId} choices={choices.scenarios} onChange={choose.scenario} />
      <Choice label="Target" value={filter.target} choices={choices.targets} onChange={choose.target} />
      <Choice label="Verdict" value={filter.verdict} choices={choices.verdicts} onChange={choose.verdict} />
      <Choice label="Tag" value={filter.tag} choices={choices.tags} onChange={choose.tag} />
      <Choice label="Machine" value={filter.machine} choices={choices.machines} onChange={choose.machine} />
      <span className={styles.historyDates}>
        <DateField label="From" value={from} onChange={choose.from} />
        <DateField
          label="To"
          value={to}
          problem={from !== '' && to !== '' && to < from ? 'The last day is before the first.' : undefined}
          onChange={choose.to}
        />
      </span>
      <span className={shared.quiet} role="status">
        {formatNumber(total ?? 0)} {total === 1 ? 'run' : 'runs'}
      </span>
      {isFiltered && (
        <Button variant="link" onClick={() => void useHistoryListStore.getState().replaceFilter({})}>
          Clear filters
        </Button>
      )}
      <ColumnChoice />
      <SavedFilters />
    </search>
  );
}
