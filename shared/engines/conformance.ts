import { z } from 'zod';
import { engineConfigSchema } from './config';

/** The groups of checks, in the order of execution and display. */
export const checkGroups = [
  'documents',
  'lists',
  'locking',
  'batches',
  'isolation',
  'tenants',
  'cache',
  'durability',
  'recovery',
] as const;
export type CheckGroup = (typeof checkGroups)[number];

/**
 * How a check ended: `not-supported` when the server lacks the feature, `not-run` when the check is impossible here,
 * such as killing the user's own server. Neither counts against an engine, and both are reported.
 */
export const checkStatusSchema = z.enum(['passed', 'failed', 'not-supported', 'not-run']);
export type CheckStatus = z.infer<typeof checkStatusSchema>;

export const checkResultSchema = z.object({
  id: z.string(),
  group: z.enum(checkGroups),
  title: z.string(),
  status: checkStatusSchema,
  /** What was done and observed, one sentence each. For a failure, the first sentence states what is wrong. */
  evidence: z.array(z.string()),
  durationMs: z.number(),
});
export type CheckResult = z.infer<typeof checkResultSchema>;

/** The result of the suite for an engine with its settings. */
export const conformanceReportSchema = z.object({
  schema: z.literal('proofload.conformance/1'),
  config: engineConfigSchema,
  /** The storage behind the engine, such as `PostgreSQL 18.4`. */
  backend: z.string(),
  /** True when that was a test double of a server. The suite then tested only Proofload's side. */
  isTestDouble: z.boolean(),
  durability: z.string(),
  startedAt: z.iso.datetime(),
  durationMs: z.number(),
  seed: z.int(),
  conforms: z.boolean(),
  checks: z.array(checkResultSchema),
});
export type ConformanceReport = z.infer<typeof conformanceReportSchema>;

/** An engine conforms when no check has failed and some have passed. */
export function conforms(checks: readonly CheckResult[]): boolean {
  return checks.every(({ status }) => status !== 'failed') && checks.some(({ status }) => status === 'passed');
}

/**
 * Returns the state of an engine's conformance. Without a report it is not tested. A test double that conforms proves
 * nothing.
 */
export function conformanceState(
  report: Pick<ConformanceReport, 'conforms' | 'isTestDouble'> | undefined,
): 'conforms' | 'fails' | 'stand-in' | 'not-tested' {
  if (!report) return 'not-tested';
  if (!report.conforms) return 'fails';
  return report.isTestDouble ? 'stand-in' : 'conforms';
}
