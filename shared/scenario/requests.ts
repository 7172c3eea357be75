import { z } from 'zod';
import { httpMethods } from '../run/target';
import { redactText } from '../secrets/redact';
import { type AuthFields, authSchema, authTexts } from './auth';
import { type EncodingFields, encodingFields } from './contentEncoding';
import { redirectsSchema } from './redirects';
import { type BodyFields, bodyFields, bodyTexts } from './requestBody';
import { unknownPlaceholders } from './template';

export const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'must be a header name');
export const oneLine = z.string().regex(/^[^\r\n\0]*$/, 'must be one line');

/** What something is called whose figures are kept; metrics have it between braces. */
export const label = z.string().regex(/^[^{}]{1,80}$/, 'must be 1 to 80 characters without braces');
/** What a placeholder may be called. */
export const placeholderName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]*$/, 'must be a name');

/** A request of a scenario. URL, headers and body may have placeholders such as `{{customer}}`. */
export const scenarioRequestSchema = z.strictObject({
  /** Under which its latencies are kept; the method and the path when it is left out. */
  name: label.optional(),
  weight: z.number().positive().max(1_000_000).default(1),
  method: z.enum(httpMethods).default('GET'),
  /** In full, or a path on the server that the run names. Placeholders stand in path and query only. */
  url: oneLine.min(1),
  headers: z.record(headerName, oneLine).default({}),
  ...bodyFields,
  ...encodingFields,
  /** How it says who sends it. */
  auth: authSchema.optional(),
  /** How many redirects are followed, each as a request of its own; none unless it says so. */
  redirects: redirectsSchema.optional(),
  /** Whether an answer with a redirect is a success; else, and where it is not followed, a failure: `redirected`. */
  expectRedirect: z.boolean().optional(),
});
export type ScenarioRequest = z.infer<typeof scenarioRequestSchema>;
/** What is sent, wherever it stands in a scenario. */
export type RequestFields = Pick<ScenarioRequest, 'name' | 'method' | 'url' | 'headers'> &
  BodyFields &
  EncodingFields &
  AuthFields;

/** Rows whose columns fill the placeholders, one row per iteration in turn. */
export const dataSchema = z
  .array(z.record(placeholderName, z.union([oneLine.max(100_000), z.number(), z.boolean()])))
  .max(1_000_000);
export type DataRows = z.infer<typeof dataSchema>;

/** The columns that every row has. */
export function commonColumns(rows: DataRows): Set<string> {
  const [first = {}, ...others] = rows;
  return new Set(Object.keys(first).filter((column) => others.every((row) => Object.hasOwn(row, column))));
}

/** All texts of a request that may have placeholders. */
export function textsOf(request: RequestFields): string[] {
  return [request.url, ...Object.values(request.headers), ...bodyTexts(request), ...authTexts(request)];
}

/** The placeholders of requests that not every row of the data fills, one line each. */
export function describeMissingData(requests: readonly ScenarioRequest[], rows: DataRows): string[] {
  const columns = commonColumns(rows);
  return requests.flatMap((request) =>
    textsOf(request)
      .flatMap((text) => unknownPlaceholders(text, columns))
      .map((name) => `${request.url} needs {{${name}}}, which not every row of "data" has`),
  );
}

/** Whether a status sends the client to another place; 304 sends it to its own cache (RFC 9110, 15.4). */
export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400 && status !== 304;
}

/** The name under which a request's latencies are kept, without the secrets that may stand in it. */
export function requestName({ name, method, url }: Pick<ScenarioRequest, 'name' | 'method' | 'url'>): string {
  if (name !== undefined) return redactText(name).slice(0, 80);
  const path =
    redactText(url)
      .replace(/^https?:\/\/[^/?#]*/, '')
      .replace(/[?#].*$/, '') || '/';
  return `${method} ${path.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, ':$1').replace(/[{}]/g, '')}`.slice(0, 80);
}
