import { z } from 'zod';
import { engineConfigSchema } from '../../../shared/engines/config';
import { checkResultSchema } from '../../../shared/engines/conformance';
import { reportedErrorSchema } from '../../../shared/errors/errorDetails';
import { hostAddressesSchema } from '../../hosts/addresses';
import { acknowledgedWriteSchema } from '../protocol';

const enginePlaceSchema = z.object({
  folder: z.string(),
  namespace: z.string(),
  url: z.string().optional(),
  addresses: hostAddressesSchema.optional(),
});

/** Commands of the coordinator to a process with an engine for the conformance suite. */
export const conformanceCommandSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open'), config: engineConfigSchema, place: enginePlaceSchema }),
  /** Runs all checks that need no crash. */
  z.object({ type: z.literal('check'), seed: z.int() }),
  /** Writes without end, and reports each write as soon as it is acknowledged. */
  z.object({ type: z.literal('write'), seed: z.int() }),
  /** Looks for acknowledged writes. If the server was away, it first waits until clients can reach it again. */
  z.object({ type: z.literal('verify'), writes: z.array(acknowledgedWriteSchema) }),
  z.object({ type: z.literal('stop') }),
]);
export type ConformanceCommand = z.infer<typeof conformanceCommandSchema>;

/** Reports of such a process to the coordinator. */
export const conformanceReportMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opened'), backend: z.object({ name: z.string(), isTestDouble: z.boolean() }) }),
  z.object({ type: z.literal('checked'), result: checkResultSchema }),
  z.object({ type: z.literal('all-checked') }),
  z.object({ type: z.literal('acknowledged'), write: acknowledgedWriteSchema }),
  /** Writing has ended with an error of the engine, as it must when a server goes away. */
  z.object({ type: z.literal('write-failed'), kinds: z.array(z.string()) }),
  z.object({
    type: z.literal('verified'),
    lost: z.array(acknowledgedWriteSchema),
    /** Documents with a content that no write has produced. */
    torn: z.array(z.string()),
    /** How many attempts were needed until the server responded. */
    attempts: z.int(),
  }),
  z.object({ type: z.literal('failed'), error: reportedErrorSchema }),
]);
export type ConformanceMessage = z.infer<typeof conformanceReportMessageSchema>;
