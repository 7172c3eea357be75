import { medianOf } from '../statistics/medianOf';

/*
 * The band in which the P99 of a second is expected to lie, from the P99s of the seconds around it. docs/adr/025 derives
 * the constants and says how often a quiet run leaves it.
 */

/** How far the band reaches, in robust standard deviations of the logarithm. */
const deviations = 5;
/** A P99 that exceeds the usual one by less is what a shared machine does by itself: in one second, and in several. */
const leastExcessMs = { alone: 20, lasting: 5 };
const leastRatio = 1.5;
/** Seconds that are all alike vary by the width of a bin of a histogram and a little more. */
const leastDeviation = 0.05;
/** Of a normal distribution: standard deviations for each median absolute deviation, and up to the upper quartile. */
const perMad = 1.4826;
const toQuartile = 0.6745;

/** What is usual around a second, and the most that is within the band; in the unit of the values. */
export interface Band {
  usual: number;
  limit: number;
}

/** A band of latencies, in ms. */
export interface LatencyBand extends Band {
  /** The limit for seconds that stand alone; `limit` is for several in a row. */
  limitAlone: number;
}

function upperQuartileOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(0.75 * sorted.length) - 1] ?? 0;
}

/**
 * The median and a robust standard deviation of values: the greater of that by the median absolute deviation and that by
 * the upper quartile, which sees a tail on one side. A quarter of the values may be anything.
 */
function robustly(values: readonly number[]): { median: number; deviation: number } {
  const median = medianOf(values);
  const mad = medianOf(values.map((value) => Math.abs(value - median)));
  return { median, deviation: Math.max(perMad * mad, (upperQuartileOf(values) - median) / toQuartile) };
}

/** The least latency that is beyond a band around the usual one, however narrow that is; in ms. */
export function leastBeyondMs(usualMs: number): number {
  return Math.max(usualMs * leastRatio, usualMs + leastExcessMs.lasting);
}

/** The band of latencies, in ms, from those of the seconds around. */
export function latencyBand(latenciesMs: readonly number[]): LatencyBand {
  const { median, deviation } = robustly(latenciesMs.map((latencyMs) => Math.log(Math.max(latencyMs, 1e-3))));
  const usual = Math.exp(median);
  const limit = Math.max(usual * Math.exp(deviations * Math.max(deviation, leastDeviation)), leastBeyondMs(usual));
  return { usual, limit, limitAlone: Math.max(limit, usual + leastExcessMs.alone) };
}

/** The band of shares (0..1), from those of the seconds around. */
export function shareBand(shares: readonly number[]): Band {
  const { median, deviation } = robustly(shares);
  return { usual: median, limit: median + deviations * deviation };
}
