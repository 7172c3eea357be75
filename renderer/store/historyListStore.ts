import { create } from 'zustand';
import type { AppError, Result } from '../../shared/errors/appError';
import type { RunFacets, RunFilter } from '../../shared/history/runQuery';
import type { RunSummary, TrendMetric } from '../../shared/run/summary';
import { api, settle } from '../api/client';

/** So many rows are asked for at once: more than a screen shows, and few enough to be there at once. */
export const pageSize = 80;
/** The trend shows so many runs at most, the newest of the list. */
const trendRuns = 500;

/** Columns that can be left out. */
export const optionalColumns = [
  'target',
  'tags',
  'rate',
  'p50Ms',
  'p95Ms',
  'p99Ms',
  'failedRate',
  'cacheHitRate',
] as const;
export type OptionalColumn = (typeof optionalColumns)[number];

interface HistoryListState {
  filter: RunFilter;
  total: number | undefined;
  /** Rows by their place in the list, as far as they have been asked for. */
  rows: ReadonlyMap<number, RunSummary>;
  facets: RunFacets | undefined;
  selected: ReadonlySet<string>;
  columns: ReadonlySet<OptionalColumn>;
  metric: TrendMetric;
  trend: readonly RunSummary[];
  /** The run that is shown beside the list. */
  previewed: string | undefined;
  preview(id: string): void;
  /** What was deleted last, for an undo. */
  deleted: readonly string[];
  error: AppError | undefined;
  /** Reads the list anew, with the filter as it is, and what there is to filter by. */
  refresh(): Promise<void>;
  setFilter(changes: RunFilter): Promise<void>;
  /** Filters by this and nothing else. */
  replaceFilter(filter: RunFilter): Promise<void>;
  /** Shows a stretch of the list: its rows are asked for, and asked for anew with the list. */
  show(from: number, to: number): Promise<void>;
  select(ids: readonly string[], isSelected: boolean): void;
  toggleColumn(column: OptionalColumn): void;
  setMetric(metric: TrendMetric): void;
  deleteSelected(): Promise<void>;
  undoDelete(): Promise<void>;
  tagSelected(tag: string, isSet: boolean): Promise<void>;
}

/** Without what is empty: an empty field of a form asks for nothing. */
function cleaned(filter: RunFilter): RunFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''));
}

/** The list of the History screen. */
export const useHistoryListStore = create<HistoryListState>()((set, get) => {
  const onError = (error: AppError): void => set({ error });
  /** Which list is asked for: only its answers count. A search that is typed fast asks for several. */
  let latest = 0;
  /** Pages of the latest list that have been asked for and have not come. */
  const asking = new Set<number>();
  /** The stretch of the list that is in sight. */
  let inSight = { from: 0, to: 0 };

  const readPage = async (page: number): Promise<void> => {
    const list = latest;
    const offset = page * pageSize;
    asking.add(page);
    const found = await api.listRuns({ ...get().filter, offset, limit: pageSize });
    if (list !== latest) return;
    asking.delete(page);
    if (!found.ok) return onError(found.error);
    set(({ rows }) => ({
      rows: new Map([...rows, ...found.value.map((run, index) => [offset + index, run] as const)]),
    }));
  };
  const readInSight = async (): Promise<void> => {
    const { rows, total = 0 } = get();
    const end = Math.min(inSight.to, total);
    const pages = Array.from({ length: Math.ceil(end / pageSize) }, (_, page) => page)
      .slice(Math.floor(inSight.from / pageSize))
      .filter((page) => !asking.has(page) && !rows.has(Math.min((page + 1) * pageSize, total) - 1));
    await Promise.all(pages.map(readPage));
  };
  const readList = async (): Promise<void> => {
    latest += 1;
    const list = latest;
    asking.clear();
    const { filter } = get();
    const [total, first] = await Promise.all([api.countRuns(filter), api.listRuns({ ...filter, limit: pageSize })]);
    if (list !== latest) return;
    const failure = total.ok ? first : total;
    if (!failure.ok) set({ error: failure.error });
    if (!total.ok || !first.ok) return;
    set({ total: total.value, rows: new Map(first.value.entries()), error: undefined });
    // A page that came before its list is gone with the rows of the list before.
    await readInSight();
    // The trend goes further back than the rows in sight, which come first.
    const further = first.value.length < pageSize ? first : await api.listRuns({ ...filter, limit: trendRuns });
    if (list === latest) set(further.ok ? { trend: [...further.value].reverse() } : { error: further.error });
  };
  /** Whether it was done. The list is read anew in any case, which takes away the error of the list before. */
  const change = async (call: Promise<Result<unknown>>): Promise<boolean> => {
    const done = await call;
    await get().refresh();
    if (!done.ok) onError(done.error);
    return done.ok;
  };
  return {
    filter: {},
    total: undefined,
    rows: new Map(),
    facets: undefined,
    selected: new Set(),
    columns: new Set(['target', 'rate', 'p50Ms', 'p95Ms', 'p99Ms']),
    metric: 'p95Ms',
    trend: [],
    deleted: [],
    error: undefined,
    previewed: undefined,
    preview: (previewed) => set({ previewed }),
    refresh: async () => {
      await Promise.all([readList(), settle(api.getRunFacets(undefined), (facets) => set({ facets }), onError)]);
    },
    setFilter: (changes) => {
      set(({ filter }) => ({ filter: cleaned({ ...filter, ...changes }), selected: new Set() }));
      return readList();
    },
    replaceFilter: (filter) => {
      set({ filter: cleaned(filter), selected: new Set() });
      return readList();
    },
    show: (from, to) => {
      inSight = { from, to };
      return readInSight();
    },
    select: (ids, isSelected) =>
      set(({ selected }) => {
        const next = new Set(selected);
        for (const id of ids) {
          if (isSelected) next.add(id);
          else next.delete(id);
        }
        return { selected: next };
      }),
    toggleColumn: (column) =>
      set(({ columns }) => {
        const next = new Set(columns);
        if (!next.delete(column)) next.add(column);
        return { columns: next };
      }),
    setMetric: (metric) => set({ metric }),
    deleteSelected: async () => {
      const deleted = [...get().selected];
      if (await change(api.deleteRuns({ ids: deleted }))) set({ deleted, selected: new Set() });
    },
    undoDelete: async () => {
      if (await change(api.restoreRuns({ ids: [...get().deleted] }))) set({ deleted: [] });
    },
    tagSelected: async (tag, isSet) => {
      await change(api.tagRuns({ ids: [...get().selected], tag, isSet }));
    },
  };
});
