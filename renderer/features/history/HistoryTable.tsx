import { memo, type UIEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { historyCell, historyTitle } from '../../../shared/report/historyColumns';
import type { RunSummary } from '../../../shared/run/summary';
import { formatTime } from '../../../shared/units/format';
import { type OptionalColumn, optionalColumns, useHistoryListStore } from '../../store/historyListStore';
import { useOpenedRunStore } from '../../store/openedRunStore';
import { Button } from '../../ui/Button';
import shared from '../../ui/shared.module.css';
import { VerdictBadge } from '../../ui/VerdictBadge';
import styles from './history.module.css';

const rowHeight = 36;
/** Rows above and below those in sight, so that scrolling shows no gaps. */
const margin = 6;

interface Column {
  key: OptionalColumn;
  width: string;
  isNumber: boolean;
}

function columnOf(key: OptionalColumn): Column {
  const isNumber = key !== 'target' && key !== 'tags';
  return { key, isNumber, width: isNumber ? (key === 'rate' ? '110px' : '80px') : '1fr' };
}

interface RowProps {
  place: number;
  run: RunSummary | undefined;
  isSelected: boolean;
  columns: readonly Column[];
  gridTemplateColumns: string;
}

/** A row is made anew only when something in it is another: the list is scrolled, selected and searched. */
const Row = memo(function Row({ place, run, isSelected, columns, gridTemplateColumns }: RowProps) {
  return (
    <tr
      data-run={run?.id}
      aria-rowindex={place + 2}
      className={styles.historyRow}
      style={{ gridTemplateColumns, top: place * rowHeight, height: rowHeight }}
    >
      {run ? <Cells run={run} isSelected={isSelected} columns={columns} /> : <td className={shared.quiet}>…</td>}
    </tr>
  );
});

function Cells({ run, isSelected, columns }: { run: RunSummary; isSelected: boolean; columns: readonly Column[] }) {
  const started = formatTime(run.startedAt);
  return (
    <>
      <td>
        <input
          type="checkbox"
          aria-label={`Select the run of ${started}`}
          disabled={run.verdict === null}
          checked={isSelected}
          onChange={({ target }) => useHistoryListStore.getState().select([run.id], target.checked)}
        />
      </td>
      <th scope="row">
        <Button
          variant="link"
          disabled={run.verdict === null}
          onClick={() => void useOpenedRunStore.getState().open(run.id)}
        >
          {started}
        </Button>
      </th>
      <td>
        <VerdictBadge verdict={run.verdict} />
      </td>
      <td title={run.notes || undefined}>
        {run.isBaseline && <span title="baseline">◆ </span>}
        {run.isPinned && <span title="pinned">● </span>}
        {run.origin && <span title="imported">↓ </span>}
        {run.name ?? run.scenarioName}
      </td>
      {columns.map(({ key, isNumber }) => (
        <td key={key} className={isNumber ? styles.number : undefined}>
          {historyCell(key, run)}
        </td>
      ))}
    </>
  );
}

/** The list of runs; only the rows in sight are there. */
export function HistoryTable() {
  const {
    rows,
    total = 0,
    columns,
    selected,
    show,
    select,
  } = useHistoryListStore(
    useShallow(({ rows, total, columns, selected, show, select }) => ({
      rows,
      total,
      columns,
      selected,
      show,
      select,
    })),
  );
  const body = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const first = Math.max(0, Math.floor(top / rowHeight) - margin);
  const last = Math.min(total, Math.ceil((top + height) / rowHeight) + margin);
  useEffect(() => {
    void show(first, last);
  }, [show, first, last]);
  useEffect(() => {
    const element = body.current;
    if (!element) return undefined;
    const resized = new ResizeObserver(() => setHeight(element.clientHeight));
    resized.observe(element);
    return () => resized.disconnect();
  }, []);
  const shown = useMemo(() => optionalColumns.filter((column) => columns.has(column)).map(columnOf), [columns]);
  const gridTemplateColumns = `28px 160px 130px minmax(140px, 1.4fr) ${shown.map(({ width }) => width).join(' ')}`;
  const loaded = [...rows.values()].filter(({ verdict }) => verdict !== null).map(({ id }) => id);
  const isAll = loaded.length > 0 && loaded.every((id) => selected.has(id));
  return (
    <div
      ref={body}
      className={styles.historyBody}
      data-list="runs"
      onScroll={({ currentTarget }: UIEvent<HTMLDivElement>) => setTop(currentTarget.scrollTop)}
    >
      <table className={styles.historyTable} aria-label="Runs" aria-rowcount={total}>
        <thead>
          <tr className={styles.historyRow} style={{ gridTemplateColumns }}>
            <th scope="col">
              <input
                type="checkbox"
                aria-label="Select all loaded runs"
                checked={isAll}
                onChange={({ target }) => select(loaded, target.checked)}
              />
            </th>
            {['Started', 'Verdict', 'Run'].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
            {shown.map(({ key, isNumber }) => (
              <th key={key} scope="col" className={isNumber ? styles.number : undefined}>
                {historyTitle(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody style={{ height: total * rowHeight }}>
          {Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index).map((place) => {
            const run = rows.get(place);
            return (
              <Row
                key={place}
                place={place}
                run={run}
                isSelected={run !== undefined && selected.has(run.id)}
                columns={shown}
                gridTemplateColumns={gridTemplateColumns}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
