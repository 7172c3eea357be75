/** Asks to be called before the next frame is painted. */
export type RequestFrame = (callback: () => void) => void;

/**
 * Does one piece of work a frame, in the order in which it was asked for. A second of a run changes ten charts; drawn
 * together they would keep the window from answering.
 */
export class RenderScheduler {
  readonly #requestFrame: RequestFrame;
  /** By what it is for: a newer piece for the same takes the place of the older one. */
  readonly #waiting = new Map<object, () => void>();
  #isFrameRequested = false;

  constructor(requestFrame: RequestFrame) {
    this.#requestFrame = requestFrame;
  }

  schedule(subject: object, work: () => void): void {
    this.#waiting.set(subject, work);
    this.#request();
  }

  cancel(subject: object): void {
    this.#waiting.delete(subject);
  }

  #request(): void {
    if (this.#isFrameRequested || this.#waiting.size === 0) return;
    this.#isFrameRequested = true;
    this.#requestFrame(() => this.#doNext());
  }

  #doNext(): void {
    this.#isFrameRequested = false;
    const [next] = this.#waiting;
    if (!next) return;
    const [subject, work] = next;
    this.#waiting.delete(subject);
    // First: work that fails does not keep the rest from being done.
    this.#request();
    work();
  }
}

/** The work of one element: scheduled while the element is in sight, held back while it is not. */
export class ElementWork {
  readonly #scheduler: RenderScheduler;
  #held: (() => void) | undefined;
  #isInSight = false;

  constructor(scheduler: RenderScheduler) {
    this.#scheduler = scheduler;
  }

  /** Takes the newest work, in place of any before it; undefined is nothing to do. `unseen` work is not held back. */
  offer(work: (() => void) | undefined, unseen: boolean): void {
    if (work && (this.#isInSight || unseen)) {
      this.#held = undefined;
      this.#scheduler.schedule(this, work);
      return;
    }
    this.cancel();
    this.#held = work;
  }

  /** Hears whether the element is in sight. */
  see(isInSight: boolean): void {
    this.#isInSight = isInSight;
    if (!isInSight || !this.#held) return;
    this.#scheduler.schedule(this, this.#held);
    this.#held = undefined;
  }

  /** Forgets what has not been done. */
  cancel(): void {
    this.#held = undefined;
    this.#scheduler.cancel(this);
  }
}
