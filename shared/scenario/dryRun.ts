/** What a few requests of a scenario showed. Latencies in ms; null without a success. */
export interface DryRunResult {
  requests: number;
  failed: number;
  /** Failed requests by kind. */
  errors: Readonly<Record<string, number>>;
  operations: readonly { name: string; succeeded: number; p50Ms: number | null; maxMs: number | null }[];
  /** Why it ended early; null when it did not. */
  reason: string | null;
}
