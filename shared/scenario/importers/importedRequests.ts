import { fullUrl, hasSecretUser, wireUrl } from '../../http/wireUrl';
import type { Extraction } from '../journeys';
import type { ScenarioRequest } from '../requests';
import { describeUnusableUrl } from '../requestUrl';
import type { Correlation } from './correlation/correlation';

/** A request in the order of the recording or file. */
export interface ImportedStep {
  /** The index in `requests`. */
  request: number;
  /** When it was sent, in ms after the first one; undefined when no times were recorded. */
  atMs?: number;
  /** How long it took until the response was complete, in ms. */
  tookMs?: number;
  /** The folders around it, outermost first: `Orders / Create`. */
  folder?: string;
  /** The statuses that a test of the file expects. */
  expectedStatuses?: readonly number[];
  /** What a journey extracts from its response, by variable. */
  extract?: Readonly<Record<string, Extraction>>;
}

/** The requests of a file or a command, for a scenario that loads the user's own service. */
export interface ImportedRequests {
  name: string;
  requests: readonly Partial<ScenarioRequest>[];
  /** Rows for the placeholders in the requests. */
  data: readonly Readonly<Record<string, string | number | boolean>>[];
  /** Every request in the order of the file, with repetitions. A weight is the number of steps of a request. */
  steps: readonly ImportedStep[];
  /** Notes about what was left out or invented. */
  notes: readonly string[];
  /** The proxy for all requests, in the form of a scenario; direct when undefined. */
  proxy?: string;
  /** Values of responses that later requests send back. Only recordings have responses. */
  correlations?: readonly Correlation[];
}

/** A URL of a file or a command. */
export interface ImportedUrl {
  /** As it is sent: without a fragment, and without userinfo unless that refers to secrets. */
  url: string;
  host: string;
  /** The `Authorization` header for the user and password of the URL. */
  authorization: string | undefined;
}

/**
 * Returns a URL in the form in which it is sent. Throws `usage` or a RangeError when it does not lead to an HTTP
 * server.
 */
export function importedUrl(text: string): ImportedUrl {
  const wire = wireUrl(text);
  const unusable = describeUnusableUrl(text);
  if (unusable !== undefined) throw new RangeError(unusable);
  const { host, authorization } = wire;
  return { url: fullUrl(wire), host, authorization: hasSecretUser(wire) ? undefined : authorization };
}

export type Header = readonly [name: string, value: string];

/** Adds the header for the user in the URL, unless the headers already have one. */
export function withUser(
  headers: readonly Header[],
  { authorization }: Pick<ImportedUrl, 'authorization'>,
): readonly Header[] {
  const isNamed = headers.some(([name]) => name.toLowerCase() === 'authorization');
  return authorization === undefined || isNamed ? headers : [...headers, ['Authorization', authorization]];
}

/** Whether a header with this name exists, ignoring case. */
export function hasHeader(headers: readonly Header[], wanted: string): boolean {
  return headers.some(([name]) => name.toLowerCase() === wanted.toLowerCase());
}

/** The maximum number of requests in a scenario. */
export const maxRequests = 200;
