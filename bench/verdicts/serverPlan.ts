import { z } from 'zod';

/** How answer times are spread below and around their 95th percentile. */
export const shapes = ['narrow', 'exponential'] as const;

/** What a target does that an ordinary one does not. Times count from its first request, in ms. */
const faultSchema = z.discriminatedUnion('kind', [
  /** Closes its port and all connections, and is back after `forMs`. */
  z.object({ kind: z.literal('restart'), atMs: z.number(), forMs: z.number() }),
  /** Stands still, without using a processor. */
  z.object({ kind: z.literal('freeze'), atMs: z.number(), forMs: z.number() }),
  /** Its answer times grow evenly, up to `factor` at the end. */
  z.object({ kind: z.literal('leak'), factor: z.number() }),
  /** Its answer times are `factor` of what they were, from the middle on. */
  z.object({ kind: z.literal('drift'), factor: z.number() }),
  /** Answers 503 at once to a share of all requests. */
  z.object({ kind: z.literal('shed'), share: z.number() }),
  /** Never answers the first request after `atMs`. */
  z.object({ kind: z.literal('hang'), atMs: z.number() }),
  /** Takes `tailMs` for a share of all requests. */
  z.object({ kind: z.literal('tail'), share: z.number(), tailMs: z.number() }),
]);
export type Fault = z.infer<typeof faultSchema>;

/** A server whose truth is known. */
export const serverPlanSchema = z.object({
  seed: z.int(),
  shape: z.enum(shapes),
  /** The 95th percentile of the distribution that answer times are drawn from. */
  p95Ms: z.number(),
  /** What comes before this, from the first request, is the warm-up, and is not in the report. */
  warmupMs: z.number(),
  measuredMs: z.number(),
  fault: faultSchema.optional(),
});
export type ServerPlan = z.infer<typeof serverPlanSchema>;

/** What the server did in the measured part, by its own clock. P95 in ms, 0 without an answer. */
export const serverReportSchema = z.object({
  requests: z.int(),
  shed: z.int(),
  /** Of the times that were drawn, and of those that it took from a request to its answer. */
  intendedP95Ms: z.number(),
  didP95Ms: z.number(),
});
export type ServerReport = z.infer<typeof serverReportSchema>;
