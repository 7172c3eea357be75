import type { Clock } from '../clock';
import type { Recorder } from '../recorder';
import type { Sender } from './executor';

export interface DrainOptions {
  clock: Clock;
  recorder: Recorder;
  sender: Sender;
  gracefulStopMs: number;
  /** Called once when the load has ended, before the last answers are awaited. */
  onDraining(): void;
}

/** The end of a load: nothing more is sent, and what is in flight may finish within the graceful stop. */
export class Drain {
  /** Resolves when the load has ended and no request is in flight. */
  readonly finished: Promise<void>;
  readonly #options: DrainOptions;
  #ended = false;
  #cancelPatience = (): void => {};
  #finish = (): void => {};

  constructor(options: DrainOptions) {
    this.#options = options;
    this.finished = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Ends the load. Only the first call counts. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    const { clock, sender, gracefulStopMs, onDraining } = this.#options;
    onDraining();
    this.#cancelPatience = clock.wakeAt(clock.nowMs() + gracefulStopMs, () => sender.close());
    this.noteSettled();
  }

  /** Call after each request that came to its end. */
  noteSettled(): void {
    if (!this.#ended || this.#options.recorder.inFlight > 0) return;
    this.#cancelPatience();
    this.#finish();
  }
}
