import { errorMessage } from '../../../shared/errors/appError';
import type { Cancel, Clock } from '../clock';
import type { Token } from './tokenRequest';

/**
 * How long before its expiry a token is refreshed: a minute, which is enough for a slow server, or a fifth of a short
 * lifetime.
 */
const refreshAheadMs = 60_000;
const refreshAheadShare = 0.2;
/** The minimum time from a token to its refresh, however short its lifetime is. */
const leastRefreshMs = 1_000;
/** The time to the next attempt after a failed refresh. It doubles after each failure, up to the longest. */
const firstRetryMs = 1_000;
const longestRetryMs = 30_000;

/** The options of a token source. */
interface TokenSourceOptions {
  /** The URL of the token server, for messages. */
  place: string;
  get(): Promise<Token>;
  clock: Clock;
  /** Receives each token, which is a secret. */
  onToken(value: string): void;
}

/**
 * The token of a client. It is requested before the load, and again before it expires. While a refresh fails, requests
 * still send the previous token, so that the server decides whether to accept it.
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

  /** The current token. */
  get value(): string {
    return this.#value;
  }

  /** Gets the first token, unless there is one already. Rejects when the server issues none. */
  async start(): Promise<void> {
    if (this.#value !== '') return;
    this.#take(await this.#options.get());
  }

  /** Stops refreshing the token. */
  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  /** What to report about the token at the end, one sentence each. */
  describe(): { notes: string[]; warnings: string[] } {
    if (this.#value === '') return { notes: [], warnings: [] };
    const { place } = this.#options;
    const times = `${this.#refreshed} ${this.#refreshed === 1 ? 'time' : 'times'}`;
    const renewed = this.#refreshed > 0 ? `, and refreshed ${times} while it went on` : '';
    return {
      notes: [
        `An OAuth 2 token was obtained from ${place} before the load${renewed}: no figure counts these requests.`,
      ],
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
