import { isRedirect } from '../requests';
import type { RecordedAnswer } from './correlation/answerValues';
import { findCorrelations } from './correlation/findCorrelations';
import { type HarEntry, type HarPostData, harSchema, isOfInsomnia, isStaticAsset, whyLeftOut } from './harEntries';
import { type Header, hasHeader, type ImportedRequests, importedUrl } from './importedRequests';
import type { ImportFilter } from './importFilter';
import { multipartForm, percentEncoded, urlEncodedForm } from './multipart';
import { type RawRequest, RequestCollector } from './requestCollector';

export function isHar(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'log' in value;
}

/** Decodes base64; undefined when the bytes are not text. */
function decoded(base64: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  if (!/^[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Returns the body of an entry and its type. `isLost` tells that it cannot be kept as text. */
function bodyOf({ text, encoding, params, mimeType, _file }: HarPostData): {
  body?: string;
  contentType: string;
  isLost?: true;
} {
  if (text) {
    if (encoding?.toLowerCase() !== 'base64') return { body: text, contentType: mimeType };
    const body = decoded(text);
    return body === undefined ? { contentType: mimeType, isLost: true } : { body, contentType: mimeType };
  }
  if (_file !== undefined) return { contentType: mimeType, isLost: true };
  if (params.length === 0) return { contentType: mimeType };
  if (/^multipart\/form-data/i.test(mimeType) || params.some(({ fileName }) => fileName !== undefined))
    return multipartForm(params);
  const [first] = params;
  // Charles writes JSON that was sent as a form as the name of its only field.
  if (first && params.length === 1 && first.value === '' && isJson(first.name))
    return { body: first.name, contentType: mimeType };
  return { body: urlEncodedForm(params.map(({ name, value }) => [name, value])), contentType: mimeType };
}

/** Whether a body lacks the content of an uploaded file, or had bytes that are not text. */
function isDamaged({ text = '', mimeType, encoding }: HarPostData): boolean {
  if (encoding?.toLowerCase() === 'base64') return false;
  return text.includes('\uFFFD') || (/^multipart\//i.test(mimeType) && /\bfilename\*?=/i.test(text));
}

/** Returns the cookies that no header contains, as `name=value`. */
function otherCookies({ headers, cookies }: HarEntry['request']): string[] {
  const named = headers
    .filter(({ name }) => name.toLowerCase() === 'cookie')
    .flatMap(({ value }) => value.split(';').map((pair) => pair.split('=', 1)[0]?.trim()));
  return cookies.filter(({ name }) => !named.includes(name)).map(({ name, value }) => `${name}=${value}`);
}

/** Returns the headers with all cookies of an entry and the type of its body. */
function headersOf(request: HarEntry['request'], contentType: string, isForm: boolean): Header[] {
  const own = request.headers
    .filter(({ name }) => !(isForm && name.toLowerCase() === 'content-type'))
    .map(({ name, value }): Header => [name, value]);
  if (contentType !== '' && !hasHeader(own, 'content-type')) own.push(['Content-Type', contentType]);
  const cookies = otherCookies(request);
  if (cookies.length > 0) own.push(['Cookie', cookies.join('; ')]);
  return own;
}

/** Returns the URL with its query. Insomnia writes separately what does not stand in the URL. */
function urlOf({ url, queryString }: HarEntry['request'], creator: string): string {
  if (queryString.length === 0 || (url.includes('?') && !isOfInsomnia(creator))) return url;
  const query = queryString.map(({ name, value }) => `${percentEncoded(name)}=${percentEncoded(value)}`).join('&');
  const bare = url.replace(/#.*$/s, '');
  return `${bare}${bare.includes('?') ? '&' : '?'}${query}`;
}

function rawOf({ request, response, comment }: HarEntry, creator: string, collector: RequestCollector): RawRequest {
  const { method, postData } = request;
  const url = urlOf(request, creator);
  const content = postData ? bodyOf(postData) : { contentType: '' };
  if ('isLost' in content)
    collector.note(`The body of ${method} ${url.slice(0, 200)} is not text or not in the file, and was left out.`);
  if (postData?.params.some(({ fileName }) => fileName !== undefined))
    collector.note('The content of uploaded files was left out: write it into the request.');
  if (postData?.text && isDamaged(postData))
    collector.note(
      `The body of ${method} ${url.slice(0, 200)} has a file or bytes, which recordings leave out or damage: check it.`,
    );
  const body = 'body' in content ? content.body : undefined;
  const isForm = !postData?.text && body !== undefined && content.contentType.startsWith('multipart/');
  const text = (value: string): string => collector.literal(value);
  return {
    ...(isOfInsomnia(creator) ? { name: comment } : {}),
    method,
    url: text(url),
    headers: headersOf(request, content.contentType, isForm).map(([name, value]) => [name, text(value)]),
    body: body === undefined ? undefined : text(body),
    // A redirect in the recording is expected again.
    expectRedirect: isRedirect(response?.status ?? 0),
  };
}

function hostOf(url: string): string | undefined {
  try {
    return importedUrl(url).host;
  } catch {
    return undefined;
  }
}

/** Notes how many requests go to which hosts and how many load static assets, so that the user can choose. */
function describeChoice(kept: readonly HarEntry[], collector: RequestCollector, filter: ImportFilter): void {
  const counts = new Map<string, number>();
  for (const { request } of kept) {
    const host = hostOf(request.url);
    if (host !== undefined) counts.set(host, (counts.get(host) ?? 0) + 1);
  }
  if (counts.size > 1 && filter.hosts.length === 0) {
    const shown = [...counts].slice(0, 10).map(([host, count]) => `${host} (${count})`);
    const more = counts.size > 10 ? ` and ${counts.size - 10} more` : '';
    collector.note(
      `The requests go to ${counts.size} hosts: ${shown.join(', ')}${more}. Keep those that you want to load.`,
    );
  }
  const assets = kept.filter(isStaticAsset).length;
  if (assets > 0 && assets < kept.length)
    collector.note(
      `${assets} of ${kept.length} requests are for static assets: scripts, styles, images, fonts, media.`,
    );
}

/** Notes whether the recording contains a login, or why it may not. */
function describeLogin(kept: readonly HarEntry[], creator: string, collector: RequestCollector): void {
  const has = kept.some(
    ({ request: { headers, cookies } }) =>
      cookies.length > 0 || headers.some(({ name }) => /^(?:cookie|authorization)$/i.test(name)),
  );
  if (has) collector.note('Cookies and authorisations of the recording are included: they may have expired.');
  else if (/^WebInspector/i.test(creator))
    collector.note('The recording has no cookies: Chrome leaves them out unless it exports "with sensitive data".');
}

/** Returns the parts of a response that are searched for values. */
function answerOf({ headers, cookies, content }: NonNullable<HarEntry['response']>): RecordedAnswer {
  const { mimeType, text, encoding } = content;
  const isBase64 = encoding?.toLowerCase() === 'base64';
  return { headers, cookies, mimeType, text: isBase64 && text !== undefined ? decoded(text) : text };
}

/** Returns the entries by their times. A file need not have them in order (HAR 1.2, entries). */
function inOrder(entries: readonly HarEntry[]): readonly HarEntry[] {
  const timed = entries.map((entry) => ({ entry, atMs: Date.parse(entry.startedDateTime) }));
  if (timed.some(({ atMs }) => Number.isNaN(atMs))) return entries;
  return timed.sort((a, b) => a.atMs - b.atMs).map(({ entry }) => entry);
}

/**
 * Returns the requests of a HAR file in order, with their times and repetitions. Requests that the browser answered
 * itself or blocked are left out. Throws for any other value.
 */
export function fromHar(value: unknown, filter: ImportFilter): ImportedRequests {
  const { creator, entries } = harSchema.parse(value).log;
  const collector = new RequestCollector();
  const found: HarEntry[] = [];
  for (const entry of entries) {
    const why = whyLeftOut(entry, creator.name);
    if (why !== undefined) collector.leaveOut(why);
    else if (filter.withoutStaticAssets && isStaticAsset(entry)) collector.leaveOut('for static assets');
    else if (filter.hosts.length > 0 && !filter.hosts.includes(hostOf(entry.request.url) ?? ''))
      collector.leaveOut('to other hosts');
    else found.push(entry);
  }
  const kept = inOrder(found);
  const moments = kept.map(({ startedDateTime }) => Date.parse(startedDateTime));
  const [firstMs = Number.NaN] = moments;
  const answers = new Map<number, RecordedAnswer>();
  for (const [at, entry] of kept.entries()) {
    const atMs = (moments[at] ?? Number.NaN) - firstMs;
    const isTimed = Number.isFinite(atMs) && atMs >= 0;
    const step = collector.add(
      rawOf(entry, creator.name, collector),
      isTimed ? { atMs, tookMs: Math.max(0, entry.time) } : {},
    );
    if (step !== undefined && entry.response) answers.set(step, answerOf(entry.response));
  }
  describeChoice(kept, collector, filter);
  describeLogin(kept, creator.name, collector);
  const imported = collector.finish(undefined, 'there is no HTTP request in the archive.');
  return { ...imported, correlations: findCorrelations(imported, answers) };
}
