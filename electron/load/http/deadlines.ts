import type { Clock } from '../clock';
import type { Exchange, RequestFailure } from './exchange';

/**
 * The unsettled exchanges in the order of their deadlines. This is the order of sending, because all have the same
 * timeout. One timer waits for the first deadline, so a request costs two links and no timer.
 */
export class Deadlines {
  readonly #timeoutMs: number;
  readonly #clock: Clock;
  #first: Exchange | undefined;
  #last: Exchange | undefined;
  #waiting = false;

  constructor(timeoutMs: number, clock: Clock) {
    this.#timeoutMs = timeoutMs;
    this.#clock = clock;
  }

  /** Sets the deadline of an exchange. Call it in the order of sending. */
  add(exchange: Exchange): void {
    exchange.deadlineMs = exchange.sentMs + this.#timeoutMs;
    exchange.earlier = this.#last;
    exchange.later = undefined;
    if (this.#last) this.#last.later = exchange;
    else this.#first = exchange;
    this.#last = exchange;
    if (!this.#waiting) this.#wait();
  }

  /** Ends an exchange that has its response or its failure: it has no deadline any more, and its executor is told. */
  settle(exchange: Exchange): void {
    this.remove(exchange);
    exchange.onSettled(exchange);
  }

  /** Ends an exchange that gets no response. */
  fail(exchange: Exchange, failure: RequestFailure, nowMs: number): void {
    exchange.failure = failure;
    exchange.endedMs = nowMs;
    this.settle(exchange);
  }

  /** Takes away the deadline of an exchange that goes on elsewhere. */
  remove(exchange: Exchange): void {
    const { earlier, later } = exchange;
    if (earlier) earlier.later = later;
    else this.#first = later;
    if (later) later.earlier = earlier;
    else this.#last = earlier;
    exchange.earlier = undefined;
    exchange.later = undefined;
  }

  /**
   * Waits for the first deadline. When its exchange settles earlier, the timer stays and finds the next exchange when
   * it fires.
   */
  #wait(): void {
    const first = this.#first;
    this.#waiting = first !== undefined;
    if (first) this.#clock.wakeAt(first.deadlineMs, () => this.#expire());
  }

  #expire(): void {
    const nowMs = this.#clock.nowMs();
    // The holder settles the exchange, which removes it from this list.
    for (let first = this.#first; first?.holder && nowMs >= first.deadlineMs; first = this.#first)
      first.holder.giveUp(first, nowMs);
    this.#wait();
  }
}
