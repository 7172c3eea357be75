/**
 * Ctrl-C, SIGTERM or a closed terminal during a long benchmark: the run that goes on is ended and counts for nothing, no other is begun,
 * and what was measured is printed.
 */
export class Interruption {
  #isAsked = false;
  #endRun: () => void = () => {};

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        this.#isAsked = true;
        this.#endRun();
      });
  }

  get isAsked(): boolean {
    return this.#isAsked;
  }

  /** `end` ends the run that is made until the next call. */
  during(end: () => void): void {
    this.#endRun = end;
  }
}
