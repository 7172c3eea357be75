import { z } from 'zod';

/* What one virtual user saw when it went through a journey once. Secrets are replaced by `***` everywhere. */

const headers = z.array(z.tuple([z.string(), z.string()]));

/** A body as text, without its content encodings. */
const triedBodySchema = z.object({
  text: z.string(),
  /** Whether the text was cut off because it was too long to keep. */
  isCut: z.boolean(),
  /** The size on the wire. */
  bytes: z.int().nonnegative(),
  /** Why there is no text; null when there is. */
  problem: z.string().nullable(),
});
export type TriedBody = z.infer<typeof triedBodySchema>;

/** The duration of a phase of a request, in ms; null when the phase did not occur. */
const phaseMs = z.number().nullable();

/** The times of a request, by the phases of Chrome DevTools. */
const triedTimingSchema = z.object({
  /** From the send until the request was written to an open connection. */
  blockedMs: phaseMs,
  /** Opening the connection, a part of `blockedMs`; null when it was already open. */
  connectMs: phaseMs,
  /** The TLS handshake, a part of `blockedMs`. */
  tlsMs: phaseMs,
  /** Until the first byte of the response. */
  waitingMs: phaseMs,
  /** Until the last byte. */
  receivingMs: phaseMs,
  /** From the send to the last byte, or to the failure. */
  totalMs: z.number(),
});
export type TriedTiming = z.infer<typeof triedTimingSchema>;

const triedStepSchema = z.object({
  step: z.string(),
  /** The position among the steps of the journey, from 0, including think times. */
  place: z.int().nonnegative(),
  request: z.object({ method: z.string(), url: z.string(), headers, body: triedBodySchema.nullable() }),
  /** Null when there was no response. */
  response: z.object({ status: z.int(), headers, body: triedBodySchema }).nullable(),
  timing: triedTimingSchema,
  /** The kind of failure; null for a step that passed. */
  failure: z.string().nullable(),
  /** Each check with the actual value. */
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), actual: z.string() })),
  /** The values extracted from the response, as text; null when a value was missing. */
  extracted: z.array(z.object({ variable: z.string(), value: z.string().nullable() })),
});
export type TriedStep = z.infer<typeof triedStepSchema>;

export const triedJourneySchema = z.object({
  journey: z.string(),
  /** `failed` when a step failed. */
  outcome: z.enum(['passed', 'failed']),
  /** The steps that ran. A failed step may be the last one. */
  steps: z.array(triedStepSchema),
  /** How many requests the journey has. */
  planned: z.int().positive(),
});
export type TriedJourney = z.infer<typeof triedJourneySchema>;
