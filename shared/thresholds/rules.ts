import { z } from 'zod';
import type { Result } from '../errors/appError';
import { parseDurationMs } from '../units/duration';
import { parseThreshold, type Threshold } from './parse';

/** A threshold in k6's two notations: an expression, or one with what happens when it fails during the run. */
const thresholdEntrySchema = z.union([
  z.string(),
  z.strictObject({
    threshold: z.string(),
    /** Ends the load as soon as it fails. */
    abortOnFail: z.boolean().default(false),
    /** How long after the start of the measured part it is first looked at. */
    delayAbortEval: z
      .string()
      .refine((text) => parseDurationMs(text) !== undefined, 'is not a duration such as 10s')
      .default('0s'),
  }),
]);
export type ThresholdEntry = z.infer<typeof thresholdEntrySchema>;

function expressionOf(entry: ThresholdEntry): string {
  return typeof entry === 'string' ? entry : entry.threshold;
}

/** Thresholds by metric, as scenario files have them. */
export const thresholdsSchema = z
  .record(z.string(), z.array(thresholdEntrySchema).min(1))
  .superRefine((rows, context) => {
    for (const [metric, entries] of Object.entries(rows)) {
      entries.forEach((entry, index) => {
        const parsed = parseThreshold(metric, expressionOf(entry));
        if (!parsed.ok) context.addIssue({ code: 'custom', path: [metric, index], message: parsed.error.message });
      });
    }
  });
export type Thresholds = z.infer<typeof thresholdsSchema>;

/** A threshold, ready to be judged. */
export interface ThresholdRule {
  /** The metric as it was written, with its sub-metric. */
  metric: string;
  expression: string;
  threshold: Threshold;
  abortOnFail: boolean;
  delayMs: number;
  /** Whether nobody wrote it: it applies because no threshold covers failures. */
  isImplicit?: true;
}

/**
 * What failures are held against where no threshold covers them. The limit is the one of k6's documentation for its
 * checks of failures (grafana.com/docs/k6, "Thresholds": "http errors should be less than 1%").
 */
const implicitThreshold = { metric: 'http_req_failed', expression: 'rate<0.01' };

function accepted(parsed: Result<Threshold>): Threshold {
  if (parsed.ok) return parsed.value;
  throw new RangeError(parsed.error.message);
}

/** The rules of thresholds that the schema has accepted, in their order. */
export function rulesOf(thresholds: Thresholds): ThresholdRule[] {
  return Object.entries(thresholds).flatMap(([metric, entries]) =>
    entries.map((entry) => {
      const expression = expressionOf(entry);
      const threshold = accepted(parseThreshold(metric, expression));
      const common = { metric, expression, threshold };
      if (typeof entry === 'string') return { ...common, abortOnFail: false, delayMs: 0 };
      return { ...common, abortOnFail: entry.abortOnFail, delayMs: parseDurationMs(entry.delayAbortEval) ?? 0 };
    }),
  );
}

/**
 * The rules that a run is judged by: those of its thresholds, and an implicit one about failures where none of them
 * covers failures, of the whole, of an operation or of a stage.
 */
export function rulesOfRun(thresholds: Thresholds): ThresholdRule[] {
  const rules = rulesOf(thresholds);
  if (rules.some(({ threshold }) => threshold.metric === 'http_req_failed')) return rules;
  const { metric, expression } = implicitThreshold;
  const threshold = accepted(parseThreshold(metric, expression));
  return [...rules, { metric, expression, threshold, abortOnFail: false, delayMs: 0, isImplicit: true }];
}
