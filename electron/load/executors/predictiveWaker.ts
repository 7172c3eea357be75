import type { Cancel, Clock } from '../clock';

/** Answers that come after less than this are not watched for: the generator is awake for the next arrival anyway. */
const leastGapMs = 8;
/** For how long after its expected time an answer is watched for. */
const tailMs = 0.5;
/** How much of the difference to the last answer goes into the expectation. */
const smoothing = 0.1;

/**
 * Wakes the generator a moment before an answer is expected. A process that sleeps until its answer is there takes it
 * up some tenths of a millisecond late, which on a slow schedule is in every response time. Linux does the same for
 * disks (hybrid polling, block/blk-mq.c of 4.10); here it costs a clock that spins up to 2.5 ms for a request.
 */
export class PredictiveWaker {
  readonly #clock: Clock;
  #expectedMs: number | undefined;
  #cancel: Cancel = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A request was sent, and the next will be in `gapMs`. */
  sent(sentMs: number, gapMs: number): void {
    if (this.#expectedMs === undefined || gapMs < leastGapMs) return;
    this.#cancel();
    this.#cancel = this.#clock.wakeAt(sentMs + this.#expectedMs + tailMs, () => {});
  }

  /** An answer came. */
  settled(serviceMs: number): void {
    this.#cancel();
    const expectedMs = this.#expectedMs ?? serviceMs;
    this.#expectedMs = expectedMs + (serviceMs - expectedMs) * smoothing;
  }
}
