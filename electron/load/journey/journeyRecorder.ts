import { NamedHistograms } from '../namedHistograms';
import type { CheckExample, JourneyTick } from '../protocol';
import type { CompiledStep, StepCheck } from './compiledStep';

/** How an iteration ended. */
export type IterationEnd = 'completed' | 'failed' | 'interrupted';

interface StepCounts {
  sentBytes: number;
  receivedBytes: number;
  decodedBytes: number;
  checks: Record<string, { passes: number; fails: number }>;
}

/** What happened to iterations and checks since the last flush. */
class JourneyBook {
  readonly #durations = new NamedHistograms();
  readonly #ends = new Map<string, Record<IterationEnd, number>>();
  readonly #steps = new Map<string, StepCounts>();

  ended(journey: string, end: IterationEnd, durationMs: number): void {
    const ends = this.#ends.get(journey) ?? { completed: 0, failed: 0, interrupted: 0 };
    ends[end] += 1;
    this.#ends.set(journey, ends);
    if (end === 'completed') this.#durations.of(journey).record(durationMs * 1000);
  }

  transferred(operation: string, sentBytes: number, receivedBytes: number, decodedBytes: number): void {
    const counts = this.#countsOf(operation);
    counts.sentBytes += sentBytes;
    counts.receivedBytes += receivedBytes;
    counts.decodedBytes += decodedBytes;
  }

  checked(operation: string, check: string, ok: boolean): void {
    const { checks } = this.#countsOf(operation);
    const counts = checks[check] ?? { passes: 0, fails: 0 };
    checks[check] = counts;
    if (ok) counts.passes += 1;
    else counts.fails += 1;
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

/** So long an example of a failed check is at most. */
const maxExampleLength = 500;

/**
 * Counts what journeys have beside their requests, which the {@link Recorder} counts. An iteration belongs to the warm-up
 * or to the measured part by its intended start, a step by its own.
 */
export class JourneyRecorder {
  readonly #measureFromMs: number;
  readonly #warmup = new JourneyBook();
  readonly #measured = new JourneyBook();
  readonly #examples = new Map<string, CheckExample>();

  /** `measureFromMs`: the end of the warm-up on the executor's clock. */
  constructor(measureFromMs: number) {
    this.#measureFromMs = measureFromMs;
  }

  /** An iteration ended; the durations of those that completed are kept. */
  iterationEnded(journey: string, end: IterationEnd, startedMs: number, endedMs: number): void {
    this.#bookOf(startedMs).ended(journey, end, endedMs - startedMs);
  }

  /** A request of a step went over the wire; `decodedBytes` are those of its body, where that was looked at. */
  transferred(
    { operation }: CompiledStep,
    intendedMs: number,
    sentBytes: number,
    receivedBytes: number,
    decodedBytes: number,
  ): void {
    this.#bookOf(intendedMs).transferred(operation, sentBytes, receivedBytes, decodedBytes);
  }

  /** A check was made; `example` says what there was instead, and is asked for once. */
  checked(
    { operation }: CompiledStep,
    { name }: StepCheck,
    intendedMs: number,
    ok: boolean,
    example: () => string,
  ): void {
    this.#bookOf(intendedMs).checked(operation, name, ok);
    if (!ok) this.#keepExample(operation, name, example);
  }

  /** A variable was not found in an answer. */
  extractionFailed({ operation }: CompiledStep, variable: string): void {
    this.#keepExample(operation, `extract ${variable}`, () => `${variable} is not in the answer`);
  }

  /** One example for each check that has failed, warm-up included. */
  get examples(): CheckExample[] {
    return [...this.#examples.values()];
  }

  /** What was recorded of the warm-up or of the measured part since the last call for it. */
  flush(warmup: boolean): JourneyTick {
    return (warmup ? this.#warmup : this.#measured).flush();
  }

  #keepExample(operation: string, check: string, example: () => string): void {
    const key = JSON.stringify([operation, check]);
    if (this.#examples.has(key)) return;
    this.#examples.set(key, { operation, check, message: example().slice(0, maxExampleLength) });
  }

  #bookOf(intendedMs: number): JourneyBook {
    return intendedMs < this.#measureFromMs ? this.#warmup : this.#measured;
  }
}
