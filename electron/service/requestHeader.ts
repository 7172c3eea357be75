import type { IncomingMessage } from 'node:http';

/**
 * Returns the first header of a name in lower case, or undefined. Node's `headers` makes an object of all headers when
 * it is first read; a read from the cache needs none of them but these few.
 */
export function headerOf({ rawHeaders }: IncomingMessage, name: string): string | undefined {
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const candidate = rawHeaders[at];
    if (candidate?.length === name.length && candidate.toLowerCase() === name) return rawHeaders[at + 1];
  }
  return undefined;
}
