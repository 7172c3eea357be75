/** Where the executor is; each phase is announced once and in this order. */
export type LoadPhase = 'warming-up' | 'running' | 'draining';

/** A load in progress. */
export interface Execution {
  /** Ends early: no further requests; those in flight may finish within the graceful stop. */
  stop(): void;
  /** Resolves when the last request is settled. Rejects with a ProofloadError when the load can't start. */
  finished: Promise<void>;
}
