/** The parts of a request's time in the service, each with its place in the arrays here. */
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

/** Takes the time of an operation's parts. */
export interface PartTimer {
  /** Adds to a part. */
  add(part: TimingPart, durationMs: number): void;
  /** Notes that a part has held the event loop. What many requests wait for together is noted once, not by each. */
  hold(part: TimingPart, durationMs: number): void;
  /** Runs `work` and adds its time to a part; it holds the event loop meanwhile. */
  measure<T>(part: TimingPart, work: () => T): T;
  /** Awaits `work` and adds its time to a part, whether it resolves or rejects. */
  measureAsync<T>(part: TimingPart, work: () => Promise<T>): Promise<T>;
}

/** Measures nothing: for work whose parts are not asked for. */
export const untimed: PartTimer = {
  add: () => {},
  hold: () => {},
  measure: (_part, work) => work(),
  measureAsync: (_part, work) => work(),
};

/** What has held an event loop, by part, in ms. */
export interface LoopHeld {
  /** In all. */
  loopHeldMs: Record<string, number>;
  /** At once at most, from {@link leastHoldMs} up. */
  loopHeldMaxMs: Record<string, number>;
}

/** What held the event loop for a shorter time at once has kept nobody waiting who could tell. */
const leastHoldMs = 1;

function named(heldMs: Float64Array, leastMs: number): Record<string, number> {
  const held = timingParts.map((part, place) => [part, heldMs[place] ?? 0] as const);
  return Object.fromEntries(held.filter(([, ms]) => ms > 0 && ms >= leastMs));
}

/** How long the parts of all requests have held the event loop, in ms, since it was last asked. */
export class LoopUse {
  // By the part's place: every request adds to it, and a map would make a number of its own each time.
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

/** What stands before the duration of each part. */
const labels = timingParts.map((part) => `${part};dur=`);
/** The microseconds behind the point: to print a number that has a fraction costs as much as all other measuring. */
const printedFraction = Array.from({ length: 1_000 }, (_, us) => `.${String(us).padStart(3, '0')}`);

/** In ms, to the microsecond. */
function printMs(durationMs: number): string {
  const durationUs = Math.round(durationMs * 1_000);
  const wholeMs = Math.floor(durationUs / 1_000);
  return `${wholeMs}${printedFraction[durationUs - wholeMs * 1_000]}`;
}

/**
 * Collects where a request's time went, for the `Server-Timing` header (W3C Server Timing, durations in ms).
 * `loop` is for how long the event loop had been busy when the handler began (loopWatch.ts), `wait` the time in the
 * queue of a group commit or of a pool, `handler` the whole time in the handler.
 */
export class ServerTiming implements PartTimer {
  // By the part's place, below zero for parts that were not met. One array of a known size: every request makes one.
  readonly #durationsMs = [-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1];
  readonly #use: LoopUse;

  /** `use` learns what holds the event loop. */
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

  /** The header's value: the parts that were met. */
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
