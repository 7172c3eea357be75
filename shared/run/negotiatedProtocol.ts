import { z } from 'zod';

/** The HTTP version negotiated with a server, `https://host` or `https://host:port`. */
export const negotiatedProtocolSchema = z.object({ origin: z.string(), httpVersion: z.enum(['1.1', '2']) });
export type NegotiatedProtocol = z.infer<typeof negotiatedProtocolSchema>;

/** Merges the protocols of load processes, without duplicates. Two processes may have negotiated different versions. */
export function joinProtocols(all: readonly NegotiatedProtocol[]): NegotiatedProtocol[] {
  const byText = new Map(all.map((one) => [`${one.origin} ${one.httpVersion}`, one]));
  return [...byText.values()];
}

/** Describes a protocol: `HTTP/2 with https://127.0.0.1:8443`. */
export function describeProtocol({ origin, httpVersion }: NegotiatedProtocol): string {
  return `HTTP/${httpVersion} with ${origin}`;
}

/** Describes a protocol for a log: `HTTP/2 was spoken with https://127.0.0.1:8443.` */
export function noteProtocol({ origin, httpVersion }: NegotiatedProtocol): string {
  return `HTTP/${httpVersion} was spoken with ${origin}.`;
}
