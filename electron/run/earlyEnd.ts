import { ProofloadError } from '../../shared/errors/appError';
import { Deferred } from '../hosting/deferred';
import type { RunEnding } from './assembleDocument';

/** What ends a run before its planned end: its user, a threshold that has failed, or a fault. */
export class EarlyEnd {
  readonly #redact: (text: string) => string;
  readonly #stopRequested = new Deferred<never>();
  #ending: RunEnding | undefined;
  #hasLoadBegun = false;
  #stopLoad: (() => void) | undefined;

  /** `redact` removes the secrets that were typed for the run, because the text of a fault may repeat them. */
  constructor(redact: (text: string) => string) {
    this.#redact = redact;
  }

  /** Undefined as long as nothing ends the run before its planned end. */
  get ending(): RunEnding | undefined {
    return this.#ending;
  }

  /** Whether the load has begun: from then on there is something to save. */
  get hasLoadBegun(): boolean {
    return this.#hasLoadBegun;
  }

  /** Rejects with `interrupted` if the run is stopped before its load has begun. */
  get stoppedBeforeLoad(): Promise<never> {
    return this.#stopRequested.promise;
  }

  noteLoadBegun(): void {
    this.#hasLoadBegun = true;
  }

  /** Connects the load. `stop` is called when the run is to end, or at once if it already is. */
  onStop(stop: () => void): void {
    this.#stopLoad = stop;
    if (this.#ending) stop();
  }

  /** Ends the run because its user stops it. An earlier ending stays in force. */
  interrupt(reason: string): void {
    if (this.#ending) return;
    this.#ending = { verdict: 'interrupted', reason };
    if (!this.#hasLoadBegun)
      this.#stopRequested.reject(
        new ProofloadError(
          'interrupted',
          'the run was stopped before its load began; nothing was measured',
          'start it again',
        ),
      );
    this.#stopLoad?.();
  }

  /** Ends the run because a threshold has failed. An earlier ending stays in force. */
  fail(reason: string): void {
    if (this.#ending) return;
    this.#ending = { verdict: 'failed', reason };
    this.#stopLoad?.();
  }

  /** Ends the run because of a fault in the load. Replaces any other ending. */
  abort(reason: string): void {
    this.#ending = { verdict: 'aborted', reason: this.#redact(reason) };
  }
}
