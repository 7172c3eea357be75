import { z } from 'zod';
import type { Driver } from '../run/driver';

/** A tool's definition of latency. Runs with different definitions appear in one chart only with a warning. */
export const latencyDefinitionSchema = z.object({
  /**
   * When the clock starts: at the scheduled send, when the request is made (including the connection), when it is
   * written to an open connection, or when a command starts.
   */
  starts: z.enum(['intended', 'request', 'send', 'command']),
  ends: z.enum(['first-byte', 'last-byte', 'exit']),
  /** The resolution in words, such as `1 ms`. */
  resolution: z.string(),
  /** Whether the latencies include failed requests. */
  includesFailures: z.boolean(),
});
export type LatencyDefinition = z.infer<typeof latencyDefinitionSchema>;

/** Proofload's definition of the response time. */
const ownLatency: LatencyDefinition = {
  starts: 'intended',
  ends: 'last-byte',
  resolution: '1 us, three digits',
  includesFailures: false,
};

/**
 * Returns the definition for a run. When another tool generated the load, the clock starts when the request is made.
 * Runners in Kubernetes report histograms, and the opening of connections in others than the response time.
 */
export function latencyOfDriven({ driver }: { driver?: Driver | undefined }): LatencyDefinition {
  if (!driver) return ownLatency;
  if (driver.on === undefined) return { ...ownLatency, starts: 'request' };
  return { ...ownLatency, starts: 'send', resolution: 'exponential buckets' };
}

const startWords: Record<LatencyDefinition['starts'], string> = {
  intended: 'the intended send',
  request: 'the start of the request, including the opening of its connection,',
  send: 'the send over an open connection',
  command: 'the start of the command',
};
const endWords: Record<LatencyDefinition['ends'], string> = {
  'first-byte': 'the first byte of the response',
  'last-byte': 'the last byte of the response',
  exit: 'its end',
};

/** Describes a definition in words. */
export function describeLatency({ starts, ends, resolution, includesFailures }: LatencyDefinition): string {
  const failures = includesFailures ? '; failed requests included' : '';
  return `from ${startWords[starts]} to ${endWords[ends]}, resolution ${resolution}${failures}`;
}

/** Whether two definitions are equal, ignoring their resolution. */
export function meansTheSame(a: LatencyDefinition, b: LatencyDefinition): boolean {
  return a.starts === b.starts && a.ends === b.ends && a.includesFailures === b.includesFailures;
}
