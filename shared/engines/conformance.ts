import { z } from 'zod';
import { engineConfigSchema } from './config';

/** What the suite looks at, in the order in which it is run and shown. */
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
 * How a check ended: `not-supported` when the server can't do what it is about, `not-run` when it can't be made here,
 * such as killing a server that is not ours. Neither counts against an engine, and both are said.
 */
export const checkStatusSchema = z.enum(['passed', 'failed', 'not-supported', 'not-run']);
export type CheckStatus = z.infer<typeof checkStatusSchema>;

export const checkResultSchema = z.object({
  id: z.string(),
  group: z.enum(checkGroups),
  title: z.string(),
  status: checkStatusSchema,
  /** What was done and seen, one sentence each; of a failure the first is what is wrong. */
  evidence: z.array(z.string()),
  durationMs: z.number(),
});
export type CheckResult = z.infer<typeof checkResultSchema>;

/** What the suite has found out about an engine with its settings. */
export const conformanceReportSchema = z.object({
  schema: z.literal('proofload.conformance/1'),
  config: engineConfigSchema,
  /** What stood behind the engine, such as `PostgreSQL 18.4`. */
  backend: z.string(),
  /** True when that was a stand-in for a server: then the suite has tested Proofload's side of it. */
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

/** What a suite has shown of an engine; without a report it is not tested. A stand-in that conforms says nothing. */
export function conformanceState(
  report: Pick<ConformanceReport, 'conforms' | 'isTestDouble'> | undefined,
): 'conforms' | 'fails' | 'stand-in' | 'not-tested' {
  if (!report) return 'not-tested';
  if (!report.conforms) return 'fails';
  return report.isTestDouble ? 'stand-in' : 'conforms';
}
