/** The parts of a request's time in the service, each with its index in the arrays of this file. */
const places = {
  loop: 0,
  cache: 1,
  wait: 2,
  prepare: 3,
  fetch: 4,
  decode: 5,
  encode: 6,
  write: 7,
  commit: 8,
  serialise: 9,
  handler: 10,
} as const;
export type TimingPart = keyof typeof places;
const timingParts = Object.keys(places);

/** Measures the parts of an operation. */
export interface PartTimer {
  /** Adds a duration to a part. */
  add(part: TimingPart, durationMs: number): void;
  /**
   * Records that a part has held the event loop. Work that many requests wait for together is recorded once, not for
   * each of them.
   */
  hold(part: TimingPart, durationMs: number): void;
  /** Runs `work` and adds its time to a part; it holds the event loop meanwhile. */
  measure<T>(part: TimingPart, work: () => T): T;
  /** Awaits `work` and adds its time to a part, whether it resolves or rejects. */
  measureAsync<T>(part: TimingPart, work: () => Promise<T>): Promise<T>;
}

/** Measures nothing, for work whose parts are not needed. */
export const untimed: PartTimer = {
  add: () => {},
  hold: () => {},
  measure: (_part, work) => work(),
  measureAsync: (_part, work) => work(),
};

/** How long each part has held the event loop, in ms. */
export interface LoopHeld {
  /** In total. */
  loopHeldMs: Record<string, number>;
  /** The longest time without a pause; only times from {@link leastHoldMs} up. */
  loopHeldMaxMs: Record<string, number>;
}

/** The minimum time to report: if the event loop was held for less, nobody can notice the wait. */
const leastHoldMs = 1;

function named(heldMs: Float64Array, leastMs: number): Record<string, number> {
  const held = timingParts.map((part, place) => [part, heldMs[place] ?? 0] as const);
  return Object.fromEntries(held.filter(([, ms]) => ms > 0 && ms >= leastMs));
}

/** Adds up how long the parts of all requests have held the event loop, in ms, since the last call of `take`. */
export class LoopUse {
  // Indexed by the places of the parts. Every request adds to it, and a map would allocate a number each time.
  readonly #heldMs = new Float64Array(timingParts.length);
  readonly #longestMs = new Float64Array(timingParts.length);

  add(part: TimingPart, durationMs: number): void {
    const place = places[part];
    this.#heldMs[place] = (this.#heldMs[place] ?? 0) + durationMs;
    if (durationMs > (this.#longestMs[place] ?? 0)) this.#longestMs[place] = durationMs;
  }

  take(): LoopHeld {
    const held = { loopHeldMs: named(this.#heldMs, 0), loopHeldMaxMs: named(this.#longestMs, leastHoldMs) };
    this.#heldMs.fill(0);
    this.#longestMs.fill(0);
    return held;
  }
}

/** The text before the duration of each part. */
const labels = timingParts.map((part) => `${part};dur=`);
/** The microseconds after the decimal point. To print a number with a fraction costs as much as all other measuring. */
const printedFraction = Array.from({ length: 1_000 }, (_, us) => `.${String(us).padStart(3, '0')}`);

/** Prints a duration in ms, to the microsecond. */
function printMs(durationMs: number): string {
  const durationUs = Math.round(durationMs * 1_000);
  const wholeMs = Math.floor(durationUs / 1_000);
  return `${wholeMs}${printedFraction[durationUs - wholeMs * 1_000]}`;
}

/**
 * Collects the parts of a request's time for the `Server-Timing` header (W3C Server Timing, durations in ms). `loop` is
 * how long the event loop had been busy when the handler began (loopWatch.ts). `wait` is the time in the queue of a
 * group commit or of a pool. `handler` is the whole time in the handler.
 */
export class ServerTiming implements PartTimer {
  // Indexed by the places of the parts; negative for parts that did not occur. An array literal of a known size,
  // because every request creates one.
  readonly #durationsMs = [-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1];
  readonly #use: LoopUse;

  /** `use` records what holds the event loop. */
  constructor(use = new LoopUse()) {
    this.#use = use;
  }

  add(part: TimingPart, durationMs: number): void {
    const place = places[part];
    this.#durationsMs[place] = Math.max(0, this.#durationsMs[place] ?? 0) + durationMs;
  }

  hold(part: TimingPart, durationMs: number): void {
    this.#use.add(part, durationMs);
  }

  measure<T>(part: TimingPart, work: () => T): T {
    const startedMs = performance.now();
    const result = work();
    const durationMs = performance.now() - startedMs;
    this.add(part, durationMs);
    this.#use.add(part, durationMs);
    return result;
  }

  async measureAsync<T>(part: TimingPart, work: () => Promise<T>): Promise<T> {
    const startedMs = performance.now();
    try {
      return await work();
    } finally {
      this.add(part, performance.now() - startedMs);
    }
  }

  /** Returns the value of the header, with the parts that occurred. */
  header(): string {
    let value = '';
    for (let place = 0; place < labels.length; place += 1) {
      const durationMs = this.#durationsMs[place] ?? -1;
      if (durationMs < 0) continue;
      if (value !== '') value += ', ';
      value += labels[place] + printMs(durationMs);
    }
    return value;
  }
}
