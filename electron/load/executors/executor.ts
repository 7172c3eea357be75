import type { Exchange } from '../http/exchange';

/** A load in progress. */
export interface Execution {
  /** Ends the load early: sends no further requests. Those in flight may finish within the graceful stop. */
  stop(): void;
  /** Resolves when the last request has settled. Rejects with a ProofloadError when the load can't continue. */
  finished: Promise<void>;
}

/** The part of an HTTP client that an executor uses. */
export interface Sender {
  /** Sends the request of an exchange. The exchange settles exactly once. */
  send(exchange: Exchange): void;
  /** Settles all requests in flight as `not-finished`. */
  close(): void;
}
