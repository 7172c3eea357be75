import { z } from 'zod';
import { parseDurationMs } from '../units/duration';
import { durationField } from './durationFields';
import { headerName, label, oneLine, placeholderName, scenarioRequestSchema } from './requests';

const pattern = z.string().min(1).max(1_000);
const jsonPath = z.string().min(1).max(1_000);

/** A status, or a range of statuses. */
const statusRange = z.union([
  z.int().min(100).max(599),
  z
    .strictObject({ min: z.int().min(100).max(599), max: z.int().min(100).max(599) })
    .refine(({ min, max }) => min <= max, 'min is above max'),
]);
export type StatusRange = z.infer<typeof statusRange>;

const checkName = { name: label.optional() };

/** What a response must satisfy. `checks{check:NAME}` refers to its name; the default name describes the condition. */
const checkSchema = z.union([
  /** Replaces the default of 200 to 299. */
  z.strictObject({ ...checkName, status: z.union([statusRange, z.array(statusRange).min(1).max(20)]) }),
  /** Without a comparison, the header must exist. */
  z.strictObject({
    ...checkName,
    header: headerName,
    exists: z.boolean().optional(),
    equals: z.string().optional(),
    contains: z.string().optional(),
    matches: pattern.optional(),
  }),
  z.strictObject({ ...checkName, bodyContains: z.string().min(1) }),
  z.strictObject({ ...checkName, bodyMatches: pattern }),
  /** RFC 9535. Without a comparison, the value must exist. */
  z.strictObject({
    ...checkName,
    jsonPath,
    exists: z.boolean().optional(),
    equals: z.json().optional(),
  }),
  z.strictObject({ ...checkName, jsonSchema: z.union([z.boolean(), z.record(z.string(), z.json())]) }),
  /** The size on the wire, still encoded. */
  z.strictObject({ ...checkName, maxBodyBytes: z.int().min(0) }),
]);
export type Check = z.infer<typeof checkSchema>;

/** Where the value of a variable is in a response. */
export const extractionSchema = z.union([
  z.strictObject({ jsonPath }),
  z.strictObject({ header: headerName }),
  z.strictObject({ cookie: oneLine.min(1) }),
  /** The default is the first group, or the whole match when there is none. */
  z.strictObject({ regex: pattern, group: z.int().min(0).max(99).optional() }),
  z.strictObject({ status: z.literal(true) }),
]);
export type Extraction = z.infer<typeof extractionSchema>;

const thinkTimeSchema = z.union([
  durationField,
  z
    .strictObject({ distribution: z.literal('uniform'), min: durationField, max: durationField })
    .refine(({ min, max }) => (parseDurationMs(min) ?? 0) <= (parseDurationMs(max) ?? 0), 'min is longer than max'),
  /** Negative values become 0. */
  z.strictObject({ distribution: z.literal('normal'), mean: durationField, stddev: durationField }),
]);
export type ThinkTime = z.infer<typeof thinkTimeSchema>;

/** A disabled part does not run and keeps its place in the file. */
const disabled = z.boolean().optional();

const thinkStepSchema = z.strictObject({ thinkTime: thinkTimeSchema, disabled });

const requestStepSchema = scenarioRequestSchema.omit({ weight: true, expectRedirect: true }).extend({
  checks: z.array(checkSchema).max(50).default([]),
  /** Variables for later steps, by name. */
  extract: z.record(placeholderName, extractionSchema).default({}),
  /** Whether the journey ends or continues when the request, a check or an extraction fails. */
  onFailure: z.enum(['end', 'continue']).default('end'),
  disabled,
});
/** A step that sends a request. */
export type RequestStep = z.infer<typeof requestStepSchema>;

/** A step of a journey: a request, or a think time. */
const stepSchema = z.union([thinkStepSchema, requestStepSchema]);
export type Step = z.infer<typeof stepSchema>;

export const stepsSchema = z
  .array(stepSchema)
  .min(1)
  .max(200)
  .refine((steps) => steps.some((step) => isRequestStep(step) && !step.disabled), 'need at least one request');

const journeySchema = z.strictObject({
  name: label,
  weight: z.number().positive().max(1_000_000).default(1),
  steps: stepsSchema,
  disabled,
});
export type Journey = z.infer<typeof journeySchema>;

export const journeysSchema = z.array(journeySchema).min(1).max(50);

export const variablesSchema = z.record(
  placeholderName,
  z.union([
    oneLine.max(100_000),
    z.number(),
    z.boolean(),
    z
      .strictObject({ min: z.int(), max: z.int() })
      .refine(({ min, max }) => min <= max && max - min < 2 ** 32, 'min is above max, or too far below it'),
  ]),
);
export type Variables = z.infer<typeof variablesSchema>;

/** Whether a step sends a request. */
export function isRequestStep(step: Step): step is RequestStep {
  return !('thinkTime' in step);
}
