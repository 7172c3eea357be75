import { z } from 'zod';

/** What was spoken with a server, `https://host` or `https://host:port`. */
export const negotiatedProtocolSchema = z.object({ origin: z.string(), httpVersion: z.enum(['1.1', '2']) });
export type NegotiatedProtocol = z.infer<typeof negotiatedProtocolSchema>;

/** What load processes have spoken with servers, each once: two may have come to different ones. */
export function joinProtocols(all: readonly NegotiatedProtocol[]): NegotiatedProtocol[] {
  const byText = new Map(all.map((one) => [`${one.origin} ${one.httpVersion}`, one]));
  return [...byText.values()];
}

/** In words: `HTTP/2 with https://127.0.0.1:8443`. */
export function describeProtocol({ origin, httpVersion }: NegotiatedProtocol): string {
  return `HTTP/${httpVersion} with ${origin}`;
}

/** As a line of a log: `HTTP/2 was spoken with https://127.0.0.1:8443.` */
export function noteProtocol({ origin, httpVersion }: NegotiatedProtocol): string {
  return `HTTP/${httpVersion} was spoken with ${origin}.`;
}
