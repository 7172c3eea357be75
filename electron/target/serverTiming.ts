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

/**
 * Collects where a request's time went, for the `Server-Timing` header (W3C Server Timing, durations in ms).
 * `wait` is the time in the queue of a group commit; `handler` is the whole time in the handler.
 */
export class ServerTiming {
  readonly #durationsMs: Partial<Record<TimingPart, number>> = {};

  /** Adds to a part. */
  add(part: TimingPart, durationMs: number): void {
    this.#durationsMs[part] = (this.#durationsMs[part] ?? 0) + durationMs;
  }

  /** Runs `work` and adds its time to a part. */
  measure<T>(part: TimingPart, work: () => T): T {
    const startedMs = performance.now();
    const result = work();
    this.add(part, performance.now() - startedMs);
    return result;
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
