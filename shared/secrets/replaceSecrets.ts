import { replaceInJsonTokens } from './jsonText';
import { authorizationScheme, isCount, isSensitiveName, secretShape } from './sensitive';

/*
 * Finds the secrets in the parts of a run and replaces them. This one traversal hides secrets (redact.ts), names them
 * (nameSecrets.ts) and looks for hidden ones.
 */

/** Receives the secrets that a traversal finds. */
export interface SecretVisitor {
  /**
   * Returns the replacement of a secret. `about` is its name, such as `Authorization` or `api_key`. A secret from a URL
   * is decoded, because it is encoded when it is filled in. A secret from a body is as written there, with form
   * encoding and JSON escapes. The result is inserted unchanged.
   */
  secret(value: string, about: string): string;
  /** Called for a placeholder in the place of a secret: `{{secret.API_TOKEN}}`, or `{{token}}` for a data column. */
  placeholder?(name: string): void;
  /** Replaces a name that is only displayed. Secrets in it are visited without this method. */
  label?(text: string): string;
}

const placeholders = /\{\{\s*([A-Za-z_][\w.-]*)\s*\}\}/g;

/** Visits the literal parts of a secret. Placeholders in it are not secrets. */
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
    // The encoding is invalid, so that the text is sent as it is.
    return text;
  }
}

/** The maximum depth of values within values. Deeper ones are treated as secrets. */
const maxDepth = 3;

/** Visits `name=value` of a query, a form or a path parameter. */
function pair(text: string, visitor: SecretVisitor, depth: number, decodes: boolean): string {
  const at = text.indexOf('=');
  if (at < 0) return shapes(text, visitor);
  const name = decoded(text.slice(0, at));
  const written = text.slice(at + 1);
  const value = decoded(written);
  const replaced = (): string => `${text.slice(0, at)}=${literals(decodes ? value : written, name, visitor)}`;
  if (isSensitiveName(name)) return isCount(name, value) ? text : replaced();
  // Some servers separate query pairs by semicolons.
  if (text.includes(';'))
    return text
      .split(';')
      .map((part) => pair(part, visitor, depth, decodes))
      .join(';');
  // The value can be a URL or JSON that contains a secret.
  return depth >= maxDepth || hasSecretWithin(value, depth + 1) ? replaced() : text;
}

/** Visits `a=1&b=2` in queries, fragments and forms. */
function pairs(text: string, visitor: SecretVisitor, depth: number, decodes: boolean): string {
  return text.replace(/[^&]+/g, (part) => pair(part, visitor, depth, decodes));
}

function shapes(text: string, visitor: SecretVisitor): string {
  return text.replace(secretShape, (value) => visitor.secret(value, 'token'));
}

