import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { toMs } from '../../shared/statistics/latencySummary';
import type { Point } from '../../shared/statistics/theilSen';

/** The maximum number of slices. Beyond it, neighbours are merged, and each slice covers twice the time. */
const maxSlices = 64;

/** A part of a run: the response times of its successful requests, and the number of lost ones. */
export interface RunSlice {
  readonly response: LatencyHistogram;
  /** Requests that failed, and iterations that could not be sent. */
  failed: number;
  dropped: number;
}

/** The counts of a slice besides its response times. */
type Losses = Pick<RunSlice, 'failed' | 'dropped'>;

/**
 * A run in slices of equal length, which show how it changes over time. The number of slices is bounded for any length.
 */
export class RunSlices {
  #secondsPerSlice = 1;
  #slices: RunSlice[] = [];

  /** Adds the response times of a second, numbered from 1, and its losses. */
  add(second: number, response: Iterable<LatencyHistogram>, losses: Losses = { failed: 0, dropped: 0 }): void {
    while (Math.ceil(second / this.#secondsPerSlice) > maxSlices) this.#halve();
    const index = Math.ceil(second / this.#secondsPerSlice) - 1;
    while (this.#slices.length <= index) this.#slices.push({ response: new LatencyHistogram(), failed: 0, dropped: 0 });
    const slice = this.#slices[index];
    if (!slice) return;
    for (const histogram of response) slice.response.merge(histogram);
    slice.failed += losses.failed;
    slice.dropped += losses.dropped;
  }

  /** Discards everything after a second. */
  endAt(second: number): void {
    this.#slices.splice(Math.ceil(second / this.#secondsPerSlice));
  }

  /** All response times between two fractions of the length of the run, to the nearest slice. */
  between(from: number, to: number): LatencyHistogram {
    const merged = new LatencyHistogram();
    const count = this.#slices.length;
    for (const { response } of this.#slices.slice(Math.round(from * count), Math.round(to * count)))
      merged.merge(response);
    return merged;
  }

  /** The slices so far, in order of time. */
  get all(): readonly RunSlice[] {
    return this.#slices;
  }

  /** The response times of each slice, in order of time. */
  histograms(): readonly LatencyHistogram[] {
    return this.#slices.map(({ response }) => response);
  }

  /** How many seconds each slice covers; the last may cover fewer. */
  get secondsPerSlice(): number {
    return this.#secondsPerSlice;
  }

  /**
   * A percentile over time, in ms, by the last second of each slice. Slices with fewer than `least` requests are left
   * out.
   */
  percentiles(percentile: number, least: number): Point[] {
    return this.#slices.flatMap(({ response }, index) =>
      response.count < least
        ? []
        : [{ x: (index + 1) * this.#secondsPerSlice, y: toMs(response.percentileUs(percentile)) }],
    );
  }

  /** The number of slices so far. */
  get length(): number {
    return this.#slices.length;
  }

  #halve(): void {
    this.#secondsPerSlice *= 2;
    this.#slices = this.#slices.flatMap((slice, index) => {
      if (index % 2 === 1) return [];
      const next = this.#slices[index + 1];
      if (next) {
        slice.response.merge(next.response);
        slice.failed += next.failed;
        slice.dropped += next.dropped;
      }
      return [slice];
    });
  }
}
