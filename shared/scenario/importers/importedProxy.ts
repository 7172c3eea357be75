import { secretReference } from '../../secrets/reference';
import { proxyField } from '../proxy';

/** A proxy as a command names it. */
export interface WrittenProxy {
  /** The option, as in `--proxy`, for messages. */
  option: string;
  /** `[scheme://][user:password@]host[:port]`, with user and password percent-encoded. */
  text: string;
  /** `user:password` as it is, which replaces that of `text`. */
  user?: string | undefined;
  /** The port when the text names none, which differs between tools. */
  defaultPort: number;
}

const schemeStart = /^([a-z][a-z0-9+.-]*):\/\//i;

/** Encodes a part of the userinfo of a URL. References to secrets stay. */
function encoded(text: string): string {
  let result = '';
  let end = 0;
  const literal = (part: string): string => encodeURIComponent(part.toWellFormed());
  for (const match of text.matchAll(secretReference)) {
    result += literal(text.slice(end, match.index)) + match[0];
    end = match.index + match[0].length;
  }
  return result + literal(text.slice(end));
}

function userinfoOf(user: string): string {
  const colon = user.indexOf(':');
  return colon < 0 ? `${encoded(user)}:` : `${encoded(user.slice(0, colon))}:${encoded(user.slice(colon + 1))}`;
}

/**
 * Returns a proxy in the form of a scenario, undefined for an empty text, which means none. Throws a RangeError for a
 * proxy that is not reached by plain HTTP.
 */
export function importedProxy({ option, text, user, defaultPort }: WrittenProxy): string | undefined {
  const written = text.trim();
  if (written === '') return undefined;
  const scheme = (schemeStart.exec(written)?.[1] ?? 'http').toLowerCase();
  if (scheme !== 'http')
    throw new RangeError(
      `${option} names a proxy of the kind ${scheme}://, and only HTTP proxies that are reached without TLS are supported: write http://host:port, or take the option out`,
    );
  const rest = written.replace(schemeStart, '').replace(/\/+$/, '');
  const at = rest.lastIndexOf('@');
  const place = rest.slice(at + 1);
  const userinfo = user === undefined ? rest.slice(0, Math.max(0, at)) : userinfoOf(user);
  const host = /:\d+$/.test(place) ? place : `${place}:${defaultPort}`;
  const parsed = proxyField.safeParse(`http://${userinfo === '' ? '' : `${userinfo}@`}${host}`);
  if (parsed.success) return parsed.data;
  throw new RangeError(`the proxy of ${option} cannot be used: it ${parsed.error.issues[0]?.message ?? ''}`);
}
