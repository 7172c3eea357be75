/** Requests a callback before the next paint. */
export type RequestFrame = (callback: () => void) => void;

/**
 * Does one piece of work per frame, in the order of the requests. Each second of a run changes ten charts. Drawing all
 * of them in one frame would make the window unresponsive.
 */
export class RenderScheduler {
  readonly #requestFrame: RequestFrame;
  /** Waiting work by its owner. Newer work of an owner replaces the older. */
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
    // Called before the work, so that an error in it does not stop the rest.
    this.#request();
    work();
  }
}

/** The work of one element, scheduled while the element is visible and held back while it is not. */
export class ElementWork {
  readonly #scheduler: RenderScheduler;
  #held: (() => void) | undefined;
  #isInSight = false;

  constructor(scheduler: RenderScheduler) {
    this.#scheduler = scheduler;
  }

  /** Replaces the waiting work. Undefined means no work. `unseen` work is not held back. */
  offer(work: (() => void) | undefined, unseen: boolean): void {
    if (work && (this.#isInSight || unseen)) {
      this.#held = undefined;
      this.#scheduler.schedule(this, work);
      return;
    }
    this.cancel();
    this.#held = work;
  }

  /** Called when the visibility of the element changes. */
  see(isInSight: boolean): void {
    this.#isInSight = isInSight;
    if (!isInSight || !this.#held) return;
    this.#scheduler.schedule(this, this.#held);
    this.#held = undefined;
  }

  /** Drops waiting work. */
  cancel(): void {
    this.#held = undefined;
    this.#scheduler.cancel(this);
  }
}
