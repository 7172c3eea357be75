import { z } from 'zod';
import { positiveDurationField } from './durationFields';
import { isRequestStep, type Journey, stepsSchema } from './journeys';

/** What a run does once before and once after its load, like the k6 functions with these names. */
export const lifecycleParts = ['setup', 'teardown'] as const;
export type LifecyclePart = (typeof lifecycleParts)[number];

/** The steps of a setup or a teardown. One virtual user goes through them once. */
export const lifecycleSchema = z.strictObject({
  steps: stepsSchema,
  /** After this time the setup or teardown is ended and has failed. The default is that of k6. */
  timeout: positiveDurationField.default('60s'),
});
export type Lifecycle = z.infer<typeof lifecycleSchema>;

/** The parts of a scenario that have steps. */
export interface WithLifecycle {
  journeys?: readonly Journey[] | undefined;
  setup?: Lifecycle | undefined;
  teardown?: Lifecycle | undefined;
}

/** Returns the setup and teardown of a scenario as journeys. */
export function lifecycleJourneys({ setup, teardown }: Omit<WithLifecycle, 'journeys'>): Journey[] {
  return Object.entries({ setup, teardown }).flatMap(([name, part]) =>
    part ? [{ name, weight: 1, steps: part.steps }] : [],
  );
}

/** Returns the variables that steps extract, without duplicates. */
export function extractedBy({ steps }: Pick<Journey, 'steps'>): string[] {
  return [...new Set(steps.filter(isRequestStep).flatMap(({ extract }) => Object.keys(extract)))];
}
