import { seededRandom } from './random';

/** The maximum number of differences for which all subsets are used. Beyond it, as many are drawn at random. */
const maxExact = 14;

function allSubsetMeans(values: readonly number[]): Float64Array {
  const sums = new Float64Array(2 ** values.length);
  const sizes = new Uint8Array(sums.length);
  const means = new Float64Array(sums.length - 1);
  for (let subset = 1; subset < sums.length; subset += 1) {
    const last = 31 - Math.clz32(subset);
    const rest = subset ^ (1 << last);
    const sum = (sums[rest] ?? 0) + (values[last] ?? 0);
    const size = (sizes[rest] ?? 0) + 1;
    sums[subset] = sum;
    sizes[subset] = size;
    means[subset - 1] = sum / size;
  }
  return means;
}

function randomSubsetMeans(values: readonly number[]): Float64Array {
  const random = seededRandom(values.length);
  const means = new Float64Array(2 ** maxExact - 1);
  for (let found = 0; found < means.length; ) {
    let sum = 0;
    let size = 0;
    for (const value of values) {
      if (random() >= 0.5) continue;
      sum += value;
      size += 1;
    }
    if (size === 0) continue;
    means[found] = sum / size;
    found += 1;
  }
  return means;
}

/**
 * Estimates the centre of paired differences with a symmetric distribution of any shape. The means of all subsets
 * divide the line into 2^n pieces, each of which contains the centre with the same probability (J. A. Hartigan, Using
 * subsample values as typical values, JASA 64, 1969). The test of a centre of 0 is the exact sign-flip test of the
 * mean, and the interval is its inversion.
 */
export class TypicalValues {
  readonly #means: Float64Array;
  readonly #pieces: number;

  /** `differences` must not be empty. */
  constructor(differences: readonly number[]) {
    const means = differences.length <= maxExact ? allSubsetMeans(differences) : randomSubsetMeans(differences);
    this.#means = means.sort();
    this.#pieces = means.length + 1;
  }

  /** The two-sided p-value of a centre of 0; at least 2 / 2^n. */
  get pOfZero(): number {
    let atMost = 0;
    let atLeast = 0;
    for (const mean of this.#means) {
      if (mean <= 0) atMost += 1;
      if (mean >= 0) atLeast += 1;
    }
    return Math.min(1, (2 * (Math.min(atMost, atLeast) + 1)) / this.#pieces);
  }

  /** Returns the interval of at least this confidence (0..1); undefined with too few differences. */
  interval(confidence: number): { low: number; high: number } | undefined {
    const left = Math.floor(((1 - confidence) / 2) * this.#pieces + 1e-9);
    if (left < 1) return undefined;
    return { low: this.#means[left - 1] ?? 0, high: this.#means[this.#means.length - left] ?? 0 };
  }
}
