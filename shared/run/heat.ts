import { BinCounts } from '../comparison/distribution';

/**
 * The range of the heatmap of a run, from this value in ms over these decades. Values outside count in the nearest bin.
 */
const leastMs = 0.01;
const decades = 7;
const binsPerDecade = 10;

/** The bounds of the latency bins, ascending: ten bins per decade. */
export const heatBinsMs: readonly number[] = Array.from(
  { length: decades * binsPerDecade + 1 },
  (_, step) => leastMs * 10 ** (step / binsPerDecade),
);

/** The requests of a second by response time, as counts in the bins of {@link heatBinsMs}. */
export interface HeatSecond {
  t: number;
  counts: readonly number[];
}

/** Returns a counter for the latencies of one second. */
export function heatCounter(): BinCounts {
  return new BinCounts(heatBinsMs);
}

/**
 * The columns of a drawn heatmap. Empty bins at both ends are left out, and neighbouring seconds can share a column.
 */
export interface HeatColumns {
  binsMs: readonly number[];
  /** The share of each column's requests in each bin. */
  columns: readonly (readonly number[])[];
  columnS: number;
}

/** The maximum number of columns that can be told apart. */
const maxColumns = 300;

/** Returns the range from the first to the last bin with a count; all bins when none has one. */
function usedBins(seconds: readonly HeatSecond[]): { first: number; end: number } {
  const totals = heatCounter().counts;
  for (const { counts } of seconds)
    for (let bin = 0; bin < totals.length; bin += 1) totals[bin] = (totals[bin] ?? 0) + (counts[bin] ?? 0);
  const first = totals.findIndex((total) => total > 0);
  return first < 0 ? { first: 0, end: totals.length } : { first, end: totals.findLastIndex((total) => total > 0) + 1 };
}

/** Returns the heatmap of a range of seconds. */
export function heatColumns(heat: readonly HeatSecond[], fromS: number, toS: number): HeatColumns {
  const shown = heat.filter(({ t }) => t > fromS && t <= toS);
  const { first, end } = usedBins(shown);
  const columnS = Math.max(1, Math.ceil((toS - fromS) / maxColumns));
  const columns = Array.from({ length: Math.ceil((toS - fromS) / columnS) }, () =>
    new Array<number>(end - first).fill(0),
  );
  for (const { t, counts } of shown) {
    const column = columns[Math.floor((t - fromS - 1e-9) / columnS)];
    for (let bin = first; column && bin < end; bin += 1)
      column[bin - first] = (column[bin - first] ?? 0) + (counts[bin] ?? 0);
  }
  const shares = columns.map((column) => {
    const total = column.reduce((sum, count) => sum + count, 0);
    return total > 0 ? column.map((count) => count / total) : column;
  });
  return { binsMs: heatBinsMs.slice(first, end + 1), columns: shares, columnS };
}
