import { z } from 'zod';
import type { Result } from '../errors/appError';
import { parseDurationMs } from '../units/duration';
import { parseThreshold, type Threshold } from './parse';

/**
 * A threshold in one of k6's two notations: an expression, or an object that also states what happens when it fails
 * during the run.
 */
const thresholdEntrySchema = z.union([
  z.string(),
  z.strictObject({
    threshold: z.string(),
    /** Whether the load ends as soon as the threshold fails. */
    abortOnFail: z.boolean().default(false),
    /** How long after the start of the measured part it is first evaluated. */
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

/** Thresholds by metric, as in scenario files. */
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

/** A parsed threshold, ready to be evaluated. */
export interface ThresholdRule {
  /** The metric as written, with its sub-metric. */
  metric: string;
  expression: string;
  threshold: Threshold;
  abortOnFail: boolean;
  delayMs: number;
  /** Whether it is the implicit threshold, which applies because no other covers failures. */
  isImplicit?: true;
}

/**
 * The threshold for failures when no other covers them. Its limit is from k6's documentation (grafana.com/docs/k6,
 * "Thresholds": "http errors should be less than 1%").
 */
const implicitThreshold = { metric: 'http_req_failed', expression: 'rate<0.01' };

function accepted(parsed: Result<Threshold>): Threshold {
  if (parsed.ok) return parsed.value;
  throw new RangeError(parsed.error.message);
}

/** Returns the rules of validated thresholds, in order. */
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
 * Returns the rules by which a run is judged: those of its thresholds, and the implicit one about failures when none
 * covers failures of the whole run, an operation or a stage.
 */
export function rulesOfRun(thresholds: Thresholds): ThresholdRule[] {
  const rules = rulesOf(thresholds);
  if (rules.some(({ threshold }) => threshold.metric === 'http_req_failed')) return rules;
  const { metric, expression } = implicitThreshold;
  const threshold = accepted(parseThreshold(metric, expression));
  return [...rules, { metric, expression, threshold, abortOnFail: false, delayMs: 0, isImplicit: true }];
}
