import type { HttpMethod } from '../../../shared/run/target';
import { isSensitiveName } from '../../../shared/secrets/sensitive';
import type { HttpResponse } from '../http/responseParser';
import type { WireRequest } from '../workload/workload';

/** Statuses that send a client on (Fetch, 3.2.5); 300 leaves the choice to a person, and 304 sends to a cache. */
const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Where a redirect leads. */
export interface Hop {
  to: URL;
  /** The number of the server among those of the client. */
  origin: number;
}

/** Why a step that follows redirects does not follow one. */
export interface RedirectStop {
  /** The failure kind of the answer. */
  kind: 'too-many-redirects' | 'redirect-refused';
  /** What is to be done about it, a sentence. */
  remedy: string;
}

/** What decides whether a redirect is followed. */
interface RedirectLimits {
  /** The URL that was asked for. */
  from: string;
  /** How many the step has followed already, and how many it may. */
  followed: number;
  max: number;
  /** The number of the server of a URL; undefined for one that nobody has confirmed. */
  originOf(to: URL): number | undefined;
}

/** Where an answer leads, or why it is not followed; undefined for one that is no redirect. */
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

/** Where an answer redirects to, without a fragment, user and password. */
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

/** The method of the request that follows (Fetch, 4.4; RFC 9110, 15.4). */
function methodAfter(status: number, method: HttpMethod): HttpMethod {
  const becomesGet =
    status === 303 ? method !== 'GET' && method !== 'HEAD' : (status === 301 || status === 302) && method === 'POST';
  return becomesGet ? 'GET' : method;
}

/** What describes a body, and goes where the body goes (RFC 9110, 15.4, and Fetch, 2.2.2). */
const bodyHeaders = /^(?:content-(?:type|length|encoding|language|location|md5)|digest|transfer-encoding|expect)$/;

/** A request that is redirected, and to where. */
export interface Redirected extends Hop {
  wire: WireRequest;
  status: number;
  /** The URL that was asked for. */
  from: string;
  /** Names in lower case of headers that must not go to another server, beside those that look like it. */
  secretHeaders: ReadonlySet<string>;
  /** Whether it is signed: the signature is of this request alone. */
  isSigned: boolean;
}

/** Lines of a signature of AWS, version 4. */
const signatureHeaders = /^(?:authorization|x-amz-(?:date|security-token|content-sha256))$/;

/**
 * The request that follows a redirect, made of the one that was sent: so that a value that is drawn anew each time, such
 * as `{{uuid}}`, is the same on the whole way. What the server itself asks for anew is left to the caller: `Cookie`.
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
