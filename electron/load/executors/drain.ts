import type { Clock } from '../clock';
import type { Recorder } from '../recorder';
import type { Sender } from './executor';

export interface DrainOptions {
  clock: Clock;
  recorder: Recorder;
  sender: Sender;
  gracefulStopMs: number;
  /** The name of the scenario, in a run with several. Its dropped iterations are counted under it. */
  scenario?: string | undefined;
  /** Called once when the load has ended, before the last responses arrive. */
  onDraining(): void;
}

/** Unfinished work that is not only requests in flight, such as a journey during its think time. */
export interface UnfinishedWork {
  count(): number;
  /** The graceful stop is over: the work must begin nothing more. */
  interrupt(): void;
}

/** The end of a load: nothing more is sent, and requests in flight may finish within the graceful stop. */
export class Drain {
  /** Resolves when the load has ended and no work is unfinished. */
  readonly finished: Promise<void>;
  readonly #options: DrainOptions;
  readonly #work: UnfinishedWork;
  #ended = false;
  #cancelPatience = (): void => {};
  #finish = (): void => {};

  /** Without `work`, only requests in flight are unfinished work. */
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

  /** Call after each request or other piece of work has ended. */
  noteSettled(): void {
    if (!this.#ended || this.#work.count() > 0) return;
    this.#cancelPatience();
    this.#finish();
  }
}
