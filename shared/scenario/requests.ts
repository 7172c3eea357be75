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

/** The name of something that is measured. Metrics have it between braces, so it cannot contain any. */
export const label = z.string().regex(/^[^{}]{1,80}$/, 'must be 1 to 80 characters without braces');
/** The name of a placeholder. */
export const placeholderName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]*$/, 'must be a name');

/** A request of a scenario. URL, headers and body can contain placeholders such as `{{customer}}`. */
export const scenarioRequestSchema = z.strictObject({
  /** The name under which latencies are recorded; by default the method and the path. */
  name: label.optional(),
  weight: z.number().positive().max(1_000_000).default(1),
  method: z.enum(httpMethods).default('GET'),
  /** An absolute URL, or a path on the server of the run. Only the path and the query can have placeholders. */
  url: oneLine.min(1),
  headers: z.record(headerName, oneLine).default({}),
  ...bodyFields,
  ...encodingFields,
  /** The authentication of the request. */
  auth: authSchema.optional(),
  /** The maximum number of redirects, each sent as a separate request. By default none is followed. */
  redirects: redirectsSchema.optional(),
  /** Whether a redirect response is a success. Otherwise a redirect that is not followed fails as `redirected`. */
  expectRedirect: z.boolean().optional(),
});
export type ScenarioRequest = z.infer<typeof scenarioRequestSchema>;
/** What is sent, in any part of a scenario. */
export type RequestFields = Pick<ScenarioRequest, 'name' | 'method' | 'url' | 'headers'> &
  BodyFields &
  EncodingFields &
  AuthFields;

/** Rows whose columns fill the placeholders, one row per iteration in turn. */
export const dataSchema = z
  .array(z.record(placeholderName, z.union([oneLine.max(100_000), z.number(), z.boolean()])))
  .max(1_000_000);
export type DataRows = z.infer<typeof dataSchema>;

/** Returns the columns that every row has. */
export function commonColumns(rows: DataRows): Set<string> {
  const [first = {}, ...others] = rows;
  return new Set(Object.keys(first).filter((column) => others.every((row) => Object.hasOwn(row, column))));
}

/** Returns all texts of a request that can contain placeholders. */
export function textsOf(request: RequestFields): string[] {
  return [request.url, ...Object.values(request.headers), ...bodyTexts(request), ...authTexts(request)];
}

/** Returns the placeholders that some row of the data does not fill, one line each. */
export function describeMissingData(requests: readonly ScenarioRequest[], rows: DataRows): string[] {
  const columns = commonColumns(rows);
  return requests.flatMap((request) =>
    textsOf(request)
      .flatMap((text) => unknownPlaceholders(text, columns))
      .map((name) => `${request.url} needs {{${name}}}, which not every row of "data" has`),
  );
}

/** Whether a status redirects the client. 304 refers it to its own cache instead (RFC 9110, 15.4). */
export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400 && status !== 304;
}

/** Returns the name under which the latencies of a request are recorded, without secrets. */
export function requestName({ name, method, url }: Pick<ScenarioRequest, 'name' | 'method' | 'url'>): string {
  if (name !== undefined) return redactText(name).slice(0, 80);
  const path =
    redactText(url)
      .replace(/^https?:\/\/[^/?#]*/, '')
      .replace(/[?#].*$/, '') || '/';
  return `${method} ${path.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, ':$1').replace(/[{}]/g, '')}`.slice(0, 80);
}
