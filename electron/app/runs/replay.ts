import type { RunDocument } from '../../../shared/run/document';
import type { Tick, TickStatistics } from '../../../shared/run/events';
import type { RunInterval } from '../../../shared/run/metrics';
import { replayEvents } from '../../../shared/run/reducer';
import type { ReplayStep } from '../../../shared/run/replay';
import { timingOf } from '../../../shared/scenario/timing';
import { LatencyHistogram, type SparseHistogram } from '../../../shared/statistics/latencyHistogram';
import { toMs } from '../../../shared/statistics/latencySummary';
import type { HistoryStore } from '../../history/historyStore';
import { latencyHeatmap } from '../../measure/latencyHeatmap';

/** Totals since the start of the measured part. */
class Cumulated {
  readonly #response = new LatencyHistogram();
  #count = 0;
  #failed = 0;
  #dropped = 0;
  #late = 0;
  #loadSeconds = 0;
  #hits = 0;
  #lookups = 0;

  add(interval: RunInterval, histograms: readonly SparseHistogram[]): void {
    for (const histogram of histograms) this.#response.mergeSparse(histogram);
    const { t, isDraining, late, count, failed, dropped, cacheHitRate, cacheLookups } = interval;
    if (!isDraining) this.#loadSeconds = t;
    this.#late += late;
    this.#count += count;
    this.#failed += failed;
    this.#dropped += dropped;
    this.#lookups += cacheLookups;
    this.#hits += (cacheHitRate ?? 0) * cacheLookups;
  }

  statistics(): TickStatistics {
    const some = this.#response.count > 0;
    const percentile = (rank: number): number | null => (some ? toMs(this.#response.percentileUs(rank)) : null);
    return {
      count: this.#count,
      failed: this.#failed,
      dropped: this.#dropped,
      rate: this.#loadSeconds > 0 ? (this.#count - this.#late) / this.#loadSeconds : 0,
      p50: percentile(50),
      p95: percentile(95),
      p99: percentile(99),
      max: some ? toMs(this.#response.maxUs) : null,
      cacheHitRate: this.#lookups > 0 ? this.#hits / this.#lookups : null,
    };
  }
}

function tickOf(interval: RunInterval, warmupMs: number, cumulative: TickStatistics): Tick {
  const { t, count, failed, dropped, rate, p50, p95, p99, max, cacheHitRate, inFlight } = interval;
  return {
    elapsedMs: warmupMs + t * 1_000,
    durationMs: 1_000,
    warmup: false,
    inFlight,
    generatorUtilisation: interval.generatorUtilisation,
    interval: { count, failed, dropped, rate, p50, p95, p99, max, cacheHitRate },
    cumulative,
  };
}

/**
 * The events of a saved run for the live view, in their order and at the times of its seconds. The warm-up was not
 * saved. Percentiles up to each second come from the distributions of the seconds.
 */
export function replayOf(history: Pick<HistoryStore, 'responseHistograms'>, document: RunDocument): ReplayStep[] {
  const { warmupMs } = timingOf(document.scenario);
  const rows = history.responseHistograms(document.id);
  const bySecond = Map.groupBy(rows, ({ t }) => t);
  const heat = new Map(latencyHeatmap(rows).map(({ t, counts }) => [t, [...counts]]));
  const [started, finished] = replayEvents(document);
  const steps: ReplayStep[] = [];
  if (started) steps.push({ atMs: 0, event: started });
  steps.push({ atMs: 0, event: { type: 'phase', phase: 'running' } });
  const cumulated = new Cumulated();
  for (const interval of document.intervals) {
    cumulated.add(
      interval,
      (bySecond.get(interval.t) ?? []).map(({ histogram }) => histogram),
    );
    const atMs = interval.t * 1_000;
    steps.push({ atMs, event: { type: 'tick', tick: tickOf(interval, warmupMs, cumulated.statistics()) } });
    steps.push({ atMs, event: { type: 'interval', interval, heat: heat.get(interval.t) ?? [] } });
  }
  if (finished) steps.push({ atMs: (document.intervals.at(-1)?.t ?? 0) * 1_000, event: finished });
  return steps;
}