const urlParts = /^((?:https?|wss?|ftp):[\\/]*|[a-z][a-z0-9+.-]*:\/\/|\/\/)?([^\\/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/is;
/** Web schemes. URL parsers accept any number of slashes and backslashes after them (WHATWG URL, 4.4). */
const webStart = /^(?:(?:https?|wss?|ftp):)?[\\/]*$/i;
/**
 * User and password of a URL whose password has an unencoded slash. They must be hidden although parsers reject the
 * URL.
 */
const unparsable = /^([a-z][a-z0-9+.-]*:\/\/)(?!\[)([^\s/?#@]*:(?!\d*[/?#])\S*)(?=@)/i;

/**
 * Visits user and password before a host. For databases the user stays visible. For web servers the user may be the
 * key.
 */
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
 * Visits the secrets in a URL, absolute or without its server. The URL of a request is encoded when it is filled in, so
 * its secrets are decoded. A URL within a header or body is not.
 */
export function replaceInUrl(text: string, visitor: SecretVisitor, depth = 0, decodes = true): string {
  // URL parsers drop tabs and line breaks anywhere.
  const url = text.replace(/[\t\r\n]/g, '').trim();
  const [, start = '', host = '', rest = '', query = '', fragment = ''] = urlParts.exec(url) ?? [];
  const [all = '', scheme = '', user = ''] = host.includes('@') ? [] : (unparsable.exec(url) ?? []);
  if (all !== '') return `${scheme}${literals(user, 'userinfo', visitor)}${url.slice(all.length)}`;
  // Without a scheme, the first part belongs to the path.
  const [server, path] = start === '' ? ['', host + rest] : [start + authority(start, host, visitor, decodes), rest];
  const parameters = path.replace(/;[^/;]+/g, (part) => `;${pair(part.slice(1), visitor, depth, decodes)}`);
  const [queryMark, fragmentMark] = [query.slice(0, 1), fragment.slice(0, 1)];
  return `${server}${shapes(parameters, visitor)}${queryMark}${pairs(query.slice(1), visitor, depth, decodes)}${fragmentMark}${pairs(fragment.slice(1), visitor, depth, decodes)}`;
}

const urlInText = /(?:\b[a-z][a-z0-9+.-]{0,20}:)?\/\/[^\s"'<>`|]+/gi;
const queryInText = /[?&;#]([\w.%[\]-]{1,100})=([^\s&;"'<>`|#]+)/g;
const schemeInText = /\b(Basic|Bearer|Digest|Negotiate|DPoP) +(?=[a-z]*[^a-z\s])([\w.~+/=-]{6,}|\w+=\S+)/g;

/** Visits URLs, credentials and keys within a text: a name, a log line, the value of a header. */
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

/** Visits `name=value`. The names of cookies are public. */
function cookie(text: string, visitor: SecretVisitor): string {
  const at = text.indexOf('=') + 1;
  return `${text.slice(0, at)}${literals(text.slice(at), text.slice(0, Math.max(0, at - 1)).trim() || 'Cookie', visitor)}`;
}

/** What precedes the credentials of `Authorization`. Before a reference, any word is a scheme, and so is `key=`. */
const schemeBeforeReference = /^[a-z-]{1,30}(?: +(?:[a-z_-]{1,30}=)?|=)"?(?=\{\{)/i;

function schemeOf(name: string, value: string): string {
  const own = /authorization$/i.test(name) ? schemeBeforeReference.exec(value)?.[0] : undefined;
  return own ?? authorizationScheme.exec(value)?.[0] ?? '';
}

/** Visits the secrets in the value of a header. */
export function replaceInHeader(name: string, value: string, visitor: SecretVisitor): string {
  // The cookies are one secret, unless some of them are already references.
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

/**
 * Visits the secrets in any JSON value: everything under a sensitive key, at any depth, and texts that contain secrets.
 */
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

/** `name: value` on its own line. */
const lineOfBody = /^([ \t-]*([\w.-]{1,64})[ \t]*[:=][ \t]*)(?!["'{[])([^\r\n]+)$/gm;
/** `name: value` within a line, with or without quotes. */
const assignment =
  /(?<![\w.[\]-])(["']?)([\w.[\]-]{1,64})\1(\s{0,9}[:=]\s{0,9})("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?:\{\{[^{}]*\}\}|[^\s&"'{}])+)/g;
const element = /<((?:[\w-]+:)?([\w.-]+))(\s[^<>]*)?>([^<]+)(?=<\/\1\s*>)/g;
const formPart =
  /(content-disposition:[^\r\n]*\bname="([^"]*)"[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n)([\s\S]*?)(?=\r?\n--|$)/gi;

/** Visits a secret token of a JSON text. A number gets no quotes when its reference replaces it. */
function inJsonToken(token: string, about: string, visitor: SecretVisitor): string {
  if (token.startsWith('"')) return token === '""' ? token : `"${literals(token.slice(1, -1), about, visitor)}"`;
  if (!/^[-\d]/.test(token) || isCount(about, token)) return token;
  const replaced = literals(token, about, visitor);
  return replaced === token || replaced.startsWith('{{') ? replaced : JSON.stringify(replaced);
}

/** Returns JSON text with its secrets replaced and everything else as written; undefined for other texts. */
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

/** Visits the secrets in a request body: JSON, both kinds of forms, XML, or any text that assigns values to names. */
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
