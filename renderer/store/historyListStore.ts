import { create } from 'zustand';
import type { AppError, Result } from '../../shared/errors/appError';
import type { RunFacets, RunFilter } from '../../shared/history/runQuery';
import type { RunSummary, TrendMetric } from '../../shared/run/summary';
import { api, settle } from '../api/client';

/** The number of rows per request: more than a screen shows, and few enough to load without delay. */
export const pageSize = 80;
/** The maximum number of runs in the trend, the newest of the list. */
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
  /** The loaded rows by their index in the list. */
  rows: ReadonlyMap<number, RunSummary>;
  facets: RunFacets | undefined;
  selected: ReadonlySet<string>;
  columns: ReadonlySet<OptionalColumn>;
  metric: TrendMetric;
  trend: readonly RunSummary[];
  /** The run that is shown beside the list. */
  previewed: string | undefined;
  preview(id: string): void;
  /** The runs of the last deletion, for an undo. */
  deleted: readonly string[];
  error: AppError | undefined;
  /** Reloads the list with the current filter, and the facets. */
  refresh(): Promise<void>;
  setFilter(changes: RunFilter): Promise<void>;
  /** Sets this filter and removes all others. */
  replaceFilter(filter: RunFilter): Promise<void>;
  /** Shows a range of the list. Its rows are loaded, and reloaded with the list. */
  show(from: number, to: number): Promise<void>;
  select(ids: readonly string[], isSelected: boolean): void;
  toggleColumn(column: OptionalColumn): void;
  setMetric(metric: TrendMetric): void;
  deleteSelected(): Promise<void>;
  undoDelete(): Promise<void>;
  tagSelected(tag: string, isSet: boolean): Promise<void>;
}

/** The filter without empty fields, because an empty form field does not filter. */
function cleaned(filter: RunFilter): RunFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''));
}

/** The list of the History screen. */
export const useHistoryListStore = create<HistoryListState>()((set, get) => {
  const onError = (error: AppError): void => set({ error });
  /**
   * The number of the latest request for a list. Only its responses count, because fast typing in the search starts
   * several.
   */
  let latest = 0;
  /** The pages of the latest list that are still being loaded. */
  const asking = new Set<number>();
  /** The visible range of the list. */
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
    // A page that arrived before its list was removed with the rows of the previous list.
    await readInSight();
    // The trend goes further back than the visible rows, which are loaded first.
    const further = first.value.length < pageSize ? first : await api.listRuns({ ...filter, limit: trendRuns });
    if (list === latest) set(further.ok ? { trend: [...further.value].reverse() } : { error: further.error });
  };
  /** Returns whether the change was made. The list is reloaded in any case, which clears the previous error. */
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
