import { z } from 'zod';
import { engineBackendSchema } from '../../shared/engines/backend';
import { engineConfigSchema } from '../../shared/engines/config';
import { reportedErrorSchema } from '../../shared/errors/errorDetails';
import { cpuProfileSchema } from '../../shared/profile/cpuProfile';
import { scenarioSchema } from '../../shared/scenario/schema';
import { hostAddressesSchema } from '../hosts/addresses';
import { processSampleSchema } from '../workers/processSampler';

/** A write that the service has acknowledged: the store must hold this version of the document, or a later one. */
export const acknowledgedWriteSchema = z.object({
  tenant: z.string(),
  id: z.string(),
  version: z.int(),
  title: z.string(),
});
export type AcknowledgedWrite = z.infer<typeof acknowledgedWriteSchema>;

/** Commands of the coordinator to the service process. */
export const serviceCommandSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    config: engineConfigSchema,
    /** An empty folder for the engine's files. */
    folder: z.string(),
    /** Separates the data of this run from those of others in the same server. */
    namespace: z.string(),
    /** The URL of the server, for an engine that has one. */
    url: z.string().optional(),
    addresses: hostAddressesSchema.optional(),
    port: z.int(),
    scenario: scenarioSchema,
  }),
  /** Starts a CPU profile, or ends and reports it. */
  z.object({ type: z.literal('profile'), action: z.enum(['start', 'stop']) }),
  z.object({ type: z.literal('audit'), writes: z.array(acknowledgedWriteSchema) }),
  z.object({ type: z.literal('stop') }),
]);
export type ServiceCommand = z.infer<typeof serviceCommandSchema>;

/** What the target used between two samples. */
export const serviceSampleSchema = processSampleSchema.extend({
  /** How long the parts of requests held its event loop, in ms. */
  loopHeldMs: z.record(z.string(), z.number()),
  /** The longest time for which a part held it without a pause, in ms. */
  loopHeldMaxMs: z.record(z.string(), z.number()),
});
export type ServiceSample = z.infer<typeof serviceSampleSchema>;

/** Reports of the service process to the coordinator. */
export const serviceReportSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ready'),
    port: z.int(),
    documents: z.int(),
    seedMs: z.number(),
    backend: engineBackendSchema,
  }),
  z.object({ type: z.literal('sample'), sample: serviceSampleSchema }),
  z.object({ type: z.literal('profiled'), profile: cpuProfileSchema }),
  z.object({ type: z.literal('audited'), lost: z.int(), examples: z.array(z.string()) }),
  z.object({ type: z.literal('failed'), error: reportedErrorSchema }),
]);
export type ServiceReport = z.infer<typeof serviceReportSchema>;
