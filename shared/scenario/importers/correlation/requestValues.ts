import { percentEncoded } from '../multipart';

/** The parts of a request that can contain values. The body is text. */
export interface RequestTexts {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
}

/**
 * Receives a whole value of a request, decoded, and its place. Returns the replacement; undefined leaves the value
 * unchanged.
 */
export type VisitValue = (value: string, place: string) => string | undefined;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function mapPath(path: string, visit: VisitValue): string {
  return path
    .split('/')
    .map((segment) => (segment === '' ? '' : (visit(decoded(segment), 'path') ?? segment)))
    .join('/');
}

/**
 * Visits `name=value` pairs. With `isRaw`, replacements are not encoded, so that only values that need no encoding are
 * visited.
 */
function mapPairs(text: string, of: string, visit: VisitValue, isRaw: boolean): string {
  return text
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      if (at < 0) return pair;
      const value = decoded(pair.slice(at + 1).replaceAll('+', ' '));
      if (isRaw && percentEncoded(value) !== value) return pair;
      const replaced = visit(value, `${of} ${decoded(pair.slice(0, at))}`);
      return replaced === undefined ? pair : `${pair.slice(0, at)}=${replaced}`;
    })
    .join('&');
}

const urlParts = /^((?:https?:\/\/[^/?#]*)?)([^?#]*)(?:\?([^#]*))?/i;

function mapUrl(url: string, visit: VisitValue): string {
  const [, server = '', path = '', query] = urlParts.exec(url) ?? [];
  const link = visit(`${server}${path}${query === undefined ? '' : `?${query}`}`, 'URL');
  if (link !== undefined) return link;
  const changed = `${server}${mapPath(path, visit)}`;
  return query === undefined ? changed : `${changed}?${mapPairs(query, 'query', visit, false)}`;
}

const scheme = /^[A-Za-z][\w-]{1,30} (?=\S+$)/;

function mapHeader(name: string, value: string, visit: VisitValue): string {
  if (name.toLowerCase() !== 'cookie') {
    const before = /authorization$/i.test(name) ? (scheme.exec(value)?.[0] ?? '') : '';
    const replaced = visit(value.slice(before.length), `header ${name}`);
    return replaced === undefined ? value : before + replaced;
  }
  return value
    .split(/;\s*/)
    .map((pair) => {
      const at = pair.indexOf('=');
      const replaced = at < 0 ? undefined : visit(pair.slice(at + 1), `cookie ${pair.slice(0, at).trim()}`);
      return replaced === undefined ? pair : `${pair.slice(0, at)}=${replaced}`;
    })
    .join('; ');
}

/** A JSON name, string or integer. */
const jsonToken = /"((?:[^"\\]|\\[\s\S]?)*)(?:"(\s*:)?|$)|(?<=[\s:[,])-?\d+(?=[\s,}\]])/g;

/**
 * Visits the values of JSON text. Replacements within the existing quotes are not escaped, so that only values that
 * need no escaping are visited.
 */
function mapJson(text: string, visit: VisitValue): string {
  let name = '';
  return text.replace(jsonToken, (token: string, content: string | undefined, colon: string | undefined) => {
    if (content === undefined) return visit(token, `body ${name}`) ?? token;
    if (colon !== undefined) {
      name = content;
      return token;
    }
    if (content.includes('\\') || !token.endsWith('"')) return token;
    const replaced = visit(content, `body ${name}`);
    return replaced === undefined ? token : `"${replaced}"`;
  });
}

const part = /(\bname="([^"\r\n]*)"(?:[^\r\n]*\r?\n){1,10}?\r?\n)([^\r\n]*)(?=\r?\n--)/g;

function mapBody(body: string, visit: VisitValue): string {
  if (/^\s*[{[]/.test(body)) return mapJson(body, visit);
  if (/^[^\s=&<>{}"]+=\S*$/.test(body)) return mapPairs(body, 'body', visit, true);
  if (!body.startsWith('--')) return body;
  return body.replace(part, (whole, head: string, name: string, value: string) => {
    const replaced = visit(value, `body ${name}`);
    return replaced === undefined ? whole : head + replaced;
  });
}

/** Longer bodies are files. */
const maxBodyLength = 2 ** 20;

/** Visits all values of a request as a whole. Two values can have a part in common by chance. */
export function mapRequestValues({ url, headers, body }: RequestTexts, visit: VisitValue): RequestTexts {
  return {
    url: mapUrl(url, visit),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, mapHeader(name, value, visit)])),
    body: body === undefined || body.length > maxBodyLength ? body : mapBody(body, visit),
  };
}
