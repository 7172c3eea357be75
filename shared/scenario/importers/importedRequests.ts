import { fullUrl, hasSecretUser, wireUrl } from '../../http/wireUrl';
import type { Extraction } from '../journeys';
import type { ScenarioRequest } from '../requests';
import { describeUnusableUrl } from '../requestUrl';
import type { Correlation } from './correlation/correlation';

/** A request in the order in which it was recorded or written down. */
export interface ImportedStep {
  /** Its place among the requests. */
  request: number;
  /** When it was sent, in ms after the first one; undefined where no moments were recorded. */
  atMs?: number;
  /** How long it took until the answer was there, in ms. */
  tookMs?: number;
  /** The folders that it stands in, the outermost first: `Orders / Create`. */
  folder?: string;
  /** The statuses that a test of the file expects. */
  expectedStatuses?: readonly number[];
  /** What a journey takes from its answer, by variable. */
  extract?: Readonly<Record<string, Extraction>>;
}

/** The requests of a file or a command, for a scenario of one's own. */
export interface ImportedRequests {
  name: string;
  requests: readonly Partial<ScenarioRequest>[];
  /** Rows for the placeholders in the requests. */
  data: readonly Readonly<Record<string, string | number | boolean>>[];
  /** Every request in the order of the file, as often as it stands there; a weight is the number of its steps. */
  steps: readonly ImportedStep[];
  /** What was left out or made up. */
  notes: readonly string[];
  /** Values of answers that later requests send back; only recordings have answers. */
  correlations?: readonly Correlation[];
}

/** A URL of a file or a command. */
export interface ImportedUrl {
  /** As it goes over the wire, without a fragment, and without a user but for one that refers to secrets. */
  url: string;
  host: string;
  /** What user and password of the URL are in a header. */
  authorization: string | undefined;
}

/** The URL in its wire form. Throws `usage` or a RangeError for one that goes to no http(s) server. */
export function importedUrl(text: string): ImportedUrl {
  const wire = wireUrl(text);
  const unusable = describeUnusableUrl(text);
  if (unusable !== undefined) throw new RangeError(unusable);
  const { host, authorization } = wire;
  return { url: fullUrl(wire), host, authorization: hasSecretUser(wire) ? undefined : authorization };
}

export type Header = readonly [name: string, value: string];

/** Headers with the one for the user in the URL, unless it is there: a header that is named goes before. */
export function withUser(
  headers: readonly Header[],
  { authorization }: Pick<ImportedUrl, 'authorization'>,
): readonly Header[] {
  const isNamed = headers.some(([name]) => name.toLowerCase() === 'authorization');
  return authorization === undefined || isNamed ? headers : [...headers, ['Authorization', authorization]];
}

/** Whether one of the headers has this name, in any case. */
export function hasHeader(headers: readonly Header[], wanted: string): boolean {
  return headers.some(([name]) => name.toLowerCase() === wanted.toLowerCase());
}

/** More requests than a scenario has. */
export const maxRequests = 200;
