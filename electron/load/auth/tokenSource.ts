import { errorMessage } from '../../../shared/errors/appError';
import type { Cancel, Clock } from '../clock';
import type { Token } from './tokenRequest';

/** A minute is enough for a server that is slow; of short lifetimes, a fifth. */
const refreshAheadMs = 60_000;
const refreshAheadShare = 0.2;
/** However short a lifetime is, so often a token is asked for at most. */
const leastRefreshMs = 1_000;
/** After a refresh that failed, the next try; twice as long after each. */
const firstRetryMs = 1_000;
const longestRetryMs = 30_000;

/** What a token source is made with. */
interface TokenSourceOptions {
  /** Where its tokens come from, for people. */
  place: string;
  get(): Promise<Token>;
  clock: Clock;
  /** Hears of each token: it is a secret. */
  onToken(value: string): void;
}

/**
 * The token of a client: got before the load, and again before it expires. While a refresh fails the token of before
 * goes on being sent, so that the server has the last word.
 */
export class TokenSource {
  readonly #options: TokenSourceOptions;
  #value = '';
  #refreshed = 0;
  #failed = 0;
  #lastFailure = '';
  #retryMs = firstRetryMs;
  #isStopped = false;
  #cancel: Cancel = () => {};

  constructor(options: TokenSourceOptions) {
    this.#options = options;
  }

  /** The token as it is now. */
  get value(): string {
    return this.#value;
  }

  /** Gets the first token, unless there is one. Rejects where there is none to be had. */
  async start(): Promise<void> {
    if (this.#value !== '') return;
    this.#take(await this.#options.get());
  }

  /** Refreshes no more. */
  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  /** What is to be said of it at the end, a sentence each. */
  describe(): { notes: string[]; warnings: string[] } {
    if (this.#value === '') return { notes: [], warnings: [] };
    const { place } = this.#options;
    const times = `${this.#refreshed} ${this.#refreshed === 1 ? 'time' : 'times'}`;
    const renewed = this.#refreshed > 0 ? `, and refreshed ${times} while it went on` : '';
    return {
      notes: [`An OAuth 2 token was got from ${place} before the load${renewed}: these requests are in no figure.`],
      warnings:
        this.#failed > 0
          ? [`the OAuth 2 token of ${place} could not be refreshed ${this.#failed} times: ${this.#lastFailure}`]
          : [],
    };
  }

  #take({ value, lifetimeS }: Token): void {
    this.#value = value;
    this.#retryMs = firstRetryMs;
    this.#options.onToken(value);
    if (lifetimeS === undefined || this.#isStopped) return;
    const lifetimeMs = lifetimeS * 1_000;
    const aheadMs = Math.min(refreshAheadMs, lifetimeMs * refreshAheadShare);
    this.#refreshIn(Math.max(leastRefreshMs, lifetimeMs - aheadMs));
  }

  #refreshIn(waitMs: number): void {
    const { clock } = this.#options;
    this.#cancel = clock.wakeAt(clock.nowMs() + waitMs, () => void this.#refresh());
  }

  async #refresh(): Promise<void> {
    try {
      const token = await this.#options.get();
      this.#refreshed += 1;
      this.#take(token);
    } catch (error) {
      this.#failed += 1;
      this.#lastFailure = errorMessage(error);
      if (this.#isStopped) return;
      this.#refreshIn(this.#retryMs);
      this.#retryMs = Math.min(longestRetryMs, 2 * this.#retryMs);
    }
  }
}
