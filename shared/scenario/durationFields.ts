import { z } from 'zod';
import { maxDurationMs, parseDurationMs } from '../units/duration';

/** A duration in k6's notation, kept as text so that a scenario file reads as it was written. */
export const durationField = z
  .string()
  .refine((text) => parseDurationMs(text) !== undefined, 'is not a duration such as 500ms, 30s or 2m')
  .refine((text) => (parseDurationMs(text) ?? 0) <= maxDurationMs, 'is longer than a day');

export const positiveDurationField = durationField.refine(
  (text) => parseDurationMs(text) !== 0,
  'must be longer than 0',
);
