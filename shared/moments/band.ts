import { medianOf } from '../statistics/medianOf';

/*
 * The band in which the P99 of a second is expected, computed from the P99s of the seconds around it. docs/adr/025
 * derives the constants and states how often a quiet run leaves the band.
 */

/** The width of the band, in robust standard deviations of the logarithm. */
const deviations = 5;
/**
 * Shared machines cause smaller excesses over the usual P99 by themselves: in a single second, and in several in a row.
 */
const leastExcessMs = { alone: 20, lasting: 5 };
const leastRatio = 1.5;
/** Seconds of one run are less than this far apart, as a ratio of the next slower one to the one below it. */
const widestGap = 6;
/** Even uniform seconds vary by the width of a histogram bin and a little more. */
const leastDeviation = 0.05;
/** For a normal distribution: standard deviations per median absolute deviation, and up to the upper quartile. */
const perMad = 1.4826;
const toQuartile = 0.6745;

/** The usual value around a second, and the maximum within the band, in the unit of the values. */
export interface Band {
  usual: number;
  limit: number;
}

/** A band of latencies, in ms. */
export interface LatencyBand extends Band {
  /** The limit for single seconds; `limit` applies to several in a row. */
  limitAlone: number;
}

function upperQuartileOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(0.75 * sorted.length) - 1] ?? 0;
}

/**
 * Returns the median and a robust standard deviation. The deviation is the greater of two estimates: from the median
 * absolute deviation, and from the upper quartile, which detects a one-sided tail. A quarter of the values may be
 * outliers.
 */
function robustly(values: readonly number[]): { median: number; deviation: number } {
  const median = medianOf(values);
  const mad = medianOf(values.map((value) => Math.abs(value - median)));
  return { median, deviation: Math.max(perMad * mad, (upperQuartileOf(values) - median) / toQuartile) };
}

/**
 * Returns the slowest of the seconds that belong together: from the upper quartile up to the first gap. The slowest
 * quarter of the seconds may be outliers, whose gap to the others ends the search.
 */
function slowestTogether(latenciesMs: readonly number[]): number {
  const sorted = [...latenciesMs].sort((a, b) => a - b);
  return sorted.reduce(
    (slowest, latencyMs) => (latencyMs <= widestGap * slowest ? Math.max(slowest, latencyMs) : slowest),
    upperQuartileOf(latenciesMs),
  );
}

/** Returns the minimum latency beyond a band with this usual value, even for the narrowest band, in ms. */
export function leastBeyondMs(usualMs: number): number {
  return Math.max(usualMs * leastRatio, usualMs + leastExcessMs.lasting);
}

/**
 * Returns the band of latencies, in ms, from the seconds around. It ends at the nearer of two limits: the deviations
 * of the logarithm, and a gap to the seconds that belong together. Where the seconds of a run vary by a few
 * milliseconds around one, the first alone would reach to hundreds.
 */
export function latencyBand(latenciesMs: readonly number[]): LatencyBand {
  const { median, deviation } = robustly(latenciesMs.map((latencyMs) => Math.log(Math.max(latencyMs, 1e-3))));
  const usual = Math.exp(median);
  const deviatingMs = usual * Math.exp(deviations * Math.max(deviation, leastDeviation));
  const limit = Math.max(Math.min(deviatingMs, widestGap * slowestTogether(latenciesMs)), leastBeyondMs(usual));
  return { usual, limit, limitAlone: Math.max(limit, usual + leastExcessMs.alone) };
}

/** Returns the band of shares (0..1), from the seconds around. */
export function shareBand(shares: readonly number[]): Band {
  const { median, deviation } = robustly(shares);
  return { usual: median, limit: median + deviations * deviation };
}
