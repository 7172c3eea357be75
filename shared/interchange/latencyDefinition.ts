import { z } from 'zod';
import type { Driver } from '../run/driver';

/** What a tool means by latency: runs with other definitions stand on one chart only with a warning. */
export const latencyDefinitionSchema = z.object({
  /**
   * When the clock starts: when the schedule wanted the request sent, when the request is made (opening a connection
   * included), when it is written to an open connection, or when a command starts.
   */
  starts: z.enum(['intended', 'request', 'send', 'command']),
  ends: z.enum(['first-byte', 'last-byte', 'exit']),
  /** The resolution in words, such as `1 ms`. */
  resolution: z.string(),
  /** Whether the latencies of failed requests are among those of successful ones. */
  includesFailures: z.boolean(),
});
export type LatencyDefinition = z.infer<typeof latencyDefinitionSchema>;

/** What Proofload's response time means. */
const ownLatency: LatencyDefinition = {
  starts: 'intended',
  ends: 'last-byte',
  resolution: '1 us, three digits',
  includesFailures: false,
};

/** What the response time of a run means: where another tool made its load, it counts from the making of the request. */
export function latencyOfDriven({ driver }: { driver?: Driver | undefined }): LatencyDefinition {
  return driver ? { ...ownLatency, starts: 'request' } : ownLatency;
}

const startWords: Record<LatencyDefinition['starts'], string> = {
  intended: 'the time at which the schedule wanted the request sent',
  request: 'the making of the request, with the opening of its connection',
  send: 'the sending over an open connection',
  command: 'the start of the command',
};
const endWords: Record<LatencyDefinition['ends'], string> = {
  'first-byte': 'the first byte of the response',
  'last-byte': 'the last byte of the response',
  exit: 'its end',
};

/** A definition in words. */
export function describeLatency({ starts, ends, resolution, includesFailures }: LatencyDefinition): string {
  const failures = includesFailures ? '; failed requests included' : '';
  return `from ${startWords[starts]} to ${endWords[ends]}, resolution ${resolution}${failures}`;
}

/** Whether two definitions mean the same, but for their resolution. */
export function meansTheSame(a: LatencyDefinition, b: LatencyDefinition): boolean {
  return a.starts === b.starts && a.ends === b.ends && a.includesFailures === b.includesFailures;
}
