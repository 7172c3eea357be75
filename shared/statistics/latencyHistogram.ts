/*
 * The bucket layout is that of HdrHistogram (Gil Tene, hdrhistogram.org) for a lowest discernible value of 1 and
 * three significant digits: 2,048 sub-buckets per bucket. Every bucket after the first uses only the upper half.
 * hdr-histogram-js is the oracle of the tests (and electron/hdr the codec for interchange); this class exists because
 * the hot path needs a record without allocation and ticks need a sparse delta that crosses processes cheaply.
 */
const subBucketHalfCountMagnitude = 10;
const subBucketHalfCount = 1 << subBucketHalfCountMagnitude;
const subBucketMask = 2 * subBucketHalfCount - 1;
/** The buckets of a new histogram: values below about 2 ms. */
const firstLength = 2 * subBucketHalfCount;

/** The highest distinguishable value, about 35 minutes. Greater values are recorded as this one. */
export const highestTrackableUs = 2 ** 31 - 1;

/** A histogram for transfer between processes: only the non-empty buckets, ascending by index. */
export interface SparseHistogram {
  indexes: Uint16Array<ArrayBuffer>;
  counts: Uint32Array<ArrayBuffer>;
  count: number;
  minUs: number;
  maxUs: number;
  sumUs: number;
}

function indexOf(valueUs: number): number {
  const bucket = 31 - Math.clz32(valueUs | subBucketMask) - subBucketHalfCountMagnitude;
  const subBucket = valueUs >>> bucket;
  return ((bucket + 1) << subBucketHalfCountMagnitude) + (subBucket - subBucketHalfCount);
}

/** Returns the least value of a bucket, in microseconds. */
export function leastValueUs(index: number): number {
  const bucket = (index >> subBucketHalfCountMagnitude) - 1;
  return bucket < 0 ? index : ((index & (subBucketHalfCount - 1)) + subBucketHalfCount) * 2 ** bucket;
}

/** Returns the greatest value of a bucket, in microseconds. */
function highestValueOf(index: number): number {
  return leastValueUs(index + 1) - 1;
}

/**
 * Returns a histogram from its buckets, ascending by index. Minimum, maximum and sum come from the least values of the
 * buckets.
 */
export function sparseOfBuckets(indexes: readonly number[], counts: readonly number[]): SparseHistogram {
  let count = 0;
  let sumUs = 0;
  for (const [entry, index] of indexes.entries()) {
    const times = counts[entry] ?? 0;
    count += times;
    sumUs += leastValueUs(index) * times;
  }
  return {
    indexes: Uint16Array.from(indexes),
    counts: Uint32Array.from(counts),
    count,
    minUs: leastValueUs(indexes[0] ?? 0),
    maxUs: leastValueUs(indexes.at(-1) ?? 0),
    sumUs,
  };
}

/**
 * Returns the nearest rank of a percentile among `count` values, from 1: the rank of the least value that at least
 * `percentile` per cent of them do not exceed.
 */
export function rankOf(percentile: number, count: number): number {
  // The product of a percentile and a count may exceed the true rank by a rounding error in the last bit.
  return Math.max(1, Math.ceil((percentile / 100) * count - 1e-9 * count));
}

/**
 * Counts latencies in microseconds with three significant digits (a percentile is at most 0.1 % above the true value).
 * Minimum, maximum and mean are exact. Recording allocates only when a value is greater than all before by a power of
 * two, 20 times at most: a run has tens of histograms a second, and most of them need a tenth of all buckets.
 */
export class LatencyHistogram {
  #counts = new Uint32Array(firstLength);
  #count = 0;
  #minUs = highestTrackableUs;
  #maxUs = 0;
  #sumUs = 0;

  get count(): number {
    return this.#count;
  }

  /** The least value in microseconds; 0 when empty. */
  get minUs(): number {
    return this.#count === 0 ? 0 : this.#minUs;
  }

  /** The greatest value in microseconds; 0 when empty. */
  get maxUs(): number {
    return this.#maxUs;
  }

  /** The sum of all values in microseconds. */
  get sumUs(): number {
    return this.#sumUs;
  }

  /** The arithmetic mean in microseconds; 0 when empty. */
  get meanUs(): number {
    return this.#count === 0 ? 0 : this.#sumUs / this.#count;
  }

