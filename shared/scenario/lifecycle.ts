import { z } from 'zod';
import { positiveDurationField } from './durationFields';
import { isRequestStep, type Journey, stepsSchema } from './journeys';

/** What a run does once before its load and once after it, as k6's functions of these names. */
export const lifecycleParts = ['setup', 'teardown'] as const;
export type LifecyclePart = (typeof lifecycleParts)[number];

/** The steps of a setup or a teardown, which one virtual user goes through once. */
export const lifecycleSchema = z.strictObject({
  steps: stepsSchema,
  /** One that takes longer is ended, and has failed; k6's default. */
  timeout: positiveDurationField.default('60s'),
});
export type Lifecycle = z.infer<typeof lifecycleSchema>;

/** What of a scenario has steps. */
export interface WithLifecycle {
  journeys?: readonly Journey[] | undefined;
  setup?: Lifecycle | undefined;
  teardown?: Lifecycle | undefined;
}

/** Setup and teardown of a scenario as journeys. */
export function lifecycleJourneys({ setup, teardown }: Omit<WithLifecycle, 'journeys'>): Journey[] {
  return Object.entries({ setup, teardown }).flatMap(([name, part]) =>
    part ? [{ name, weight: 1, steps: part.steps }] : [],
  );
}

/** The variables that steps extract, each once. */
export function extractedBy({ steps }: Pick<Journey, 'steps'>): string[] {
  return [...new Set(steps.filter(isRequestStep).flatMap(({ extract }) => Object.keys(extract)))];
}
