/** The result of a few requests of a scenario. Latencies are in ms, and null when no request succeeded. */
export interface DryRunResult {
  requests: number;
  failed: number;
  /** Failed requests by kind. */
  errors: Readonly<Record<string, number>>;
  operations: readonly { name: string; succeeded: number; p50Ms: number | null; maxMs: number | null }[];
  /** Why the dry run ended early; null when it did not. */
  reason: string | null;
}