  /**
   * Counts a value once, or `times` times. Fractions are rounded to whole microseconds, and values outside
   * 0..{@link highestTrackableUs} are clamped.
   */
  record(valueUs: number, times = 1): void {
    const value = valueUs <= 0 ? 0 : valueUs >= highestTrackableUs ? highestTrackableUs : Math.round(valueUs);
    const index = indexOf(value);
    if (index >= this.#counts.length) this.#growTo(index);
    this.#counts[index] = (this.#counts[index] ?? 0) + times;
    this.#count += times;
    this.#sumUs += value * times;
    if (value < this.#minUs) this.#minUs = value;
    if (value > this.#maxUs) this.#maxUs = value;
  }

  /**
   * The nearest-rank percentile in microseconds: the least recorded value (to three digits) that at least
   * `percentile` per cent of the values do not exceed. 0 when empty. `percentile` is 0..100.
   */
  percentileUs(percentile: number): number {
    return this.percentileOfRankUs(rankOf(percentile, this.#count));
  }

  /**
   * Returns the value that `rank` recorded values do not exceed, to three digits. Rank 1 gives the least value, and
   * {@link count} or more the greatest. 0 when empty.
   */
  percentileOfRankUs(rank: number): number {
    if (this.#count === 0) return 0;
    let seen = 0;
    for (let index = indexOf(this.#minUs); index < this.#counts.length; index += 1) {
      seen += this.#counts[index] ?? 0;
      if (seen >= rank) return Math.min(highestValueOf(index), this.#maxUs);
    }
    return this.#maxUs;
  }

  /** Returns how many recorded values are above `valueUs`. Values in the same bucket, to three digits, do not count. */
  countAbove(valueUs: number): number {
    if (this.#count === 0 || valueUs >= this.#maxUs) return 0;
    if (valueUs < this.#minUs) return this.#count;
    let above = 0;
    const last = indexOf(this.#maxUs);
    for (let index = indexOf(Math.floor(valueUs)) + 1; index <= last; index += 1) above += this.#counts[index] ?? 0;
    return above;
  }

  /** Adds all values of another histogram. */
  merge(other: LatencyHistogram): void {
    if (other.#count === 0) return;
    const last = indexOf(other.#maxUs);
    if (last >= this.#counts.length) this.#growTo(last);
    for (let index = indexOf(other.#minUs); index <= last; index += 1) {
      const count = other.#counts[index] ?? 0;
      if (count > 0) this.#counts[index] = (this.#counts[index] ?? 0) + count;
    }
    this.#addTotals(other.#count, other.#minUs, other.#maxUs, other.#sumUs);
  }

  /** Adds all values of a histogram that came from another process. */
  mergeSparse(sparse: SparseHistogram): void {
    if (sparse.count === 0) return;
    const last = sparse.indexes.at(-1) ?? 0;
    if (last >= this.#counts.length) this.#growTo(last);
    for (let entry = 0; entry < sparse.indexes.length; entry += 1) {
      const index = sparse.indexes[entry] ?? 0;
      this.#counts[index] = (this.#counts[index] ?? 0) + (sparse.counts[entry] ?? 0);
    }
    this.#addTotals(sparse.count, sparse.minUs, sparse.maxUs, sparse.sumUs);
  }

  /** Returns a copy of the non-empty buckets. */
  toSparse(): SparseHistogram {
    const first = indexOf(this.minUs);
    const last = indexOf(this.#maxUs);
    let filled = 0;
    for (let index = first; index <= last; index += 1) if ((this.#counts[index] ?? 0) > 0) filled += 1;
    const indexes = new Uint16Array(filled);
    const counts = new Uint32Array(filled);
    let entry = 0;
    for (let index = first; entry < filled; index += 1) {
      const count = this.#counts[index] ?? 0;
      if (count === 0) continue;
      indexes[entry] = index;
      counts[entry] = count;
      entry += 1;
    }
    return { indexes, counts, count: this.#count, minUs: this.minUs, maxUs: this.#maxUs, sumUs: this.#sumUs };
  }

  /** Removes all values. */
  reset(): void {
    if (this.#count === 0) return;
    this.#counts.fill(0, indexOf(this.#minUs), indexOf(this.#maxUs) + 1);
    this.#count = 0;
    this.#minUs = highestTrackableUs;
    this.#maxUs = 0;
    this.#sumUs = 0;
  }

  /** Calls `visit` with the greatest and the least value and the count of each non-empty bucket, in ascending order. */
  forEachBucket(visit: (greatestUs: number, count: number, leastUs: number) => void): void {
    if (this.#count === 0) return;
    const last = indexOf(this.#maxUs);
    for (let index = indexOf(this.#minUs); index <= last; index += 1) {
      const count = this.#counts[index] ?? 0;
      if (count > 0) visit(highestValueOf(index), count, leastValueUs(index));
    }
  }

  #addTotals(count: number, minUs: number, maxUs: number, sumUs: number): void {
    this.#count += count;
    this.#sumUs += sumUs;
    if (minUs < this.#minUs) this.#minUs = minUs;
    if (maxUs > this.#maxUs) this.#maxUs = maxUs;
  }

  /** Makes room for a bucket and the others of its power of two. */
  #growTo(index: number): void {
    const powersOfTwo = (index >> subBucketHalfCountMagnitude) + 1;
    const counts = new Uint32Array(powersOfTwo << subBucketHalfCountMagnitude);
    counts.set(this.#counts);
    this.#counts = counts;
  }
}
