import { type HeatSecond, heatCounter } from '../../shared/run/heat';
import { forEachHdrBucket } from '../hdr/hdrCodec';
import type { HistoryStore } from '../history/historyStore';
import type { RecordedSecond } from '../history/runArchive';

/** How the latencies of a second were distributed. */
export function heatOfSecond({ response }: Pick<RecordedSecond, 'response'>): number[] {
  const counter = heatCounter();
  for (const histogram of response.values())
    histogram.forEachBucket((valueUs, count) => counter.add(valueUs / 1_000, count));
  return [...counter.counts];
}

/** How latencies were distributed in each second of a saved run, from its raw distributions; empty without them. */
export function heatOf(history: Pick<HistoryStore, 'responseHistograms'>, runId: string): HeatSecond[] {
  const seconds = new Map<number, ReturnType<typeof heatCounter>>();
  for (const { t, histogram } of history.responseHistograms(runId)) {
    const counter = seconds.get(t) ?? heatCounter();
    seconds.set(t, counter);
    forEachHdrBucket(histogram, (valueUs, count) => counter.add(valueUs / 1_000, count));
  }
  return [...seconds].map(([t, { counts }]) => ({ t, counts: [...counts] }));
}
