import { z } from 'zod';

/** How many of the slowest requests of each operation are kept. */
export const slowestKept = 20;

const durationMs = z.number().nonnegative();

/**
 * One of the slowest requests of an operation, with its time and the phases of its response time on the client's clock.
 */
export const slowRequestSchema = z.object({
  /** The name of the request or step. Nothing that was sent is kept. */
  operation: z.string(),
  /** The intended send time, since the start of the measured part. */
  startMs: durationMs,
  /** The response time, which is the sum of the four parts below. */
  durationMs,
  /** From the intended send to the actual one. */
  sendLatenessMs: durationMs,
  /** Until it was written to a connection, including opening one. */
  blockedMs: durationMs,
  /** Until the first byte of the response, and until the last. */
  waitingMs: durationMs,
  receivingMs: durationMs,
  /** The HTTP status. */
  status: z.int().nonnegative(),
  /** Why it counts as failed despite a response; missing for a successful one. */
  failure: z.string().optional(),
  /** The trace id that the service reported (W3C Trace Context): 32 hexadecimal digits. */
  traceId: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
});
export type SlowRequest = z.infer<typeof slowRequestSchema>;

/** Returns the slowest requests of each operation among those of several processes, slowest first. */
export function slowestOf(requests: readonly SlowRequest[]): SlowRequest[] {
  const byOperation = new Map<string, SlowRequest[]>();
  for (const request of requests) {
    const known = byOperation.get(request.operation);
    if (known) known.push(request);
    else byOperation.set(request.operation, [request]);
  }
  return [...byOperation.values()].flatMap((ofOne) =>
    ofOne.sort((a, b) => b.durationMs - a.durationMs).slice(0, slowestKept),
  );
}

/** Returns the second of the run in which a request ended, numbered from 1 as in charts. */
export function secondOf({ startMs, durationMs: lengthMs }: Pick<SlowRequest, 'startMs' | 'durationMs'>): number {
  return Math.max(1, Math.ceil((startMs + lengthMs) / 1_000));
}
