import type { LatencyHistogram } from '../statistics/latencyHistogram';
import { type HeatSecond, heatBinsMs, heatCounter } from './heat';
import type { RunInterval } from './metrics';

/** Requests by response time, ascending: at least so many ms, and how many. The bins are those of the heatmap. */
export type LatencyCounts = readonly (readonly [atLeastMs: number, count: number])[];

/** The ends of the bins to three digits, as documents have them. */
const edgesMs = heatBinsMs.map((edgeMs) => Number(edgeMs.toPrecision(3)));

/** The response times of a histogram in microseconds, by bins that somebody fell into. */
export function latencyCountsOf(response: LatencyHistogram): [number, number][] {
  const counter = heatCounter();
  response.forEachBucket((valueUs, count) => counter.add(valueUs / 1_000, count));
  return Array.from(counter.counts).flatMap((count, bin): [number, number][] =>
    count > 0 ? [[edgesMs[bin] ?? 0, count]] : [],
  );
}

/** The least end of a bin that is no less than a latency, in ms: what lies above it can be counted exactly. */
export function binEndMs(latencyMs: number): number {
  return edgesMs.find((edgeMs) => edgeMs >= latencyMs) ?? Number.POSITIVE_INFINITY;
}

/** How many requests took at least as long as an end of a bin ({@link binEndMs}). */
export function countFrom(counts: LatencyCounts, edgeMs: number): number {
  return counts.reduce((sum, [atLeastMs, count]) => (atLeastMs >= edgeMs ? sum + count : sum), 0);
}

const binOfEdge = new Map(edgesMs.map((edgeMs, bin) => [edgeMs, bin] as const));

/** The heatmap of seconds, from what the document of their run counts by bins; seconds of which it counts none are left out. */
export function heatOf(intervals: readonly Pick<RunInterval, 't' | 'latencyCounts'>[]): HeatSecond[] {
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
