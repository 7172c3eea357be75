import { rankOf } from '../../../shared/statistics/latencyHistogram';

/** A request that a tool might have sent. */
export interface ForeignSample {
  /** In whole ms since 1970. */
  startMs: number;
  latencyMs: number;
  ok: boolean;
}

/** What is right of a run, by the requests in it. */
export interface ForeignRun {
  /** In any order. */
  samples: readonly ForeignSample[];
  count: number;
  failed: number;
  startMs: number;
  durationMs: number;
  /** Per second. */
  rate: number;
  /** Of all requests, and of those that did not fail, ascending, in ms. */
  all: readonly number[];
  successful: readonly number[];
}

/** Adds up a run. */
export function foreignRun(samples: readonly ForeignSample[]): ForeignRun {
  const latencies = (chosen: readonly ForeignSample[]): number[] =>
    chosen.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  const startMs = Math.min(...samples.map((sample) => sample.startMs));
  const durationMs = Math.max(...samples.map((sample) => sample.startMs + sample.latencyMs)) - startMs;
  return {
    samples,
    count: samples.length,
    failed: samples.filter(({ ok }) => !ok).length,
    startMs,
    durationMs,
    rate: (samples.length * 1_000) / durationMs,
    all: latencies(samples),
    successful: latencies(samples.filter(({ ok }) => ok)),
  };
}

/** The nearest-rank percentile of ascending values. */
export function percentileOf(values: readonly number[], rank: number): number {
  return values[rankOf(rank, values.length) - 1] ?? Number.NaN;
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How a tool writes a run, and what of it comes back. */
export interface ForeignFormat {
  name: string;
  write(run: ForeignRun): string | Uint8Array;
  /** Whose latencies are in it, and whether it counts failures. */
  latencies: 'successful' | 'all' | 'all, failures unknown';
  ranks: readonly number[];
  /** By how much a percentile may differ: so many ms, and such a share of it. */
  resolution: { ms: number; share: number };
  /** By how many ms the start may differ; null where the format does not tell it. */
  startMs: number | null;
  durationMs: number | null;
  /** Whether the rate is known; it may differ as the duration does. */
  hasRate: boolean;
}

export const iso = (ms: number): string => new Date(ms).toISOString();
