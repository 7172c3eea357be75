import type { HttpMethod } from '../../../shared/run/target';
import { isSensitiveName } from '../../../shared/secrets/sensitive';
import type { HttpResponse } from '../http/responseParser';
import type { WireRequest } from '../workload/workload';

/** Redirect statuses (Fetch, 3.2.5). 300 leaves the choice to the user, and 304 refers to a cache. */
const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Where a redirect leads. */
export interface Hop {
  to: URL;
  /** The number of the server among the origins of the client. */
  origin: number;
}

/** Why a step that follows redirects does not follow one. */
export interface RedirectStop {
  /** The failure kind of the response. */
  kind: 'too-many-redirects' | 'redirect-refused';
  /** What to do about it, as a sentence. */
  remedy: string;
}

/** The limits that decide whether a redirect is followed. */
interface RedirectLimits {
  /** The URL that was requested. */
  from: string;
  /** How many redirects the step has followed so far, and the maximum. */
  followed: number;
  max: number;
  /** The number of the server of a URL; undefined for a server that nobody has confirmed. */
  originOf(to: URL): number | undefined;
}

/** Where a redirect leads, or why it is not followed; undefined for a response that is not a redirect. */
export function nextHop(
  response: Pick<HttpResponse, 'status' | 'header'>,
  { from, followed, max, originOf }: RedirectLimits,
): Hop | RedirectStop | undefined {
  const to = redirectTarget(response, from);
  if (!to) return undefined;
  if (followed >= max)
    return {
      kind: 'too-many-redirects',
      remedy: `The request follows ${max}: allow more in its "redirects", or see whether they lead in a circle`,
    };
  const origin = originOf(to);
  if (origin !== undefined) return { to, origin };
  const remedy = /^https?:$/.test(to.protocol)
    ? `Nobody has confirmed ${to.host} for this run: name it in the request, as "redirects": { "max": ${max}, "hosts": ["${to.hostname.replace(/^\[|\]$/g, '')}"] }`
    : `Only http: and https: are followed, and this is ${to.protocol}`;
  return { kind: 'redirect-refused', remedy };
}

/** The URL that a response redirects to, without fragment, user and password. */
function redirectTarget(response: Pick<HttpResponse, 'status' | 'header'>, from: string): URL | undefined {
  if (!redirectStatuses.has(response.status)) return undefined;
  const location = response.header('location');
  if (location === undefined || !URL.canParse(location, from)) return undefined;
  const url = new URL(location, from);
  url.hash = '';
  url.username = '';
  url.password = '';
  return url;
}

/** The method of the request that follows a redirect (Fetch, 4.4; RFC 9110, 15.4). */
function methodAfter(status: number, method: HttpMethod): HttpMethod {
  const becomesGet =
    status === 303 ? method !== 'GET' && method !== 'HEAD' : (status === 301 || status === 302) && method === 'POST';
  return becomesGet ? 'GET' : method;
}

/** Headers that describe a body. They are dropped together with it (RFC 9110, 15.4, and Fetch, 2.2.2). */
const bodyHeaders = /^(?:content-(?:type|length|encoding|language|location|md5)|digest|transfer-encoding|expect)$/;

/** A redirected request and where it goes. */
export interface Redirected extends Hop {
  wire: WireRequest;
  status: number;
  /** The URL that was requested. */
  from: string;
  /**
   * Names of headers, in lower case, that must not go to another server. Headers with a sensitive name don't go there
   * either.
   */
  secretHeaders: ReadonlySet<string>;
  /** Whether the request is signed. The signature is valid for this request only. */
  isSigned: boolean;
}

/** Headers of AWS Signature Version 4. */
const signatureHeaders = /^(?:authorization|x-amz-(?:date|security-token|content-sha256))$/;

/**
 * The request that follows a redirect. It is made from the request that was sent, so that a generated value such as
 * `{{uuid}}` stays the same across redirects. The caller supplies the `Cookie` header, whose value can differ for each
 * server.
 */
export function redirectedRequest(
  { wire, status, from, to, origin, secretHeaders, isSigned }: Redirected,
  cookies: string,
): WireRequest {
  const method = methodAfter(status, wire.method);
  const keepsBody = method === wire.method;
  const isElsewhere = to.origin !== new URL(from).origin;
  const kept = wire.head.split('\r\n').filter((line, index) => {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    if (index === 0 || line === '' || name === 'host' || name === 'cookie') return false;
    if ((!keepsBody && bodyHeaders.test(name)) || (isSigned && signatureHeaders.test(name))) return false;
    return !isElsewhere || !(isSensitiveName(name) || secretHeaders.has(name));
  });
  const lines = [
    `${method} ${to.pathname}${to.search} HTTP/1.1`,
    `Host: ${to.host}`,
    ...kept,
    ...(cookies === '' ? [] : [`Cookie: ${cookies}`]),
  ];
  return { method, head: `${lines.join('\r\n')}\r\n\r\n`, body: keepsBody ? wire.body : undefined, origin };
}
