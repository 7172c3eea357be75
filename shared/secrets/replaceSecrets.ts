import { replaceInJsonTokens } from './jsonText';
import { authorizationScheme, isCount, isSensitiveName, secretShape } from './sensitive';

/*
 * Where secrets stand in what a run is made of, and what is put in their place: the one walk for hiding them (redact.ts),
 * naming them (nameSecrets.ts) and looking for those that were hidden.
 */

/** Takes a walk over texts in which secrets stand. */
export interface SecretVisitor {
  /**
   * What takes the place of a secret. `about` is the name that it stands under, such as `Authorization` or `api_key`.
   * What stands in a URL is decoded, for it is encoded when it is filled in; what stands in a body is as it is written
   * there, with the encoding of a form and the escapes of JSON. What is returned is put in as it is.
   */
  secret(value: string, about: string): string;
  /**
   * Called with a placeholder in the place of a secret: `{{secret.API_TOKEN}}`, or `{{token}}` for a column of the
   * data.
   */
  placeholder?(name: string): void;
  /** What becomes of a name that is for people only; the secrets in it are visited without this. */
  label?(text: string): string;
}

const placeholders = /\{\{\s*([A-Za-z_][\w.-]*)\s*\}\}/g;

/** The literal parts of a secret; a placeholder stands for one and is none. */
export function literals(value: string, about: string, visitor: SecretVisitor): string {
  let replaced = '';
  let end = 0;
  const literal = (text: string): string => (text.trim() === '' ? text : visitor.secret(text, about));
  for (const match of value.matchAll(placeholders)) {
    visitor.placeholder?.(match[1] ?? '');
    replaced += literal(value.slice(end, match.index)) + match[0];
    end = match.index + match[0].length;
  }
  return replaced + literal(value.slice(end));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // Not encoded as it should be: what is there is what is sent.
    return text;
  }
}

/** Values within values are looked into so deep; what is deeper is taken for a secret. */
const maxDepth = 3;

/** `name=value` of a query, a form or a parameter of a path. */
function pair(text: string, visitor: SecretVisitor, depth: number, decodes: boolean): string {
  const at = text.indexOf('=');
  if (at < 0) return shapes(text, visitor);
  const name = decoded(text.slice(0, at));
  const written = text.slice(at + 1);
  const value = decoded(written);
  const replaced = (): string => `${text.slice(0, at)}=${literals(decodes ? value : written, name, visitor)}`;
  if (isSensitiveName(name)) return isCount(name, value) ? text : replaced();
  // Some servers part the pairs of a query by semicolons.
  if (text.includes(';'))
    return text
      .split(';')
      .map((part) => pair(part, visitor, depth, decodes))
      .join(';');
  // A secret may stand in a URL or in JSON that is itself a value.
  return depth >= maxDepth || hasSecretWithin(value, depth + 1) ? replaced() : text;
}

/** `a=1&b=2` as queries, fragments and forms have it. */
function pairs(text: string, visitor: SecretVisitor, depth: number, decodes: boolean): string {
  return text.replace(/[^&]+/g, (part) => pair(part, visitor, depth, decodes));
}

function shapes(text: string, visitor: SecretVisitor): string {
  return text.replace(secretShape, (value) => visitor.secret(value, 'token'));
}

