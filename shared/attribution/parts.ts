/**
 * The parts of a request's response time as the client sees them, in order. Parts of the service, under the names in
 * its `Server-Timing`, come between the network and `receive`. The rest of the wait for the first byte is `network`
 * only when the service reports how long a request waited for its event loop. When it reports only the time of its
 * handler, the request may also have waited in the service.
 */
export const clientParts = [
  'send_wait',
  'connect',
  'network',
  'network_and_waiting',
  'unattributed',
  'receive',
] as const;
export type ClientPart = (typeof clientParts)[number];

/** The service's part in which requests wait before their handler starts. The document service reports it. */
export const loopPart = 'server.loop';
/** The time in the handler that no part of the service accounts for. */
export const handlerPart = 'server.handler';

/**
 * Not a part, but recorded with them: the longest of the service's own parts in each request. Over many requests, it
 * equals the sum of the longest part only if that part was the longest in each of them, as a container is.
 */
export const longestInner = 'longest_inner';

/** What the client computes itself, by its number in a profile. */
export const fixedParts = [...clientParts, loopPart, handlerPart, longestInner] as const;
export type FixedPart = (typeof fixedParts)[number];

/** Prefix of the service's own names for parts, which keeps them distinct from those of the client. */
export const serverPrefix = 'server.';

const labels: Readonly<Record<string, string>> = {
  send_wait: 'waiting to be sent',
  connect: 'opening a connection',
  network: 'network and kernel queues',
  network_and_waiting: 'network and waiting to be handled',
  unattributed: 'network and service, undivided',
  receive: 'receiving the body',
  'server.loop': "waiting for the service's event loop",
  'server.handler': 'handler, unnamed parts',
  'server.cache': 'cache lookup',
  'server.wait': 'queue of the engine (pool, lock, group)',
  'server.prepare': 'preparing statements',
  'server.fetch': 'fetching rows',
  'server.decode': 'decoding (JSON.parse, rows)',
  'server.encode': 'encoding (JSON.stringify)',
  'server.write': 'applying writes',
  'server.commit': 'commit (fsync)',
  'server.serialise': 'serialising the response',
};

/** Returns the label of a part. A part of an external service without one has its own name. */
export function partLabel(part: string): string {
  return labels[part] ?? `${part.slice(serverPrefix.length)} (as the service names it)`;
}

/** All parts that have a label here, in the order of a request. */
export const knownParts = [
  'send_wait',
  'connect',
  'network',
  'network_and_waiting',
  'unattributed',
  'server.loop',
  'server.cache',
  'server.wait',
  'server.prepare',
  'server.fetch',
  'server.decode',
  'server.encode',
  'server.write',
  'server.commit',
  'server.serialise',
  'server.handler',
  'receive',
] as const;
const courseOfRequest: readonly string[] = knownParts;
const restOfHandler = courseOfRequest.indexOf(handlerPart);

/** Returns the position of a part in a request. Parts of external services come before the rest of the handler. */
export function partRank(part: string): number {
  const known = courseOfRequest.indexOf(part);
  return known >= 0 ? known : restOfHandler - 0.5;
}
