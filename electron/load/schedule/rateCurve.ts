/** A period in which the rate changes linearly. Rates are in arrivals per second. */
export interface RateSegment {
  durationMs: number;
  fromRate: number;
  toRate: number;
}

interface PlacedSegment extends RateSegment {
  startMs: number;
  /** The number of arrivals before the segment, including a fraction. */
  startCount: number;
  count: number;
}

/** The number of arrivals within the first `elapsedMs` of a segment: the area under the rate. */
function countWithin({ durationMs, fromRate, toRate }: RateSegment, elapsedMs: number): number {
  const slope = durationMs > 0 ? (toRate - fromRate) / durationMs : 0;
  return (elapsedMs * (fromRate + (slope * elapsedMs) / 2)) / 1000;
}

/**
 * The time within a segment at which `count` arrivals have come: the root of a quadratic equation, in the form that
 * stays exact when the slope is near 0 (Press et al., Numerical Recipes, 5.6).
 */
function timeWithin({ durationMs, fromRate, toRate }: RateSegment, count: number): number {
  const slope = durationMs > 0 ? (toRate - fromRate) / durationMs : 0;
  const root = Math.sqrt(Math.max(0, fromRate * fromRate + 2 * slope * count * 1000));
  return count === 0 ? 0 : Math.min(durationMs, (2 * count * 1000) / (fromRate + root));
}

/**
 * A piecewise linear rate, and its integral. Times are computed from the number of the arrival, never by adding up
 * intervals. So no rounding error grows with the run, and fractional rates are exact.
 */
export class RateCurve {
  readonly totalMs: number;
  /** The number of arrivals of the whole curve, including a fraction. */
  readonly total: number;
  readonly #segments: PlacedSegment[] = [];

  constructor(segments: readonly RateSegment[]) {
    let startMs = 0;
    let startCount = 0;
    for (const segment of segments) {
      const count = countWithin(segment, segment.durationMs);
      this.#segments.push({ ...segment, startMs, startCount, count });
      startMs += segment.durationMs;
      startCount += count;
    }
    this.totalMs = startMs;
    this.total = startCount;
  }

  /** How many arrivals have come after `elapsedMs`, including a fraction. */
  countAt(elapsedMs: number): number {
    let count = 0;
    for (const segment of this.#segments) {
      const withinMs = elapsedMs - segment.startMs;
      if (withinMs < 0) break;
      count = segment.startCount + countWithin(segment, Math.min(withinMs, segment.durationMs));
    }
    return count;
  }

  /** Returns a function that returns the time at which `count` arrivals have come. Call it with ascending counts. */
  inverse(): (count: number) => number {
    let current = 0;
    return (count) => {
      let segment = this.#segments[current];
      while (segment && count >= segment.startCount + segment.count && current < this.#segments.length - 1) {
        current += 1;
        segment = this.#segments[current];
      }
      if (!segment) return Number.POSITIVE_INFINITY;
      return segment.startMs + timeWithin(segment, count - segment.startCount);
    };
  }
}
