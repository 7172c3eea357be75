import { basicAuthorization } from '../../../http/wireUrl';
import { mostRedirects } from '../../redirects';
import { importedProxy } from '../importedProxy';
import { type Header, hasHeader, importedUrl } from '../importedRequests';
import { baseName, multipartForm } from '../multipart';
import type { RequestCollector } from '../requestCollector';
import { type CurlTransfer, contentOf } from './curlTransfer';
import { expandUrl } from './urlGlob';

const formType = 'application/x-www-form-urlencoded';
/** More than any command needs. */
const maxUrls = 200;

/** Returns the explicit headers, and the headers that curl must not send. */
function namedHeaders(lines: readonly string[]): { headers: Header[]; removed: Set<string> } {
  const headers: Header[] = [];
  const removed = new Set<string>();
  for (const line of lines) {
    const [, name = '', mark, value = ''] = /^([^:;]*)([:;])?(.*)$/s.exec(line.trim()) ?? [];
    if (mark === ':' && value.trim() === '') removed.add(name.trim().toLowerCase());
    else if (mark !== undefined) headers.push([name.trim(), value.trim()]);
  }
  return { headers, removed };
}

/** Returns the body with the type that curl sets, which it does not for an upload; undefined when there is none. */
function bodyOf(transfer: CurlTransfer): { body: string; contentType?: string } | undefined {
  const { form, data, upload, isHead, isQuery, isJson } = transfer;
  if (isHead || isQuery) return undefined;
  if (form.length > 0) return multipartForm(form);
  if (upload !== undefined) return { body: contentOf(transfer, upload) };
  return data === undefined ? undefined : { body: data, contentType: isJson ? 'application/json' : formType };
}

function methodOf({ method, isHead, isQuery, upload }: CurlTransfer, hasBody: boolean): string {
  if (method !== undefined) return method;
  if (isHead) return 'HEAD';
  if (isQuery) return 'GET';
  if (upload !== undefined) return 'PUT';
  return hasBody ? 'POST' : 'GET';
}

/** Adds the headers that options imply. Explicit headers take precedence. */
function addImplied(transfer: CurlTransfer, headers: Header[], removed: ReadonlySet<string>): void {
  const add = (name: string, value: string): void => {
    if (value !== '' && !hasHeader(headers, name) && !removed.has(name.toLowerCase())) headers.push([name, value]);
  };
  const { user, scheme, implied, cookies, isJson, notes } = transfer;
  if (scheme !== undefined)
    notes.push(`${scheme} was left out: write an Authorization header if the server takes one.`);
  else if (user !== undefined) {
    if (!user.includes(':')) notes.push('curl would ask for the password of the user: write it into the request.');
    add('Authorization', basicAuthorization(user.includes(':') ? user : `${user}:`));
  }
  for (const [name, value] of implied) add(name, value);
  // Cookies are added to those of an explicit header.
  for (const value of cookies) headers.push(['Cookie', value]);
  if (isJson) add('Accept', 'application/json');
}

/** Sets the content type. An explicit one takes precedence, unless it lacks the boundary of a multipart form. */
function withContentType(headers: readonly Header[], contentType: string): readonly Header[] {
  const isForm = contentType.startsWith('multipart/');
  const named = headers.filter(
    ([name, value]) => !(isForm && /^content-type$/i.test(name) && !/boundary=/i.test(value)),
  );
  return hasHeader(named, 'Content-Type') ? named : [...named, ['Content-Type', contentType]];
}

/** Returns the URL of an upload. When it ends with a slash, the file name is appended. */
function uploadUrl(url: string, file: string | undefined): string {
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(url) ?? [];
  if (file === undefined || file === '-' || file === '.' || !path.endsWith('/')) return url;
  return `${path}${encodeURIComponent(baseName(file).toWellFormed())}${rest}`;
}

