import { create } from 'zustand';
import type { AppError, Result } from '../../shared/errors/appError';
import type { RunFacets, RunFilter } from '../../shared/history/runQuery';
import type { RunSummary, TrendMetric } from '../../shared/run/summary';
import { api, settle } from '../api/client';

/** So many rows are asked for at once: more than a screen shows, and few enough to be there at once. */
const pageSize = 80;
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
  /** What was deleted last, for an undo. */
  deleted: readonly string[];
  error: AppError | undefined;
  /** Reads the list anew, with the filter as it is, and what there is to filter by. */
  refresh(): Promise<void>;
  setFilter(changes: RunFilter): Promise<void>;
  /** Asks for the rows of a stretch of the list that are not there yet. */
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
  /** Later answers count: a search that is typed fast asks several times. */
  let asked = 0;
  const asking = new Set<number>();
  const readList = async (): Promise<void> => {
    asked += 1;
    const question = asked;
    const { filter } = get();
    const [total, first] = await Promise.all([api.countRuns(filter), api.listRuns({ ...filter, limit: pageSize })]);
    if (question !== asked) return;
    asking.clear();
    const failure = total.ok ? first : total;
    if (!failure.ok) set({ error: failure.error });
    if (!total.ok || !first.ok) return;
    set({ total: total.value, rows: new Map(first.value.entries()), error: undefined });
    // The trend goes further back than the rows in sight, which come first.
    const further = first.value.length < pageSize ? first : await api.listRuns({ ...filter, limit: trendRuns });
    if (question === asked) set(further.ok ? { trend: [...further.value].reverse() } : { error: further.error });
  };
  const change = async (call: Promise<Result<unknown>>): Promise<void> => {
    set({ error: undefined });
    await settle(call, () => {}, onError);
    await get().refresh();
  };
  return {
    filter: {},
    total: undefined,
    rows: new Map(),
    facets: undefined,
    selected: new Set(),
    columns: new Set(['target', 'tags', 'rate', 'p50Ms', 'p95Ms', 'p99Ms']),
    metric: 'p95Ms',
    trend: [],
    deleted: [],
    error: undefined,
    refresh: async () => {
      await Promise.all([readList(), settle(api.getRunFacets(undefined), (facets) => set({ facets }), onError)]);
    },
    setFilter: (changes) => {
      set(({ filter }) => ({ filter: cleaned({ ...filter, ...changes }), selected: new Set() }));
      return readList();
    },
    show: async (from, to) => {
      const { filter, rows, total = 0 } = get();
      const question = asked;
      for (let page = Math.floor(from / pageSize); page * pageSize < Math.min(to, total); page += 1) {
        const offset = page * pageSize;
        if (asking.has(page) || rows.has(Math.min(offset + pageSize, total) - 1)) continue;
        asking.add(page);
        await settle(
          api.listRuns({ ...filter, offset, limit: pageSize }),
          (found) => {
            if (question !== asked) return;
            set((state) => ({
              rows: new Map([...state.rows, ...found.map((run, index) => [offset + index, run] as const)]),
            }));
          },
          onError,
        );
      }
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
      await change(api.deleteRuns({ ids: deleted }));
      set({ deleted, selected: new Set() });
    },
    undoDelete: async () => {
      await change(api.restoreRuns({ ids: [...get().deleted] }));
      set({ deleted: [] });
    },
    tagSelected: (tag, isSet) => change(api.tagRuns({ ids: [...get().selected], tag, isSet })),
  };
});
