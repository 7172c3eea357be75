import type { EncodingFields } from '../contentEncoding';
import type { Header } from './importedRequests';

/** Headers of a connection or a length, which a repeated request does not reuse. */
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

/** Headers that may occur only once, so that the last one counts (RFC 9110, 5.3, and the definitions of the fields). */
const singleHeaders = new Set(['authorization', 'content-type', 'host', 'user-agent', 'referer', 'origin', 'date']);

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const headerValue = /^[^\r\n\0]*$/;

/** The encodings that can be decoded everywhere. The Node of the window has no zstd. */
const decodable = ['gzip', 'deflate', 'br'] as const;

/**
 * Returns the encodings that the headers accept and that can be decoded, in their order; undefined when there is none. A
 * service that compresses for its users does so under load as well.
 */
export function acceptedEncodings(headers: readonly Header[]): EncodingFields['acceptEncoding'] {
  const [, value = ''] = headers.findLast(([name]) => name.toLowerCase() === 'accept-encoding') ?? [];
  const accepted = value
    .toLowerCase()
    .split(',')
    .filter((entry) => !/;\s*q=0(?:\.0*)?\s*$/.test(entry))
    .flatMap((entry) => decodable.find((encoding) => encoding === entry.replace(/;.*$/s, '').trim()) ?? []);
  return accepted.length === 0 ? undefined : [...new Set(accepted)];
}

/** Headers in the form of a scenario, and notes about those that do not fit it. */
export interface UsableHeaders {
  headers: Record<string, string>;
  notes: string[];
}

/**
 * Returns headers in the form of a scenario, an object with each name once. Fields with the same name become one list
 * with the same meaning (RFC 9110, 5.2), and cookies become one header (RFC 6265, 5.4). Headers of the connection are
 * left to the client, and so is a `Host` that equals the host of the URL.
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
      notes.push(`The header ${name} is there twice: the last one counts.`);
    } else if (known.value !== value) {
      known.value = `${known.value}, ${value}`;
      notes.push(`The header ${name} is there twice: it is sent once, with both values.`);
    }
  }
  return { headers: Object.fromEntries([...found.values()].map(({ name, value }) => [name, value])), notes };
}
