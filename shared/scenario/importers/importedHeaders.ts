import type { Header } from './importedRequests';

/** Headers that belong to a connection or a length, and not to a request that is sent again. */
const ownHeaders = new Set([
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'keep-alive',
  'proxy-connection',
  'http2-settings',
  'upgrade',
  'te',
  'expect',
]);

/** Headers of which there can be one only, so that the last counts (RFC 9110, 5.3 and the fields themselves). */
const singleHeaders = new Set(['authorization', 'content-type', 'host', 'user-agent', 'referer', 'origin', 'date']);

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const headerValue = /^[^\r\n\0]*$/;

/** Headers as a scenario has them, and what became of those that it can't have. */
export interface UsableHeaders {
  headers: Record<string, string>;
  notes: string[];
}

/**
 * Headers that a scenario can have: each name once, since its headers are an object. Fields of the same name become one
 * list, which means the same (RFC 9110, 5.2), and cookies one header (RFC 6265, 5.4). What belongs to the connection is
 * left to the client, and `Host` where it says what the URL says.
 */
export function usableHeaders(headers: readonly Header[], host: string): UsableHeaders {
  const found = new Map<string, { name: string; value: string }>();
  const notes: string[] = [];
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (name.startsWith(':') || ownHeaders.has(key) || (key === 'host' && value.trim() === host)) continue;
    if (!headerName.test(name) || !headerValue.test(value)) {
      notes.push(`The header "${name.slice(0, 80)}" was left out: HTTP has no such name or value.`);
      continue;
    }
    const known = found.get(key);
    if (!known) found.set(key, { name, value });
    else if (key === 'cookie') known.value = `${known.value}; ${value}`;
    else if (singleHeaders.has(key)) {
      known.value = value;
      notes.push(`The header ${name} stood there twice: the last one counts.`);
    } else if (known.value !== value) {
      known.value = `${known.value}, ${value}`;
      notes.push(`The header ${name} stood there twice: it is sent once, with both values.`);
    }
  }
  return { headers: Object.fromEntries([...found.values()].map(({ name, value }) => [name, value])), notes };
}
