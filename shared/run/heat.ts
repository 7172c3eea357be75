import { BinCounts } from '../comparison/distribution';

/** From here to there reaches the heatmap of a run, in ms; what is outside counts in the nearest bin. */
const leastMs = 0.01;
const decades = 7;
const binsPerDecade = 10;

/** The ends of the bins in which the latencies of runs are counted, ascending: ten for each ten-fold. */
export const heatBinsMs: readonly number[] = Array.from(
  { length: decades * binsPerDecade + 1 },
  (_, step) => leastMs * 10 ** (step / binsPerDecade),
);

/** How many requests of a second took how long: counts by the bins of {@link heatBinsMs}. */
export interface HeatSecond {
  t: number;
  counts: readonly number[];
}

/** Counts latencies of one second. */
export function heatCounter(): BinCounts {
  return new BinCounts(heatBinsMs);
}

/** Columns for a drawing: bins that nobody fell into are left out at both ends, neighbours become one column. */
export interface HeatColumns {
  binsMs: readonly number[];
  /** The share of each column's requests in each bin. */
  columns: readonly (readonly number[])[];
  columnS: number;
}

/** More columns can't be told apart. */
const maxColumns = 300;

/** The heatmap of a stretch of seconds; undefined where nothing was counted in it. */
export function heatColumns(heat: readonly HeatSecond[], fromS: number, toS: number): HeatColumns | undefined {
  const shown = heat.filter(({ t }) => t > fromS && t <= toS);
  const isUsed = heatBinsMs.slice(1).map((_end, bin) => shown.some(({ counts }) => (counts[bin] ?? 0) > 0));
  const [first, last] = [isUsed.indexOf(true), isUsed.lastIndexOf(true)];
  if (first < 0) return undefined;
  const columnS = Math.max(1, Math.ceil((toS - fromS) / maxColumns));
  const columns = Array.from({ length: Math.ceil((toS - fromS) / columnS) }, () =>
    Array.from({ length: last - first + 1 }, () => 0),
  );
  for (const { t, counts } of shown) {
    const column = columns[Math.floor((t - fromS - 1e-9) / columnS)];
    for (let bin = first; column && bin <= last; bin += 1)
      column[bin - first] = (column[bin - first] ?? 0) + (counts[bin] ?? 0);
  }
  const shares = columns.map((column) => {
    const total = column.reduce((sum, count) => sum + count, 0);
    return column.map((count) => (total > 0 ? count / total : 0));
  });
  return { binsMs: heatBinsMs.slice(first, last + 2), columns: shares, columnS };
}
