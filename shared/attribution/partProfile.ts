import { type FixedPart, fixedParts, longestInner, serverPrefix } from './parts';

/*
 * Response times in buckets of an eighth of an octave, which are the upper bits of HdrHistogram's layout. Requests
 * within a bucket differ by at most an eighth, so the mean of their parts represents each of them well.
 */
const subBucketBits = 3;
const subBuckets = 1 << subBucketBits;
const bucketCount = (31 - subBucketBits + 1) * subBuckets;
/** The buckets of a new profile: response times below 8 ms. */
const firstBuckets = 88;
/** How many buckets are added at once: those of four powers of two. */
const addedBuckets = 32;

/**
 * The maximum number of distinct parts, because an external service can send anything. The last one takes all later
 * parts.
 */
const maxParts = 32;
const overflowPart = `${serverPrefix}other`;

function bucketOf(durationUs: number): number {
  const octave = 32 - Math.clz32(durationUs | (subBuckets - 1)) - subBucketBits;
  const subBucket = (durationUs >>> Math.max(0, octave - 1)) & (subBuckets - 1);
  return octave * subBuckets + subBucket;
}

/** A profile for storage and for transfer between processes: one row for each non-empty bucket. */
export interface SparseProfile {
  parts: string[];
  buckets: Uint16Array<ArrayBuffer>;
  counts: Uint32Array<ArrayBuffer>;
  /** Row by row, in microseconds: the sum of the response times, then the sum of each part. */
  sumsUs: Float64Array<ArrayBuffer>;
}

/** The average time that requests of a band of response times spent in each part, in microseconds. */
export interface PartMeans {
  count: number;
  meanUs: number;
  partsUs: Map<string, number>;
}

/**
 * The time of requests by part and response time: for each bucket of response times, the number of requests and the sum
 * of each part. It is mergeable like a histogram, and its sums are exact. A band of percentiles is exact except for the
 * bucket that it cuts. Recording allocates only when a response time is in a bucket that no earlier one needed, five
 * times at most: a run has a profile for each operation and second, and few need all buckets.
 */
export class PartProfile {
  readonly #parts: string[] = [...fixedParts];
  readonly #currentUs = new Float64Array(maxParts);
  readonly #counts = new Uint32Array(bucketCount);
  readonly #totalsUs = new Float64Array(bucketCount);
  #sumsUs = new Float64Array(firstBuckets * maxParts);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Adds time to a part of the current request. A remainder may be negative (overlap.ts). */
  add(part: FixedPart, durationUs: number): void {
    this.#addTo(fixedParts.indexOf(part), durationUs);
  }

  /** Adds time to a part that the service names. */
  addServerPart(name: string, durationUs: number): void {
    this.#addTo(this.#serverPart(name), durationUs);
  }

  /** Completes the current request, whose parts were added since the last call. */
  record(responseUs: number): void {
    const bucket = bucketOf(responseUs);
    this.#count += 1;
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#totalsUs[bucket] = (this.#totalsUs[bucket] ?? 0) + responseUs;
    const row = this.#rowOf(bucket);
    for (let part = 0; part < this.#parts.length; part += 1) {
      this.#sumsUs[row + part] = (this.#sumsUs[row + part] ?? 0) + (this.#currentUs[part] ?? 0);
      this.#currentUs[part] = 0;
    }
  }

  /** Adds all requests of another profile. */
  merge(other: PartProfile): void {
    this.mergeSparse(other.toSparse());
  }

