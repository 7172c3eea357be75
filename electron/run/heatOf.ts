import { type HeatSecond, heatBinsMs, heatCounter } from '../../shared/run/heat';
import type { HistoryStore } from '../history/historyStore';
import type { RecordedSecond } from '../history/runArchive';
import { countColumns } from './comparison/heatmap';

/** How the latencies of a second were distributed. */
export function heatOfSecond({ response }: Pick<RecordedSecond, 'response'>): number[] {
  const counter = heatCounter();
  for (const histogram of response.values())
    histogram.forEachBucket((valueUs, count) => counter.add(valueUs / 1_000, count));
  return [...counter.counts];
}

/** How latencies were distributed in each second of a saved run, from its raw distributions; empty without them. */
export function heatOf(rows: ReturnType<HistoryStore['responseHistograms']>): HeatSecond[] {
  return countColumns(rows, heatBinsMs, 1).flatMap(({ counts, total }, place) =>
    total > 0 ? [{ t: place + 1, counts: [...counts] }] : [],
  );
}
