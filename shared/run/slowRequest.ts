import { z } from 'zod';

/** So many of the slowest requests of each operation are kept. */
export const slowestKept = 20;

const durationMs = z.number().nonnegative();

/** One of the slowest requests of an operation: when it was, and where its response time went on the client's clock. */
export const slowRequestSchema = z.object({
  /** The name of the request or the step; nothing that was sent is kept. */
  operation: z.string(),
  /** When it was to be sent, from the beginning of the measured part. */
  startMs: durationMs,
  /** The response time: the sum of the four parts below. */
  durationMs,
  /** From the intended send to the actual one. */
  sendLatenessMs: durationMs,
  /** Until it was written to a connection, which may have had to be opened. */
  blockedMs: durationMs,
  /** Until the first byte of the answer, and until the last. */
  waitingMs: durationMs,
  receivingMs: durationMs,
  /** Of the answer, in HTTP. */
  status: z.int().nonnegative(),
  /** Why it counts as failed, though it was answered; missing of a right answer. */
  failure: z.string().optional(),
  /** The trace that the service has said it belongs to (W3C Trace Context): 32 hexadecimal digits. */
  traceId: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
});
export type SlowRequest = z.infer<typeof slowRequestSchema>;

/** The slowest requests of each operation among those that several processes have kept, the slowest first. */
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

/** The second of the run in which a request ended, as charts number them: from 1. */
export function secondOf({ startMs, durationMs: lengthMs }: Pick<SlowRequest, 'startMs' | 'durationMs'>): number {
  return Math.max(1, Math.ceil((startMs + lengthMs) / 1_000));
}