const urlParts = /^((?:https?|wss?|ftp):[\\/]*|[a-z][a-z0-9+.-]*:\/\/|\/\/)?([^\\/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/is;
/** The schemes of web servers, to whose parser any number of slashes of either kind is the same (WHATWG URL, 4.4). */
const webStart = /^(?:(?:https?|wss?|ftp):)?[\\/]*$/i;
/** User and password of a URL whose password has a slash in it that should have been encoded: it can be read all the same. */
const unparsable = /^([a-z][a-z0-9+.-]*:\/\/)(?!\[)([^\s/?#@]*:(?!\d*[/?#])\S*)(?=@)/i;

/** User and password before a host. Of a database the user stays to be seen, of a web server the user may be the key. */
function authority(start: string, text: string, visitor: SecretVisitor, decodes: boolean): string {
  const at = text.lastIndexOf('@');
  if (start === '' || at < 0) return text;
  const user = text.slice(0, at);
  const meant = (part: string): string => (decodes ? decoded(part) : part);
  const colon = user.indexOf(':');
  const isWeb = webStart.test(start);
  if (isWeb && (colon < 0 || !user.includes('{{')))
    return `${literals(meant(user), 'userinfo', visitor)}${text.slice(at)}`;
  if (colon < 0) return text;
  return `${user.slice(0, colon)}:${literals(meant(user.slice(colon + 1)), 'password', visitor)}${text.slice(at)}`;
}

/**
 * A URL, in full or without its server. That of a request is encoded where it is filled in, and its secrets are decoded
 * therefore; one that stands in a header or a body is not.
 */
export function replaceInUrl(text: string, visitor: SecretVisitor, depth = 0, decodes = true): string {
  // Parsers of URLs drop tabs and line ends wherever they stand.
  const url = text.replace(/[\t\r\n]/g, '').trim();
  const [, start = '', host = '', rest = '', query = '', fragment = ''] = urlParts.exec(url) ?? [];
  const [all = '', scheme = '', user = ''] = host.includes('@') ? [] : (unparsable.exec(url) ?? []);
  if (all !== '') return `${scheme}${literals(user, 'userinfo', visitor)}${url.slice(all.length)}`;
  // Without a scheme the first part belongs to the path.
  const [server, path] = start === '' ? ['', host + rest] : [start + authority(start, host, visitor, decodes), rest];
  const parameters = path.replace(/;[^/;]+/g, (part) => `;${pair(part.slice(1), visitor, depth, decodes)}`);
  const [queryMark, fragmentMark] = [query.slice(0, 1), fragment.slice(0, 1)];
  return `${server}${shapes(parameters, visitor)}${queryMark}${pairs(query.slice(1), visitor, depth, decodes)}${fragmentMark}${pairs(fragment.slice(1), visitor, depth, decodes)}`;
}

const urlInText = /(?:\b[a-z][a-z0-9+.-]{0,20}:)?\/\/[^\s"'<>`|]+/gi;
const queryInText = /[?&;#]([\w.%[\]-]{1,100})=([^\s&;"'<>`|#]+)/g;
const schemeInText = /\b(Basic|Bearer|Digest|Negotiate|DPoP) +(?=[a-z]*[^a-z\s])([\w.~+/=-]{6,}|\w+=\S+)/g;

/** A text of words in which URLs, credentials and keys may stand: a name, a line of a log, the value of a header. */
export function replaceInText(text: string, visitor: SecretVisitor, depth = 0): string {
  if (!/[=@.:_-]|Basic|Bearer/.test(text)) return text;
  const urls = text.replace(urlInText, (url) => replaceInUrl(url, visitor, depth, false));
  const queries = urls.replace(queryInText, (part) => `${part[0]}${pair(part.slice(1), visitor, depth, false)}`);
  const schemes = queries.replace(
    schemeInText,
    (_match, scheme: string, value: string) => `${scheme} ${literals(value, 'Authorization', visitor)}`,
  );
  return shapes(schemes, visitor);
}

/** `name=value`: names of cookies are known to all who look at the service. */
function cookie(text: string, visitor: SecretVisitor): string {
  const at = text.indexOf('=') + 1;
  return `${text.slice(0, at)}${literals(text.slice(at), text.slice(0, Math.max(0, at - 1)).trim() || 'Cookie', visitor)}`;
}

/** What stands before the credentials of `Authorization`: before a reference any word is a scheme, and so is `key=`. */
const schemeBeforeReference = /^[a-z-]{1,30}(?: +(?:[a-z_-]{1,30}=)?|=)"?(?=\{\{)/i;

function schemeOf(name: string, value: string): string {
  const own = /authorization$/i.test(name) ? schemeBeforeReference.exec(value)?.[0] : undefined;
  return own ?? authorizationScheme.exec(value)?.[0] ?? '';
}

/** The value of a header. */
export function replaceInHeader(name: string, value: string, visitor: SecretVisitor): string {
  // Cookies are one secret, unless some of them are named already.
  if (/cookie/i.test(name) && value.includes('{{'))
    return value
      .split(';')
      .map((part) => cookie(part, visitor))
      .join(';');
  if (!isSensitiveName(name)) return replaceInText(value, visitor);
  const scheme = schemeOf(name, value);
  return `${scheme}${literals(value.slice(scheme.length), name, visitor)}`;
}

function jsonLeaves(value: unknown, about: string, visitor: SecretVisitor): unknown {
  if (typeof value === 'string') return value === '' ? value : literals(value, about, visitor);
  if (typeof value === 'number') return isCount(about, String(value)) ? value : literals(String(value), about, visitor);
  if (Array.isArray(value)) return value.map((item) => jsonLeaves(item, about, visitor));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, jsonLeaves(item, about, visitor)]));
}

/** Any JSON: what stands under a sensitive key, however deep, and texts in which secrets stand. */
export function replaceInJson(value: unknown, visitor: SecretVisitor): unknown {
  if (typeof value === 'string') return replaceInBody(value, visitor);
  if (Array.isArray(value)) return value.map((item) => replaceInJson(item, visitor));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      isSensitiveName(key) ? jsonLeaves(item, key, visitor) : replaceInJson(item, visitor),
    ]),
  );
}

/** `name: value` that has a line to itself. */
const lineOfBody = /^([ \t-]*([\w.-]{1,64})[ \t]*[:=][ \t]*)(?!["'{[])([^\r\n]+)$/gm;
/** `name: value` among others, with quotes or without. */
const assignment =
  /(?<![\w.[\]-])(["']?)([\w.[\]-]{1,64})\1(\s{0,9}[:=]\s{0,9})("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?:\{\{[^{}]*\}\}|[^\s&"'{}])+)/g;
const element = /<((?:[\w-]+:)?([\w.-]+))(\s[^<>]*)?>([^<]+)(?=<\/\1\s*>)/g;
const formPart =
  /(content-disposition:[^\r\n]*\bname="([^"]*)"[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n)([\s\S]*?)(?=\r?\n--|$)/gi;

/** A secret in a JSON text as it is written there; a number stays without quotes where its name takes its place. */
function inJsonToken(token: string, about: string, visitor: SecretVisitor): string {
  if (token.startsWith('"')) return token === '""' ? token : `"${literals(token.slice(1, -1), about, visitor)}"`;
  if (!/^[-\d]/.test(token) || isCount(about, token)) return token;
  const replaced = literals(token, about, visitor);
  return replaced === token || replaced.startsWith('{{') ? replaced : JSON.stringify(replaced);
}

/** A text that is JSON with its secrets replaced, else as it was written; undefined for other texts. */
function replaceInJsonText(text: string, visitor: SecretVisitor): string | undefined {
  if (!/^\s*[{["]/.test(text)) return undefined;
  return replaceInJsonTokens(text, {
    isAbout: isSensitiveName,
    picked: (token, about) => inJsonToken(token, about, visitor),
    text: (token) => {
      const value = String(JSON.parse(token));
      const replaced = replaceInBody(value, visitor);
      return replaced === value ? token : JSON.stringify(replaced);
    },
  });
}

/** The body of a request as text: JSON, a form of either kind, XML, or anything in which names are given values. */
export function replaceInBody(text: string, visitor: SecretVisitor, depth = 0): string {
  const json = replaceInJsonText(text, visitor);
  if (json !== undefined) return json;
  if (/^[^\s=&;<>{}"]+=[^\r\n]*$/.test(text)) return pairs(text, visitor, depth, false);
  return replaceInText(
    text
      .replace(formPart, (whole, head: string, name: string, value: string) =>
        isSensitiveName(name) && value !== '' ? `${head}${literals(value, name, visitor)}` : whole,
      )
      .replace(element, (whole, tag: string, name: string, attributes: string | undefined, value: string) =>
        isSensitiveName(name) ? `<${tag}${attributes ?? ''}>${literals(value, name, visitor)}` : whole,
      )
      .replace(lineOfBody, (whole, before: string, name: string, value: string) =>
        isSensitiveName(name) && !isCount(name, value) ? `${before}${literals(value, name, visitor)}` : whole,
      )
      .replace(assignment, (whole, _quote, name: string, _between, value: string) => {
        if (!isSensitiveName(name) || isCount(name, value)) return whole;
        const before = whole.slice(0, whole.length - value.length);
        const quote = /^["']/.exec(value)?.[0] ?? '';
        const inner = value.slice(quote.length, value.length - quote.length);
        return inner === '' ? whole : `${before}${quote}${literals(inner, name, visitor)}${quote}`;
      }),
    visitor,
  );
}

function hasSecretWithin(text: string, depth: number): boolean {
  let has = false;
  const look = (value: string): string => {
    has = true;
    return value;
  };
  replaceInBody(text, { secret: look }, depth);
  return has;
}
