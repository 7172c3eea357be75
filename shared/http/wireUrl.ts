import { ProofloadError } from '../errors/appError';
import { secretNamesIn, secretReference, secretReferenceTo } from '../secrets/reference';

/**
 * A URL in the form in which it is sent. Target URLs are parsed only here: the check whether a host may be loaded, the
 * connection, the request and exports use the same value.
 */
export interface WireUrl {
  /** `http://host` or `http://host:port`, with the port only when it is not the default of the scheme. */
  origin: string;
  isSecure: boolean;
  /** The name or address to connect to, with IPv6 in unbracketed form. Names are in ASCII (IDNA). */
  hostname: string;
  port: number;
  /** The value of `Host`. */
  host: string;
  /** Path and query as in the request line (RFC 9112, 3.2.1), with placeholders as written. */
  target: string;
  /** User and password, percent-encoded, with references to secrets as written; undefined without them. */
  user: string | undefined;
  /** The `Authorization` header for user and password (RFC 7617). */
  authorization: string | undefined;
}

/** Text in double braces that may be filled in before a request is sent: `{{customer}}`, `{{secret.TOKEN}}`. */
const placeholder = /\{\{\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*\}\}/g;

/** Returns `Basic` with the credentials in UTF-8 (RFC 7617). */
export function basicAuthorization(credentials: string): string {
  return basicOf(new TextEncoder().encode(credentials));
}

function basicOf(bytes: Uint8Array): string {
  return `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`;
}

/** Whether the user of a URL refers to secrets, whose values are known only where the request is sent. */
export function hasSecretUser({ user = '' }: Pick<WireUrl, 'user'>): boolean {
  return secretNamesIn(user).length > 0;
}

type SecretOf = (name: string) => string | undefined;

/**
 * Returns the header for a user. Values of secrets are used unencoded, because they cannot affect other parts of it.
 */
function authorizationOf(user: string, secretOf: SecretOf): string {
  // Names of secrets have odd indexes.
  const parts = user.split(/\{\{secret\.([A-Za-z_][A-Za-z0-9_]*)\}\}/).map((part, place) => {
    if (place % 2 === 0) return percentDecoded(part);
    return new TextEncoder().encode(secretOf(part) ?? secretReferenceTo(part));
  });
  return basicOf(Uint8Array.from(parts.flatMap((bytes) => [...bytes])));
}

/**
 * Returns the absolute URL. It contains the user only when that refers to secrets; any other user is sent as a header.
 */
export function fullUrl(wire: WireUrl): string {
  const { isSecure, user, host, target } = wire;
  return `${isSecure ? 'https' : 'http'}://${hasSecretUser(wire) ? `${user}@` : ''}${host}${target}`;
}

/** Decodes a percent-encoded text to bytes. Invalid escapes stay as they are, as in the URL parser. */
function percentDecoded(text: string): Uint8Array {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const escaped = /^%([0-9a-f]{2})/i.exec(text.slice(at, at + 3))?.[1];
    bytes.push(escaped === undefined ? text.charCodeAt(at) : Number.parseInt(escaped, 16));
    if (escaped !== undefined) at += 2;
  }
  return Uint8Array.from(bytes);
}

function noServer(url: string, reason: string): ProofloadError {
  const shown = url.replace(/^([a-z][a-z0-9+.-]*:)?[\\/]*[^\\/?#]*@/i, '$1//');
  return new ProofloadError(
    'usage',
    `the request to ${shown} goes to no http(s) server: ${reason}`,
    'write it in full, such as http://127.0.0.1:3000/path, or as /path with the server as the target; for a user from rows of data, use an Authorization header',
  );
}

/**
 * A URL whose placeholders are replaced by words while it is parsed, because the parser would escape braces in a path.
 */
interface Masked {
  url: string;
  base: string | undefined;
  hasMask(text: string): boolean;
  unmask(text: string): string;
}

function maskPlaceholders(url: string, base: string | undefined): Masked {
  let salt = 'placeholder';
  // Lower-case letters and digits pass through every part of a URL unchanged.
  while (`${url} ${base}`.toLowerCase().includes(salt)) salt += 'x';
  const names: string[] = [];
  const masked = (text: string): string =>
    text.replaceAll(placeholder, (_match, name: string) => `${salt}${names.push(name) - 1}z`);
  const mask = new RegExp(`${salt}(\\d+)z`, 'g');
  return {
    url: masked(url),
    base: base === undefined ? undefined : masked(base),
    hasMask: (part) => part.toLowerCase().includes(salt),
    unmask: (part) => part.replaceAll(mask, (_match, index: string) => `{{${names[Number(index)]}}}`),
  };
}

/**
 * Parses an http(s) URL, absolute or relative to `base`, by the WHATWG URL Standard (url.spec.whatwg.org). The fragment
 * is dropped. User and password can contain secrets, whose values `secretOf` supplies; without it, `authorization`
 * keeps the references. Throws `usage` for any other scheme, and for any other placeholder before the path, because the
 * destination must be known before placeholders are filled in.
 */
export function wireUrl(url: string, base?: string, secretOf: SecretOf = secretReferenceTo): WireUrl {
  const masked = maskPlaceholders(url, base);
  if (!URL.canParse(masked.url, masked.base)) throw noServer(url, 'it is not a URL');
  const parsed = new URL(masked.url, masked.base);
  const { protocol, hostname, host, username, password, origin } = parsed;
  if (protocol !== 'http:' && protocol !== 'https:') throw noServer(url, `${protocol} is not http: or https:`);
  const user = username === '' && password === '' ? undefined : masked.unmask(`${username}:${password}`);
  if (masked.hasMask(hostname) || /[{}]/.test(hostname) || user?.replaceAll(secretReference, '').includes('{{'))
    throw noServer(url, 'placeholders must come after the host');
  const isSecure = protocol === 'https:';
  parsed.username = '';
  parsed.password = '';
  parsed.hash = '';
  return {
    origin,
    isSecure,
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port: parsed.port === '' ? (isSecure ? 443 : 80) : Number(parsed.port),
    host,
    target: masked.unmask(parsed.href.slice(origin.length)),
    user,
    authorization: user === undefined ? undefined : authorizationOf(user, secretOf),
  };
}
