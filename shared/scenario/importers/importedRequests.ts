import { fullUrl, hasSecretUser, wireUrl } from '../../http/wireUrl';
import type { ScenarioRequest } from '../requests';

/** The requests of a file or a command, for a scenario of one's own. */
export interface ImportedRequests {
  name: string;
  requests: readonly Partial<ScenarioRequest>[];
  /** Rows for the placeholders in the requests. */
  data: readonly Readonly<Record<string, string | number | boolean>>[];
  /** What was left out or made up. */
  notes: readonly string[];
}

/** A URL of a file or a command. */
export interface ImportedUrl {
  /** As it goes over the wire, without a fragment, and without a user but for one that refers to secrets. */
  url: string;
  host: string;
  /** What user and password of the URL are in a header. */
  authorization: string | undefined;
}

/** The URL in its wire form. Throws `usage` for one that goes to no http(s) server. */
export function importedUrl(text: string): ImportedUrl {
  const wire = wireUrl(text);
  const { host, authorization } = wire;
  return { url: fullUrl(wire), host, authorization: hasSecretUser(wire) ? undefined : authorization };
}

type Header = readonly [name: string, value: string];

/** Headers with the one for the user in the URL, unless it is there: a header that is named goes before. */
export function withUser(headers: readonly Header[], { authorization }: ImportedUrl): readonly Header[] {
  const isNamed = headers.some(([name]) => name.toLowerCase() === 'authorization');
  return authorization === undefined || isNamed ? headers : [...headers, ['Authorization', authorization]];
}

/** More requests than a scenario has. */
export const maxRequests = 200;

/** Headers that belong to a connection or a length, and not to a request that is sent again. */
const ownHeaders = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'keep-alive',
]);

/** Headers that a scenario can have; the others come from the client. */
export function usableHeaders(headers: readonly Header[]): Record<string, string> {
  return Object.fromEntries(headers.filter(([name]) => !name.startsWith(':') && !ownHeaders.has(name.toLowerCase())));
}
