import type { Exchange } from '../http/exchange';

/** Where the load is; each phase is announced once and in this order. */
export type LoadPhase = 'warming-up' | 'running' | 'draining';

/** A load in progress. */
export interface Execution {
  /** Ends early: no further requests; those in flight may finish within the graceful stop. */
  stop(): void;
  /** Resolves when the last request is settled. Rejects with a ProofloadError when the load can't go on. */
  finished: Promise<void>;
}

/** What an executor needs of an HTTP client. */
export interface Sender {
  /** Sends the exchange's request; the exchange settles exactly once. */
  send(exchange: Exchange): void;
  /** Settles all requests in flight as not finished. */
  close(): void;
}
