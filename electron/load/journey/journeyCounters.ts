import { NamedHistograms } from '../namedHistograms';
import type { JourneyTick } from '../protocol';

/** How an iteration ended. */
export type IterationEnd = 'completed' | 'failed' | 'interrupted';

interface StepCounts {
  sentBytes: number;
  receivedBytes: number;
  decodedBytes: number;
  checks: Record<string, { passes: number; fails: number }>;
}

/** Counts of iterations and checks since the last flush. */
export class JourneyCounters {
  readonly #durations = new NamedHistograms();
  readonly #ends = new Map<string, Record<IterationEnd, number>>();
  readonly #steps = new Map<string, StepCounts>();

  /** Counts iterations that ended. Only the durations of completed ones are kept. */
  ended(journey: string, end: IterationEnd, durationMs: number, times = 1): void {
    const ends = this.#ends.get(journey) ?? { completed: 0, failed: 0, interrupted: 0 };
    ends[end] += times;
    this.#ends.set(journey, ends);
    if (end === 'completed') this.#durations.of(journey).record(durationMs * 1000, times);
  }

  transferred(operation: string, sentBytes: number, receivedBytes: number, decodedBytes: number): void {
    const counts = this.#countsOf(operation);
    counts.sentBytes += sentBytes;
    counts.receivedBytes += receivedBytes;
    counts.decodedBytes += decodedBytes;
  }

  checked(operation: string, check: string, ok: boolean, times = 1): void {
    const { checks } = this.#countsOf(operation);
    const counts = checks[check] ?? { passes: 0, fails: 0 };
    checks[check] = counts;
    if (ok) counts.passes += times;
    else counts.fails += times;
  }

  flush(): JourneyTick {
    const tick = {
      durations: this.#durations.flush(),
      iterations: Object.fromEntries(this.#ends),
      steps: Object.fromEntries(this.#steps),
    };
    this.#ends.clear();
    this.#steps.clear();
    return tick;
  }

  #countsOf(operation: string): StepCounts {
    const known = this.#steps.get(operation);
    if (known) return known;
    const created: StepCounts = { sentBytes: 0, receivedBytes: 0, decodedBytes: 0, checks: {} };
    this.#steps.set(operation, created);
    return created;
  }
}
