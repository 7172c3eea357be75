import { createHash } from 'node:crypto';
import aws4 from 'aws4';
import type { HttpMethod } from '../../../shared/run/target';
import type { WireBody } from '../workload/workload';

/** The parts of a request that a signature covers. */
export interface AuthorizedRequest {
  method: HttpMethod;
  /** Path and query. */
  target: string;
  /** The header lines, each with its CRLF. */
  headers: string;
  body: WireBody | undefined;
}

/** The credentials of a signature, and the region and service that it is for. */
export interface SigV4Key {
  id: string;
  secret: string;
  /** The session token of temporary credentials; empty when there is none. */
  token: string;
  region: string;
  service: string;
}

/**
 * Headers that are not signed, because a proxy on the way may change them. The library leaves out others, such as
 * `User-Agent`.
 */
const unsigned: ReadonlySet<string> = new Set(['accept', 'accept-encoding', 'content-length', 'cookie']);

/** The headers to sign, by name. Lines with the same name are joined, as a server combines them (RFC 9110, 5.3). */
function signedHeadersOf(lines: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).toLowerCase();
    if (unsigned.has(name)) continue;
    const value = line.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]},${value}`;
  }
  return headers;
}

/**
 * The header lines that sign a request (AWS Signature Version 4). `nowMs` is the time of the signature, in ms since
 * 1970. For S3 they include the digest of the body.
 */
export function sigV4Lines(
  { method, target, headers: lines, body }: AuthorizedRequest,
  { id, secret, token, region, service }: SigV4Key,
  nowMs: number,
): string {
  const bytes = body === undefined ? '' : typeof body === 'string' ? body : Buffer.concat(body);
  const time = new Date(nowMs).toISOString().replace(/[:-]|\.\d{3}/g, '');
  const added: Record<string, string> = {
    'X-Amz-Date': time,
    ...(token === '' ? {} : { 'X-Amz-Security-Token': token }),
    ...(service === 's3' ? { 'X-Amz-Content-Sha256': createHash('sha256').update(bytes).digest('hex') } : {}),
  };
  const headers = { ...signedHeadersOf(lines), ...added };
  // Otherwise the library would add headers and sign them, although they are not sent.
  const about = { method, path: target, headers, body: bytes, region, service, doNotModifyHeaders: true };
  const signer = new aws4.RequestSigner(about, { accessKeyId: id, secretAccessKey: secret });
  signer.datetime = time;
  const { Authorization } = signer.sign().headers ?? {};
  return Object.entries({ ...added, Authorization })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}
