import type { OutgoingHttpHeaders } from 'node:http2';
import type { WireRequest } from '../../workload/workload';

/** Headers that concern an HTTP/1.1 connection; HTTP/2 does not have them (RFC 9113, 8.2.2). */
const ofConnection: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);

/** Adds a value to a header. A single value stays a string, because Node refuses a list for some headers. */
function added(earlier: OutgoingHttpHeaders[string], value: string): string | string[] {
  if (earlier === undefined) return value;
  return [...(Array.isArray(earlier) ? earlier : [String(earlier)]), value];
}

/**
 * Converts an HTTP/1.1 request to the header fields of HTTP/2 (RFC 9113, 8.3.1): `Host` becomes `:authority`, names are
 * in lower case, and headers that concern an HTTP/1.1 connection are left out.
 */
export function http2Headers({ head }: Pick<WireRequest, 'head'>, isSecure: boolean): OutgoingHttpHeaders {
  const [line = '', ...lines] = head.trimEnd().split('\r\n');
  const [method, path] = line.split(' ');
  const headers: OutgoingHttpHeaders = { ':method': method, ':scheme': isSecure ? 'https' : 'http', ':path': path };
  for (const text of lines) {
    const colon = text.indexOf(':');
    const name = text.slice(0, colon).toLowerCase();
    const value = text.slice(colon + 1).trim();
    if (name === 'host') headers[':authority'] = value;
    else if (!ofConnection.has(name) && (name !== 'te' || value === 'trailers'))
      headers[name] = added(headers[name], value);
  }
  return headers;
}
