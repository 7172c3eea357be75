/**
 * The parts that a request's response time is made of, from the client's side, in the order in which they come. Parts
 * of the service itself stand between the network and `receive`, under the names of its `Server-Timing`. What is left
 * of the wait for the first byte is `network` only where the service says how long a request waited for its event
 * loop; where it gives the time of its handler alone, a request may as well have waited in the service to be handled.
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

/** The service's part for which requests wait before their handler begins: the document service reports it. */
export const loopPart = 'server.loop';
/** The time in the handler that no part of the service accounts for. */
export const handlerPart = 'server.handler';

/**
 * Not a part, but recorded beside them: of each request the longest of the service's own parts. Over many requests it
 * equals the longest part's sum only if that part was the longest in each of them, as one that contains the others is.
 */
export const longestInner = 'longest_inner';

/** What the client works out itself, by its number in a profile. */
export const fixedParts = [...clientParts, loopPart, handlerPart, longestInner] as const;
export type FixedPart = (typeof fixedParts)[number];

/** Puts the service's own name for a part beside those of the client, which it can then never be taken for. */
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

/** A part in words; an external service's own name where it has no other. */
export function partLabel(part: string): string {
  return labels[part] ?? `${part.slice(serverPrefix.length)} (as the service names it)`;
}

/** All parts that have a name here, in the order of a request's course. */
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

/** Where a part stands in a request's course; parts of external services come before the rest of the handler. */
export function partRank(part: string): number {
  const known = courseOfRequest.indexOf(part);
  return known >= 0 ? known : restOfHandler - 0.5;
}
