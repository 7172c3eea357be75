import type { LatencyHistogram } from '../statistics/latencyHistogram';
import { type HeatSecond, heatBinsMs, heatCounter } from './heat';
import type { RunInterval } from './metrics';

/**
 * Requests by response time, ascending: the lower bound of a bin in ms, and a count. The bins are those of the heatmap.
 */
export type LatencyCounts = readonly (readonly [atLeastMs: number, count: number])[];

/** The bin bounds rounded to three digits, as in documents. */
const edgesMs = heatBinsMs.map((edgeMs) => Number(edgeMs.toPrecision(3)));

/** Counts the response times of a histogram, which has microseconds, by bin. Empty bins are left out. */
export function latencyCountsOf(response: LatencyHistogram): [number, number][] {
  const counter = heatCounter();
  response.forEachBucket((valueUs, count) => counter.add(valueUs / 1_000, count));
  return Array.from(counter.counts).flatMap((count, bin): [number, number][] =>
    count > 0 ? [[edgesMs[bin] ?? 0, count]] : [],
  );
}

/** Returns the smallest bin bound at or above a latency, in ms. Values above it can be counted exactly. */
export function binEndMs(latencyMs: number): number {
  return edgesMs.find((edgeMs) => edgeMs >= latencyMs) ?? Number.POSITIVE_INFINITY;
}

/** Returns how many requests took at least as long as a bin bound ({@link binEndMs}). */
export function countFrom(counts: LatencyCounts, edgeMs: number): number {
  return counts.reduce((sum, [atLeastMs, count]) => (atLeastMs >= edgeMs ? sum + count : sum), 0);
}

const binOfEdge = new Map(edgesMs.map((edgeMs, bin) => [edgeMs, bin] as const));

/** Returns the heatmap of seconds from the bin counts of their document. Seconds without counts are left out. */
export function binnedHeatmap(intervals: readonly Pick<RunInterval, 't' | 'latencyCounts'>[]): HeatSecond[] {
  return intervals.flatMap(({ t, latencyCounts }) => {
    if (latencyCounts.length === 0) return [];
    const counts = new Array<number>(heatBinsMs.length - 1).fill(0);
    for (const [atLeastMs, count] of latencyCounts) {
      const bin = binOfEdge.get(atLeastMs);
      if (bin !== undefined) counts[bin] = (counts[bin] ?? 0) + count;
    }
    return [{ t, counts }];
  });
}
