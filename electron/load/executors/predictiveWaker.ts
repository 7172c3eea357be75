import type { Cancel, Clock } from '../clock';

/** The waker is not used when the next arrival is closer than this, because the generator is awake for it anyway. */
const leastGapMs = 8;
/** How long the generator stays awake for a response after its expected time. */
const tailMs = 0.5;
/** The weight of the last response in the expected service time. */
const smoothing = 0.1;

/**
 * Wakes the generator shortly before a response is expected. A process that sleeps until the response arrives processes
 * it some tenths of a millisecond late, and on a slow schedule every response time includes this delay. Linux does the
 * same for disks (hybrid polling, block/blk-mq.c of 4.10). The cost is a clock that spins up to 2.5 ms per request.
 */
export class PredictiveWaker {
  readonly #clock: Clock;
  #expectedMs: number | undefined;
  #cancel: Cancel = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A request was sent; the next follows in `gapMs`. */
  sent(sentMs: number, gapMs: number): void {
    if (this.#expectedMs === undefined || gapMs < leastGapMs) return;
    this.#cancel();
    this.#cancel = this.#clock.wakeAt(sentMs + this.#expectedMs + tailMs, () => {});
  }

  /** A response arrived. */
  settled(serviceMs: number): void {
    this.#cancel();
    const expectedMs = this.#expectedMs ?? serviceMs;
    this.#expectedMs = expectedMs + (serviceMs - expectedMs) * smoothing;
  }
}
