/** The parts of a request's time in the service, in the order in which the header lists them. */
const timingParts = [
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
  /** Runs `work` and adds its time to a part. */
  measure<T>(part: TimingPart, work: () => T): T;
  /** Awaits `work` and adds its time to a part, whether it resolves or rejects. */
  measureAsync<T>(part: TimingPart, work: () => Promise<T>): Promise<T>;
}

/** Takes no time: for work that nobody asks the parts of. */
export const untimed: PartTimer = {
  add: () => {},
  measure: (_part, work) => work(),
  measureAsync: (_part, work) => work(),
};

/**
 * Collects where a request's time went, for the `Server-Timing` header (W3C Server Timing, durations in ms).
 * `wait` is the time in the queue of a group commit or of a pool; `handler` is the whole time in the handler.
 */
export class ServerTiming implements PartTimer {
  readonly #durationsMs: Partial<Record<TimingPart, number>> = {};

  add(part: TimingPart, durationMs: number): void {
    this.#durationsMs[part] = (this.#durationsMs[part] ?? 0) + durationMs;
  }

  measure<T>(part: TimingPart, work: () => T): T {
    const startedMs = performance.now();
    const result = work();
    this.add(part, performance.now() - startedMs);
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

  /** The header's value. */
  header(): string {
    let value = '';
    for (const part of timingParts) {
      const durationMs = this.#durationsMs[part];
      if (durationMs === undefined) continue;
      value += `${value === '' ? '' : ', '}${part};dur=${durationMs.toFixed(3)}`;
    }
    return value;
  }
}
