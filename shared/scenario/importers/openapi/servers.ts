import { describeUnusableUrl } from '../../requestUrl';
import { type Dictionary, dictionaryAt } from './document';

/* The servers of a document's paths (spec.openapis.org, Server Object). */

/** Returns the URL of a server with the default values of its variables. */
function filledIn({ url, variables }: Dictionary): string {
  const values = dictionaryAt(undefined, variables);
  return String(url ?? '').replace(/\{([^{}]{1,200})\}/g, (all, name: string) => {
    const { default: usual, enum: choices } = dictionaryAt(undefined, values[name]);
    const value = usual ?? (Array.isArray(choices) ? choices[0] : undefined);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : all;
  });
}

/** Returns an absolute URL without a trailing slash, or a path; undefined for anything else. */
function usable(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/[?#].*$/s, '')
    .replace(/\/+$/, '');
  if (bare === '') return '';
  if (/^https?:/i.test(bare)) return describeUnusableUrl(bare) === undefined ? bare : undefined;
  if (/^[\w.-]+:\d+(?:\/|$)/.test(bare)) return `http://${bare}`;
  if (/[{}]|^[a-z][a-z0-9+.-]*:/i.test(bare)) return undefined;
  return bare.startsWith('//') ? `http:${bare}` : `/${bare.replace(/^\/+/, '')}`;
}

/**
 * Returns the server that is named closest to an operation: by itself, by its path, or by the document. Without a
 * usable one, paths stay paths.
 */
export function serverOf(lists: readonly unknown[], note: (text: string) => void): string {
  const list = lists.find((servers) => Array.isArray(servers) && servers.length > 0);
  const [first, ...others] = Array.isArray(list) ? list : [];
  const url = filledIn(dictionaryAt(undefined, first));
  const server = usable(url);
  if (server === undefined)
    note(`The server ${url.slice(0, 200)} is not a URL that a request can go to: name it as the target.`);
  else if (!server.startsWith('http')) note('The document names no server: name it as the target.');
  else if (others.length > 0) note(`The document names ${others.length + 1} servers: ${server} was taken.`);
  return server ?? '';
}
