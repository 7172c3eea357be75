import { memo, type SyntheticEvent, type UIEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { historyCell, historyTitle } from '../../../shared/report/historyColumns';
import type { RunSummary } from '../../../shared/run/summary';
import { formatTime } from '../../../shared/units/format';
import { P95Bar } from '../../charts/bullet/P95Bar';
import { type OptionalColumn, optionalColumns, useHistoryListStore } from '../../store/historyListStore';
import { useOpenedRunStore } from '../../store/openedRunStore';
import { Button } from '../../ui/Button';
import { Sparkline } from '../../ui/Sparkline';
import shared from '../../ui/shared.module.css';
import { VerdictBadge } from '../../ui/VerdictBadge';
import styles from './history.module.css';
import { p95Trends } from './rowFigures';
import { useP95Limits } from './useP95Limits';

const rowHeight = 32;
/** Rows above and below the visible ones, so that scrolling shows no gaps. */
const margin = 6;

interface Column {
  key: OptionalColumn;
  width: string;
  isNumber: boolean;
}

/** Wider than a number, because the rate has a longer unit and P95 a bar. */
const widths: Partial<Record<OptionalColumn, string>> = { rate: '84px', p95Ms: '128px', target: '1fr', tags: '1fr' };

function columnOf(key: OptionalColumn): Column {
  return { key, isNumber: key !== 'target' && key !== 'tags', width: widths[key] ?? '64px' };
}

function classOf(key: OptionalColumn, isNumber: boolean): string | undefined {
  if (key === 'p95Ms') return styles.barCell;
  return isNumber ? styles.number : undefined;
}

/** The P95 trend at the end of each row. */
const rowTrendWidth = '72px';

interface RowProps {
  place: number;
  run: RunSummary | undefined;
  isSelected: boolean;
  isPreviewed: boolean;
  columns: readonly Column[];
  gridTemplateColumns: string;
  /** The upper P95 limit of the scenario, in ms. */
  limitMs: number | undefined;
  /** The P95 of the run after those of the runs before it, in ms. */
  rowTrend: readonly (number | null)[] | undefined;
}

/** A row is rendered again only when it changes, because the list is scrolled, selected and searched. */
const Row = memo(function Row({ place, run, gridTemplateColumns, isPreviewed, ...cells }: RowProps) {
  return (
    <tr
      data-run={run?.id}
      data-previewed={isPreviewed}
      aria-rowindex={place + 2}
      className={styles.historyRow}
      style={{ gridTemplateColumns, top: place * rowHeight, height: rowHeight }}
    >
      {run ? <Cells run={run} {...cells} /> : <td className={shared.quiet}>…</td>}
    </tr>
  );
});

type CellsProps = Pick<RowProps, 'isSelected' | 'columns' | 'limitMs' | 'rowTrend'> & { run: RunSummary };

function Cells({ run, isSelected, columns, limitMs, rowTrend }: CellsProps) {
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
        <td key={key} className={classOf(key, isNumber)}>
          {historyCell(key, run)}
          {key === 'p95Ms' && <P95Bar run={run} limitMs={limitMs} />}
        </td>
      ))}
      <td className={styles.rowTrend}>{rowTrend && rowTrend.length > 1 && <Sparkline values={rowTrend} />}</td>
    </>
  );
}

/** Shows the run whose row is pressed or has the focus, beside the list. */
function previewOf({ target }: SyntheticEvent): void {
  const id = target instanceof Element ? target.closest<HTMLElement>('[data-run]')?.dataset.run : undefined;
  if (id !== undefined) useHistoryListStore.getState().preview(id);
}

/** The list of runs, with only the visible rows in the document. `previewed` is the run that is shown beside it. */
export function HistoryTable({ previewed }: { previewed: string | undefined }) {
  const {
    rows,
    total = 0,
    columns,
    selected,
    trend,
    show,
    select,
  } = useHistoryListStore(
    useShallow(({ rows, total, columns, selected, trend, show, select }) => ({
      rows,
      total,
      columns,
      selected,
      trend,
      show,
      select,
    })),
  );
  const limits = useP95Limits();
  // The rows are shown first. Their trends are drawn after them.
  const drawnTrend = useDeferredValue(trend);
  const rowTrends = useMemo(() => p95Trends(drawnTrend), [drawnTrend]);
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
  const gridTemplateColumns = `20px 144px 100px minmax(120px, 1.4fr) ${shown.map(({ width }) => width).join(' ')} ${rowTrendWidth}`;
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
              <th key={key} scope="col" className={classOf(key, isNumber)}>
                {historyTitle(key)}
              </th>
            ))}
            <th scope="col">P95 trend</th>
          </tr>
        </thead>
        <tbody style={{ height: total * rowHeight }} onPointerDown={previewOf} onFocus={previewOf}>
          {Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index).map((place) => {
            const run = rows.get(place);
            return (
              <Row
                key={place}
                place={place}
                run={run}
                isSelected={run !== undefined && selected.has(run.id)}
                isPreviewed={run !== undefined && run.id === previewed}
                columns={shown}
                gridTemplateColumns={gridTemplateColumns}
                limitMs={run && limits.get(run.scenarioId)}
                rowTrend={run && rowTrends.get(run.id)}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
