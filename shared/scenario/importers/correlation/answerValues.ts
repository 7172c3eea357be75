import type { Extraction } from '../../journeys';
import { headerName } from '../../requests';

/** The parts of a recorded response that are searched for values. */
export interface RecordedAnswer {
  headers: readonly { name: string; value: string }[];
  cookies: readonly { name: string; value: string }[];
  mimeType: string;
  /** The body as text; undefined when it was not recorded or is not text. */
  text: string | undefined;
}

/** A value of a response, and how a journey extracts it. */
export interface AnswerValue {
  value: string;
  /** Its name in the response. */
  name: string;
  place: string;
  extraction: Extraction;
}

/** Longer bodies are lists and files. Patterns see only the first MiB (ADR 026). */
const maxJsonLength = 4 * 2 ** 20;
const maxHtmlLength = 2 ** 20;
const maxLeaves = 5_000;
const maxTags = 500;
const maxDepth = 30;

/** Headers that describe the message, the server or the connection. */
const commonHeader =
  /^(?:accept-|access-control-|age$|alt-svc|cache-control|cf-|connection|content-|cross-origin|date$|expect-ct|expires|keep-alive|last-modified|link$|location$|nel$|permissions-policy|pragma|referrer-policy|report-to|server|set-cookie|strict-transport|timing-allow|transfer-encoding|vary|via$|x-cache|x-content-type|x-dns|x-frame|x-powered|x-xss)/i;

function memberOf(path: string, key: string): string {
  return /^[A-Za-z_]\w*$/.test(key)
    ? `${path}.${key}`
    : `${path}['${key.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`;
}

/** Returns the leaves of a document with their JSONPath (RFC 9535). */
function jsonValues(text: string): AnswerValue[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return [];
  }
  const found: AnswerValue[] = [];
  const walk = (value: unknown, path: string, name: string, depth: number): void => {
    if (found.length >= maxLeaves || depth > maxDepth) return;
    if (typeof value === 'string' || Number.isSafeInteger(value))
      found.push({ value: String(value), name, place: path, extraction: { jsonPath: path } });
    else if (Array.isArray(value))
      for (const [index, item] of value.entries()) walk(item, `${path}[${index}]`, name, depth + 1);
    else if (typeof value === 'object' && value !== null)
      for (const [key, item] of Object.entries(value)) walk(item, memberOf(path, key), key, depth + 1);
  };
  walk(document, '$', '', 0);
  return found;
}

const tag = /<(input|meta)\b([^>]{1,2000})>/gi;
const attribute = /([\w:-]{1,60})\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

function literalPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Returns fields of forms and values in the head of a page, by name: `<input name="csrf" value="...">`. */
function htmlValues(html: string): AnswerValue[] {
  const found: AnswerValue[] = [];
  for (const [, kind = '', inner = ''] of html.slice(0, maxHtmlLength).matchAll(tag)) {
    if (found.length >= maxTags) break;
    const attributes = [...inner.matchAll(attribute)].map(([all, name = '', double, single = '']) => ({
      name: name.toLowerCase(),
      writtenName: name,
      value: double ?? single,
      written: all,
      quote: double === undefined ? "'" : '"',
    }));
    const key = attributes.find(({ name }) => name === 'name' || name === 'id' || name === 'property');
    const held = attributes.find(({ name }) => name === (kind.toLowerCase() === 'meta' ? 'content' : 'value'));
    // A character reference such as &amp; means another value than the written one.
    if (!key || !held || held.value === '' || held.value.includes('&')) continue;
    const [before, after] = [
      literalPattern(key.written),
      `${held.writtenName}\\s*=\\s*${held.quote}([^${held.quote}]*)${held.quote}`,
    ];
    const isNameFirst = attributes.indexOf(key) < attributes.indexOf(held);
    const regex = isNameFirst ? `${before}[^>]*?\\s${after}` : `${after}[^>]*?\\s${before}`;
    const place = `${kind.toLowerCase()} ${key.value}`;
    found.push({ value: held.value, name: key.value, place, extraction: { regex } });
  }
  return found;
}

/** Returns everything in a response that a later request might send back, simplest place first. The work is bounded. */
export function answerValues({ headers, cookies, mimeType, text = '' }: RecordedAnswer): AnswerValue[] {
  const isJson = /json/i.test(mimeType) || /^\s*[{[]/.test(text);
  const ofBody = isJson
    ? text.length <= maxJsonLength
      ? jsonValues(text)
      : []
    : /html/i.test(mimeType)
      ? htmlValues(text)
      : [];
  return [
    ...cookiesOf(headers, cookies).map(({ name, value }) => ({
      value,
      name,
      place: `cookie ${name}`,
      extraction: { cookie: name },
    })),
    ...ofBody,
    ...headers
      .filter(({ name }) => headerName.safeParse(name).success && !commonHeader.test(name))
      .map(({ name, value }) => ({ value, name, place: `header ${name}`, extraction: { header: name } })),
  ];
}

/** Returns the cookies that a response sets. Browsers write several `Set-Cookie` headers as lines of one. */
export function cookiesOf(
  headers: RecordedAnswer['headers'],
  cookies: RecordedAnswer['cookies'],
): { name: string; value: string }[] {
  const lines = headers
    .filter(({ name }) => name.toLowerCase() === 'set-cookie')
    .flatMap(({ value }) => value.split('\n'));
  const set = lines.flatMap((line) => {
    const [, name = '', value = ''] = /^\s*([^=;\s]+)=([^;]*)/.exec(line) ?? [];
    return name === '' ? [] : [{ name, value: value.trim() }];
  });
  const known = new Set(set.map(({ name }) => name));
  return [...set, ...cookies.filter(({ name }) => !known.has(name))];
}
