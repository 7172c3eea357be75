import type { Random } from '../../../shared/statistics/random';
import type { RateCurve } from './rateCurve';
import { type Shard, wholeLoad } from './shard';

/** The intended send times of an open load in ascending order, in ms from its start. */
export interface ArrivalCursor {
  /** When the next iteration is due; Infinity after the last. */
  readonly dueMs: number;
  advance(): void;
  /** Advances past all iterations that are due before `elapsedMs`, and returns how many these are. */
  passUntil(elapsedMs: number): number;
}

/** Tolerance for a count that should be whole but has a rounding error in its last bits. */
const rounding = 1e-6;

function passOneByOne(cursor: ArrivalCursor, elapsedMs: number): number {
  let passed = 0;
  for (; cursor.dueMs < elapsedMs; passed += 1) cursor.advance();
  return passed;
}

class EvenArrivals implements ArrivalCursor {
  readonly #curve: RateCurve;
  readonly #timeOf: (count: number) => number;
  readonly #total: number;
  readonly #step: number;
  #index: number;
  #dueMs = 0;

  constructor(curve: RateCurve, { index, count }: Shard) {
    this.#curve = curve;
    this.#timeOf = curve.inverse();
    this.#total = curve.total - rounding;
    this.#step = count;
    this.#index = index;
    this.#place();
  }

  get dueMs(): number {
    return this.#dueMs;
  }

  advance(): void {
    this.#index += this.#step;
    this.#place();
  }

  passUntil(elapsedMs: number): number {
    // At 60,000 a second, one after the other would take a millisecond of each quarter of a second. The area under the
    // curve tells their number except for its rounding error: the last two are looked at.
    const certain = Math.floor((this.#curve.countAt(elapsedMs) - 2 - this.#index) / this.#step);
    const skipped = Math.max(0, certain);
    if (skipped > 0) {
      this.#index += skipped * this.#step;
      this.#place();
    }
    return skipped + passOneByOne(this, elapsedMs);
  }

  #place(): void {
    this.#dueMs = this.#index < this.#total ? this.#timeOf(this.#index) : Number.POSITIVE_INFINITY;
  }
}

class PoissonArrivals implements ArrivalCursor {
  readonly #timeOf: (count: number) => number;
  readonly #total: number;
  readonly #random: Random;
  readonly #step: number;
  #area = 0;
  #dueMs = 0;

  constructor(curve: RateCurve, random: Random, { index, count }: Shard) {
    this.#timeOf = curve.inverse();
    this.#total = curve.total;
    this.#random = random;
    this.#step = count;
    this.#forward(index + 1);
  }

  get dueMs(): number {
    return this.#dueMs;
  }

  advance(): void {
    this.#forward(this.#step);
  }

  passUntil(elapsedMs: number): number {
    return passOneByOne(this, elapsedMs);
  }

  #forward(arrivals: number): void {
    for (let passed = 0; passed < arrivals; passed += 1) this.#area -= Math.log(1 - this.#random());
    this.#dueMs = this.#area < this.#total ? this.#timeOf(this.#area) : Number.POSITIVE_INFINITY;
  }
}

/**
 * Arrivals at equal distances relative to the rate: the n-th, counted from 0, is due when the integral of the curve
 * reaches n.
 */
export function evenArrivals(curve: RateCurve, shard: Shard = wholeLoad): ArrivalCursor {
  return new EvenArrivals(curve, shard);
}

/**
 * Arrivals of a Poisson process with the curve as its rate: a process of rate 1 whose time is stretched (Cinlar,
 * Introduction to Stochastic Processes, 4.7). Shards with equally seeded `random` divide one process among them.
 */
export function poissonArrivals(curve: RateCurve, random: Random, shard: Shard = wholeLoad): ArrivalCursor {
  return new PoissonArrivals(curve, random, shard);
}

/** Returns a function that counts the arrivals that became due before `elapsedMs` since its last call. */
export function arrivalCounter(cursor: ArrivalCursor): (elapsedMs: number) => number {
  return (elapsedMs) => cursor.passUntil(elapsedMs);
}