/** A URL that begins with a shell variable: `$BASE/orders`, `%BASE%/orders`. */
const variableServer = /^(?:https?:\/\/)?(?:\$\{?[A-Za-z_]\w*\}?|%[A-Za-z_]\w*%)(?::\d+)?(?=$|[/?#])/;
/** Host names from which curl guesses another protocol (man page, URL). */
const otherHost = /^(?:ftp|dict|ldap|imap|smtp|pop3)\./i;

/**
 * Returns the absolute URL as curl would read it, or a path when its server is unknown. Throws for another protocol.
 */
function fullUrl(written: string, notes: string[]): string {
  const url = written.trim();
  const server = variableServer.exec(url)?.[0];
  if (server !== undefined) {
    notes.push(`${server} stands for a server: name it as the target.`);
    const path = url.slice(server.length);
    return path.startsWith('/') ? path : `/${path}`;
  }
  const hasScheme = /^(?:[a-z][a-z0-9+.-]*:\/\/|https?:)/i.test(url);
  if (!hasScheme && otherHost.test(url)) throw new RangeError(`${url} is for another protocol than HTTP`);
  const full = hasScheme ? url : `http://${url}`;
  importedUrl(full);
  return full;
}

function withQuery(url: string, query: readonly string[]): string {
  if (query.length === 0) return url;
  const [, path = '', fragment = ''] = /^([^#]*)(.*)$/s.exec(url) ?? [];
  return `${path}${path.includes('?') ? '&' : '?'}${query.join('&')}${fragment}`;
}

/** Returns the maximum number of redirects; undefined when none is followed. */
function redirectsOf({ isFollowed, maxRedirects = mostRedirects, notes }: CurlTransfer): number | undefined {
  if (!isFollowed) return undefined;
  const isBounded = Number.isInteger(maxRedirects) && maxRedirects >= 0 && maxRedirects <= mostRedirects;
  if (!isBounded) notes.push(`At most ${mostRedirects} redirects are followed.`);
  return isBounded ? maxRedirects : mostRedirects;
}

/** The port of a proxy when the command names none (man page, --proxy). */
const proxyPort = 1080;

/** Returns the proxy that a transfer names. Throws a RangeError for one that is not reached by plain HTTP. */
function namedProxy({ proxy, proxyUser, proxyScheme, notes }: CurlTransfer): string | undefined {
  const { option = '', text = '' } = proxy ?? {};
  if (text.trim() === '') {
    if (proxyUser !== undefined) notes.push('The user of the proxy was left out: no proxy is named.');
    return undefined;
  }
  const hasUser = proxyUser !== undefined || text.includes('@');
  if (hasUser && proxyScheme !== undefined) {
    notes.push(`The user of the proxy was left out: ${proxyScheme} is not supported there, only Basic.`);
    const bare = text.trim().replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1');
    return importedProxy({ option, text: bare, defaultPort: proxyPort });
  }
  if (proxyUser !== undefined && !proxyUser.includes(':'))
    notes.push('curl would ask for the password of the user of the proxy: write it into the scenario.');
  return importedProxy({ option, text, user: proxyUser, defaultPort: proxyPort });
}

/** Whether a URL is requested directly although there is a proxy (man page, --noproxy). */
function isDirect(url: string, noProxy: string): boolean {
  if (noProxy.trim() === '*') return true;
  if (!/^https?:/i.test(url)) return false;
  const { host } = importedUrl(url);
  const hostname = host.replace(/:\d+$/, '');
  return noProxy
    .split(/[\s,]+/)
    .map((name) => name.toLowerCase().replace(/^\./, ''))
    .some((name) => name !== '' && (hostname === name || hostname.endsWith(`.${name}`)));
}

/** Returns a function that returns the proxy for a URL of a transfer. Throws as {@link namedProxy} does. */
function proxyOf(transfer: CurlTransfer): (url: string) => string | undefined {
  const proxy = namedProxy(transfer);
  return (url) => (proxy === undefined || isDirect(url, transfer.noProxy) ? undefined : proxy);
}

/** Adds the requests of a transfer. Throws when it has no URL, or one that does not lead to an HTTP server. */
export function addTransfer(transfer: CurlTransfer, collector: RequestCollector): void {
  const { urls, notes, isQuery, data, query } = transfer;
  if (urls.length === 0) throw new RangeError('the curl command names no URL');
  const content = bodyOf(transfer);
  const { headers, removed } = namedHeaders(transfer.headers);
  addImplied(transfer, headers, removed);
  for (const name of removed)
    if (name === 'accept' || name === 'user-agent' || (name === 'content-type' && content))
      notes.push(`The header ${name} is one that curl would not send: Proofload sends one of its own.`);
  const type = removed.has('content-type') ? undefined : content?.contentType;
  const all = type === undefined ? headers : withContentType(headers, type);
  const text = (value: string): string => collector.literal(value, true);
  const redirects = redirectsOf(transfer);
  const proxyFor = proxyOf(transfer);
  for (const written of urls)
    for (const each of transfer.isGlobOff ? [written] : expandUrl(written, maxUrls)) {
      const url = fullUrl(uploadUrl(each, transfer.upload), notes);
      collector.add({
        method: methodOf(transfer, content !== undefined),
        url: text(withQuery(url, [...query, ...(isQuery && data ? [data] : [])])),
        headers: all.map(([name, value]) => [name, text(value)]),
        body: content && text(content.body),
        redirects,
        proxy: proxyFor(url),
      });
    }
  for (const note of notes) collector.note(note);
}
