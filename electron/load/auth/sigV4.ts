import { createHash } from 'node:crypto';
import aws4 from 'aws4';
import type { HttpMethod } from '../../../shared/run/target';
import type { WireBody } from '../workload/workload';

/** What of a request a signature is about. */
export interface AuthorizedRequest {
  method: HttpMethod;
  /** Path and query. */
  target: string;
  /** The lines of its header, each with its end. */
  headers: string;
  body: WireBody | undefined;
}

/** Who signs, and what for. */
export interface SigV4Key {
  id: string;
  secret: string;
  /** Of temporary credentials; empty without one. */
  token: string;
  region: string;
  service: string;
}

/** Headers that a proxy on the way may change; the library leaves others out, such as `User-Agent`. */
const unsigned: ReadonlySet<string> = new Set(['accept', 'accept-encoding', 'content-length', 'cookie']);

/** What is signed of a header, by names; lines of the same name joined, as a server sees them (RFC 9110, 5.3). */
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
 * The lines of a header that sign a request (AWS Signature Version 4). `nowMs` is the time since 1970 that the signature
 * is of. S3 is told the digest of the body as well.
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
  // It would sign what it adds, which is not what is sent.
  const about = { method, path: target, headers, body: bytes, region, service, doNotModifyHeaders: true };
  const signer = new aws4.RequestSigner(about, { accessKeyId: id, secretAccessKey: secret });
  signer.datetime = time;
  const { Authorization } = signer.sign().headers ?? {};
  return Object.entries({ ...added, Authorization })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}
