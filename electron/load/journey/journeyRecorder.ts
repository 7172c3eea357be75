import type { CheckExample, JourneyTick } from '../protocol';
import type { CompiledStep, StepCheck } from './compiledStep';
import { type IterationEnd, JourneyCounters } from './journeyCounters';

/** The maximum length of an example of a failed check, in characters. */
const maxExampleLength = 500;

/**
 * Counts the iterations, checks and transferred bytes of journeys; the {@link Recorder} counts their requests. The
 * intended start of an iteration, and that of a step, decide whether they belong to the warm-up or to the measured
 * part.
 */
export class JourneyRecorder {
  readonly #measureFromMs: number;
  readonly #warmup = new JourneyCounters();
  readonly #measured = new JourneyCounters();
  readonly #examples = new Map<string, CheckExample>();

  /** `measureFromMs`: the end of the warm-up on the executor's clock. */
  constructor(measureFromMs: number) {
    this.#measureFromMs = measureFromMs;
  }

  /** Counts an iteration that ended. Only the durations of completed iterations are kept. */
  iterationEnded(journey: string, end: IterationEnd, startedMs: number, endedMs: number): void {
    this.#countersAt(startedMs).ended(journey, end, endedMs - startedMs);
  }

  /**
   * Counts the bytes of a request and its response. `decodedBytes` is the size of the decoded body if it was read,
   * otherwise 0.
   */
  transferred(
    { operation }: CompiledStep,
    intendedMs: number,
    sentBytes: number,
    receivedBytes: number,
    decodedBytes: number,
  ): void {
    this.#countersAt(intendedMs).transferred(operation, sentBytes, receivedBytes, decodedBytes);
  }

  /** Counts a check. `example` describes what the response had instead; it is called for the first failure only. */
  checked(
    { operation }: CompiledStep,
    { name }: StepCheck,
    intendedMs: number,
    ok: boolean,
    example: () => string,
  ): void {
    this.#countersAt(intendedMs).checked(operation, name, ok);
    if (!ok) this.#keepExample(operation, name, example);
  }

  /** Notes that a response lacks the value of a variable. */
  extractionFailed({ operation }: CompiledStep, variable: string): void {
    this.#keepExample(operation, `extract ${variable}`, () => `${variable} is not in the response`);
  }

  /** One example for each failed check, including those of the warm-up. */
  get examples(): CheckExample[] {
    return [...this.#examples.values()];
  }

  /** What was recorded since the last call for the same part: the warm-up or the measured part. */
  flush(warmup: boolean): JourneyTick {
    return (warmup ? this.#warmup : this.#measured).flush();
  }

  #keepExample(operation: string, check: string, example: () => string): void {
    const key = JSON.stringify([operation, check]);
    if (this.#examples.has(key)) return;
    this.#examples.set(key, { operation, check, message: example().slice(0, maxExampleLength) });
  }

  #countersAt(intendedMs: number): JourneyCounters {
    return intendedMs < this.#measureFromMs ? this.#warmup : this.#measured;
  }
}
