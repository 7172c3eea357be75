import { z } from 'zod';

/* What one virtual user saw that went through a journey once. Everything in it is without secrets: `***` stands for them. */

const headers = z.array(z.tuple([z.string(), z.string()]));

/** A body as text, without its content encodings. */
const triedBodySchema = z.object({
  text: z.string(),
  /** Whether the text goes on: so much of it is not kept. */
  isCut: z.boolean(),
  /** On the wire. */
  bytes: z.int().nonnegative(),
  /** Why there is no text; null where there is. */
  problem: z.string().nullable(),
});
export type TriedBody = z.infer<typeof triedBodySchema>;

/** A phase of a request in ms; null where it was not reached, or there was none. */
const phaseMs = z.number().nullable();

/** What a request took, by the phases that Chrome DevTools has. */
const triedTimingSchema = z.object({
  /** From the send until it was written to an open connection. */
  blockedMs: phaseMs,
  /** Opening the connection, which is a part of `blockedMs`; null on one that was open. */
  connectMs: phaseMs,
  /** Of TLS; a part of `blockedMs`. */
  tlsMs: phaseMs,
  /** Until the first byte of the answer. */
  waitingMs: phaseMs,
  /** Until the last byte. */
  receivingMs: phaseMs,
  /** From the send to the last byte, or to what ended it. */
  totalMs: z.number(),
});
export type TriedTiming = z.infer<typeof triedTimingSchema>;

const triedStepSchema = z.object({
  step: z.string(),
  /** Its place among the steps of the journey, from 0, think times counted. */
  place: z.int().nonnegative(),
  request: z.object({ method: z.string(), url: z.string(), headers, body: triedBodySchema.nullable() }),
  /** Null without an answer. */
  response: z.object({ status: z.int(), headers, body: triedBodySchema }).nullable(),
  timing: triedTimingSchema,
  /** The kind of failure; null for a step that passed. */
  failure: z.string().nullable(),
  /** Each check, and what there was in the place of what it asks for. */
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), actual: z.string() })),
  /** What was taken from the answer, as text; null where it was not there. */
  extracted: z.array(z.object({ variable: z.string(), value: z.string().nullable() })),
});
export type TriedStep = z.infer<typeof triedStepSchema>;

export const triedJourneySchema = z.object({
  journey: z.string(),
  /** `failed` where a step has. */
  outcome: z.enum(['passed', 'failed']),
  /** The steps that were gone through; a failed step may have been the last one. */
  steps: z.array(triedStepSchema),
  /** How many requests the journey has. */
  planned: z.int().positive(),
});
export type TriedJourney = z.infer<typeof triedJourneySchema>;