  /** Adds all requests of a profile that came from another process. */
  mergeSparse({ parts, buckets, counts, sumsUs }: SparseProfile): void {
    const numbers = parts.map((part) => this.#numberOf(part));
    const width = parts.length + 1;
    for (let row = 0; row < buckets.length; row += 1) {
      const bucket = buckets[row] ?? 0;
      const count = counts[row] ?? 0;
      this.#count += count;
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count;
      this.#totalsUs[bucket] = (this.#totalsUs[bucket] ?? 0) + (sumsUs[row * width] ?? 0);
      const first = this.#rowOf(bucket);
      for (const [column, part] of numbers.entries()) {
        const at = first + part;
        this.#sumsUs[at] = (this.#sumsUs[at] ?? 0) + (sumsUs[row * width + 1 + column] ?? 0);
      }
    }
  }

  /** Returns a copy of the non-empty buckets. */
  toSparse(): SparseProfile {
    const filled = [...this.#counts.keys()].filter((bucket) => (this.#counts[bucket] ?? 0) > 0);
    const width = this.#parts.length;
    const sumsUs = new Float64Array(filled.length * (width + 1));
    for (const [row, bucket] of filled.entries()) {
      sumsUs[row * (width + 1)] = this.#totalsUs[bucket] ?? 0;
      sumsUs.set(this.#sumsUs.subarray(bucket * maxParts, bucket * maxParts + width), row * (width + 1) + 1);
    }
    return {
      parts: [...this.#parts],
      buckets: Uint16Array.from(filled),
      counts: Uint32Array.from(filled, (bucket) => this.#counts[bucket] ?? 0),
      sumsUs,
    };
  }

  /** Removes all requests. The parts keep their numbers. */
  reset(): void {
    if (this.#count === 0) return;
    this.#count = 0;
    this.#counts.fill(0);
    this.#totalsUs.fill(0);
    this.#sumsUs.fill(0);
  }

  /**
   * Returns the means of the requests between two shares (0..1) in order of response time. When a bucket is cut, only
   * the share within the band counts. Undefined when there are no requests.
   */
  band(fromShare: number, toShare: number): PartMeans | undefined {
    const from = fromShare * this.#count;
    const to = toShare * this.#count;
    let seen = 0;
    let count = 0;
    let totalUs = 0;
    const sumsUs = this.#parts.map(() => 0);
    for (let bucket = 0; bucket < bucketCount && seen < to; bucket += 1) {
      const inBucket = this.#counts[bucket] ?? 0;
      const taken = Math.min(to, seen + inBucket) - Math.max(from, seen);
      seen += inBucket;
      if (taken <= 0) continue;
      const share = taken / inBucket;
      count += taken;
      totalUs += share * (this.#totalsUs[bucket] ?? 0);
      for (let part = 0; part < sumsUs.length; part += 1)
        sumsUs[part] = (sumsUs[part] ?? 0) + share * (this.#sumsUs[bucket * maxParts + part] ?? 0);
    }
    if (count === 0) return undefined;
    const parts = this.#parts.map((part, index) => [part, (sumsUs[index] ?? 0) / count] as const);
    const shown = parts.filter(([part, meanUs]) => meanUs > 0 && part !== longestInner);
    return { count, meanUs: totalUs / count, partsUs: new Map(shown) };
  }

  /** The position of the first sum of a bucket. */
  #rowOf(bucket: number): number {
    const row = bucket * maxParts;
    if (row < this.#sumsUs.length) return row;
    const buckets = Math.min(bucketCount, bucket + addedBuckets);
    const sumsUs = new Float64Array(buckets * maxParts);
    sumsUs.set(this.#sumsUs);
    this.#sumsUs = sumsUs;
    return row;
  }

  #addTo(part: number, durationUs: number): void {
    this.#currentUs[part] = (this.#currentUs[part] ?? 0) + durationUs;
  }

  #serverPart(name: string): number {
    for (let part = fixedParts.length; part < this.#parts.length; part += 1) {
      const known = this.#parts[part] ?? '';
      // Compared without the prefix, because joining the two would allocate.
      if (known.length === serverPrefix.length + name.length && known.endsWith(name)) return part;
    }
    return this.#addPart(serverPrefix + name);
  }

  #numberOf(part: string): number {
    const known = this.#parts.indexOf(part);
    return known >= 0 ? known : this.#addPart(part);
  }

  #addPart(part: string): number {
    if (this.#parts.length >= maxParts) return maxParts - 1;
    this.#parts.push(this.#parts.length === maxParts - 1 ? overflowPart : part);
    return this.#parts.length - 1;
  }
}

/** Returns the profile with a name, creating it on first use. */
export function profileOf(profiles: Map<string, PartProfile>, name: string): PartProfile {
  const found = profiles.get(name);
  if (found) return found;
  const created = new PartProfile();
  profiles.set(name, created);
  return created;
}
