import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { toMs } from '../../shared/statistics/latencySummary';
import type { Point } from '../../shared/statistics/theilSen';

/** So many are kept at most: then neighbours are merged, and each covers twice the time. */
const maxSlices = 64;

/** A run's response times in stretches of equal length, however long it is: how they change over time. */
export class RunSlices {
  #secondsPerSlice = 1;
  #slices: LatencyHistogram[] = [];

  /** Adds the response times of a second, by its number from 1. */
  add(second: number, response: Iterable<LatencyHistogram>): void {
    while (Math.ceil(second / this.#secondsPerSlice) > maxSlices) this.#halve();
    const index = Math.ceil(second / this.#secondsPerSlice) - 1;
    while (this.#slices.length <= index) this.#slices.push(new LatencyHistogram());
    for (const histogram of response) this.#slices[index]?.merge(histogram);
  }

  /** All response times of the part of the run between two fractions of its length, to the nearest slice. */
  between(from: number, to: number): LatencyHistogram {
    const merged = new LatencyHistogram();
    const count = this.#slices.length;
    for (const slice of this.#slices.slice(Math.round(from * count), Math.round(to * count))) merged.merge(slice);
    return merged;
  }

  /** A percentile over time, in ms by the second that each slice ends with, of slices with at least `least` requests. */
  percentiles(percentile: number, least: number): Point[] {
    return this.#slices.flatMap((slice, index) =>
      slice.count < least ? [] : [{ x: (index + 1) * this.#secondsPerSlice, y: toMs(slice.percentileUs(percentile)) }],
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
      if (next) slice.merge(next);
      return [slice];
    });
  }
}
