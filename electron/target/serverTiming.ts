/** The parts of a request's time in the service. */
const timingParts = [
  'loop',
  'cache',
  'wait',
  'prepare',
  'fetch',
  'decode',
  'encode',
  'write',
  'commit',
  'serialise',
  'handler',
] as const;
export type TimingPart = (typeof timingParts)[number];

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

/** Takes no time: for work that nobody asks the parts of. */
export const untimed: PartTimer = {
  add: () => {},
  hold: () => {},
  measure: (_part, work) => work(),
  measureAsync: (_part, work) => work(),
};

/** How long the parts of all requests have held the event loop, in ms, since it was last asked. */
export class LoopUse {
  // By the part's place: every request adds to it, and a map would make a number of its own each time.
  readonly #heldMs = new Float64Array(timingParts.length);

  add(part: TimingPart, durationMs: number): void {
    const place = timingParts.indexOf(part);
    this.#heldMs[place] = (this.#heldMs[place] ?? 0) + durationMs;
  }

  take(): Record<string, number> {
    const held = timingParts.map((part, place) => [part, this.#heldMs[place] ?? 0] as const);
    this.#heldMs.fill(0);
    return Object.fromEntries(held.filter(([, ms]) => ms > 0));
  }
}

/** What stands behind the whole milliseconds, by microseconds: a number with a fraction costs much more to print. */
const fractions = Array.from({ length: 1_000 }, (_, us) => (us === 0 ? '' : `.${String(us).padStart(3, '0')}`));

/**
 * Collects where a request's time went, for the `Server-Timing` header (W3C Server Timing, durations in ms).
 * `loop` is for how long the event loop had been busy when the handler began (loopWatch.ts), `wait` the time in the
 * queue of a group commit or of a pool, `handler` the whole time in the handler.
 */
export class ServerTiming implements PartTimer {
  // Two short lists: every request fills them, and a search in four entries costs less than a map or an object.
  readonly #parts: TimingPart[] = [];
  readonly #durationsMs: number[] = [];
  readonly #use: LoopUse;

  /** `use` learns what holds the event loop. */
  constructor(use = new LoopUse()) {
    this.#use = use;
  }

  add(part: TimingPart, durationMs: number): void {
    const index = this.#parts.indexOf(part);
    if (index >= 0) {
      this.#durationsMs[index] = (this.#durationsMs[index] ?? 0) + durationMs;
      return;
    }
    this.#parts.push(part);
    this.#durationsMs.push(durationMs);
  }

  hold(part: TimingPart, durationMs: number): void {
    this.#use.add(part, durationMs);
  }

  measure<T>(part: TimingPart, work: () => T): T {
    const startedMs = performance.now();
    const result = work();
    const durationMs = performance.now() - startedMs;
    this.add(part, durationMs);
    this.hold(part, durationMs);
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

  /** The header's value, the parts in the order in which they were first met. */
  header(): string {
    let value = '';
    for (let index = 0; index < this.#parts.length; index += 1) {
      const durationUs = Math.round((this.#durationsMs[index] ?? 0) * 1_000);
      const ms = Math.trunc(durationUs / 1_000);
      value += `${index === 0 ? '' : ', '}${this.#parts[index]};dur=${ms}${fractions[durationUs % 1_000]}`;
    }
    return value;
  }
}
