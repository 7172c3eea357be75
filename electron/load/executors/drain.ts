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

/** Work that is more than requests in flight, such as a journey whose user thinks. */
export interface UnfinishedWork {
  count(): number;
  /** The graceful stop is over: nothing more of it is begun. */
  interrupt(): void;
}

/** The end of a load: nothing more is sent, and what is in flight may finish within the graceful stop. */
export class Drain {
  /** Resolves when the load has ended and nothing of it is unfinished. */
  readonly finished: Promise<void>;
  readonly #options: DrainOptions;
  readonly #work: UnfinishedWork;
  #ended = false;
  #cancelPatience = (): void => {};
  #finish = (): void => {};

  /** Without `work` what is in flight is all that is unfinished. */
  constructor(options: DrainOptions, work?: UnfinishedWork) {
    this.#options = options;
    this.#work = work ?? { count: () => options.recorder.inFlight, interrupt: () => {} };
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
    this.#cancelPatience = clock.wakeAt(clock.nowMs() + gracefulStopMs, () => {
      this.#work.interrupt();
      sender.close();
    });
    this.noteSettled();
  }

  /** Call after each request, or whatever else is the work, that came to its end. */
  noteSettled(): void {
    if (!this.#ended || this.#work.count() > 0) return;
    this.#cancelPatience();
    this.#finish();
  }
}
