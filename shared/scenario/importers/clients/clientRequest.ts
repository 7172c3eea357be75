import { basicAuthorization } from '../../../http/wireUrl';
import { secretReferenceTo } from '../../../secrets/reference';
import { isRedirect } from '../../requests';
import { type Header, hasHeader } from '../importedRequests';
import { baseName, type FormPart, multipartForm, percentEncoded } from '../multipart';
import type { RequestCollector } from '../requestCollector';
import type { Variables } from './variables';

/* A request of an API client. Postman, Insomnia, Bruno and .http files write it differently. */

export interface Pair {
  name: string;
  value: string;
}

export type ClientBody =
  | { kind: 'text'; text: string; contentType?: string | undefined }
  | { kind: 'form'; fields: readonly Pair[] }
  | { kind: 'multipart'; parts: readonly (Pair & { file?: string | undefined; contentType?: string | undefined })[] }
  | { kind: 'graphql'; query: string; variables: string }
  | { kind: 'file'; file: string };

export type ClientAuth =
  | { kind: 'basic'; user: string; password: string }
  | { kind: 'bearer'; token: string; prefix?: string | undefined }
  | { kind: 'key'; name: string; value: string; place: 'header' | 'query' | 'cookie' }
  /** An unsupported authentication, by name. */
  | { kind: 'other'; name: string };

export interface ClientRequest {
  name: string;
  folder?: string | undefined;
  method: string;
  url: string;
  /** Parts of the path in the form `:name`. */
  pathParameters: readonly Pair[];
  /** Pairs that are added to the query of the URL. */
  query: readonly Pair[];
  headers: readonly Pair[];
  body: ClientBody | undefined;
  auth: ClientAuth | undefined;
  expectedStatuses: readonly number[];
}

/** Encodes a text without its placeholders. */
function encodedAround(text: string, encode: (part: string) => string): string {
  // Placeholders have odd indexes.
  return text
    .split(/(\{\{[^{}]*\}\})/)
    .map((part, at) => (at % 2 === 0 ? encode(part) : part))
    .join('');
}

function pairsText(pairs: readonly Pair[], fill: (text: string) => string): string {
  return pairs
    .map(
      ({ name, value }) => `${encodedAround(fill(name), percentEncoded)}=${encodedAround(fill(value), percentEncoded)}`,
    )
    .join('&');
}

const variable = String.raw`\{\{[^{}]{1,200}\}\}`;
/** A server of which a variable is a part: `{{base}}`, `{{scheme}}://{{host}}:{{port}}`, `https://{{zone}}.example.com`. */
const variableServer = new RegExp(
  String.raw`^(?:(?:https?|${variable})://)?(?:[\w.-]*${variable}(?:\.[\w.-]*)?|[\w.-]+(?=:\{))(?::(?:\d+|${variable}))?(?=$|[/?#])`,
  'i',
);

/** Returns the absolute URL, or a path when the server is a variable without a value. */
function urlOf(
  request: ClientRequest,
  variables: Variables,
  added: readonly Pair[],
  collector: RequestCollector,
): string {
  const fill = (text: string): string => variables.fill(text);
  let url = variables.known(request.url.trim());
  const [server = ''] = variableServer.exec(url) ?? [];
  if (server !== '') {
    collector.note(`${server} stands for a server and has no value in the file: name the server as the target.`);
    const path = url.slice(server.length);
    url = path.startsWith('/') ? path : `/${path}`;
  } else if (!/^(?:[a-z][a-z0-9+.-]*:\/\/|\/)/i.test(url)) url = `http://${url}`;
  const values = new Map(request.pathParameters.map(({ name, value }) => [name, value]));
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(url) ?? [];
  const withParameters = path.replace(/(?<=\/):([\w.-]+)/g, (all, name: string) => {
    const value = values.get(name);
    return value === undefined ? all : encodedAround(fill(value || `{{${name}}}`), percentEncoded);
  });
  const filledPath = fill(withParameters);
  const query = pairsText([...request.query, ...added], fill);
  const [, own = '', fragment = ''] = /^([^#]*)(.*)$/s.exec(fill(rest)) ?? [];
  const mark = own.includes('?') ? '&' : '?';
  return `${filledPath}${own}${query === '' ? '' : `${mark}${query}`}${fragment}`;
}

/** Returns the headers and query parameters of an authentication. */
function credentialsOf(
  auth: ClientAuth,
  fill: (text: string) => string,
  collector: RequestCollector,
): { headers: Header[]; query: Pair[] } {
  switch (auth.kind) {
    case 'basic': {
      const credentials = `${fill(auth.user)}:${fill(auth.password)}`;
      if (!credentials.includes('{{'))
        return { headers: [['Authorization', basicAuthorization(credentials)]], query: [] };
      collector.note('Requests need the secret BASIC_AUTH: user:password in base64.');
      return { headers: [['Authorization', `Basic ${secretReferenceTo('BASIC_AUTH')}`]], query: [] };
    }
    case 'bearer': {
      const token = fill(auth.token);
      if (token === '') collector.note('Requests need the secret TOKEN: the file has none.');
      const value = token === '' ? secretReferenceTo('TOKEN') : token;
      return { headers: [['Authorization', `${auth.prefix || 'Bearer'} ${value}`]], query: [] };
    }
    case 'key': {
      const [name, value] = [fill(auth.name), fill(auth.value)];
      if (auth.place === 'query') return { headers: [], query: [auth] };
      return { headers: [auth.place === 'cookie' ? ['Cookie', `${name}=${value}`] : [name, value]], query: [] };
    }
    case 'other':
      collector.note(
        `The authentication ${auth.name.slice(0, 40)} was left out: write a header if the server takes one.`,
      );
      return { headers: [], query: [] };
  }
}

function graphqlText(query: string, variables: string): string {
  let values: unknown;
  try {
    values = JSON.parse(variables || '{}');
  } catch {
    values = {};
  }
  return JSON.stringify({ query, variables: values });
}

function bodyOf(
  body: ClientBody,
  fill: (text: string) => string,
  collector: RequestCollector,
): { body: string; contentType: string | undefined } {
  switch (body.kind) {
    case 'text':
      return { body: fill(body.text), contentType: body.contentType };
    case 'form':
      return { body: pairsText(body.fields, fill), contentType: 'application/x-www-form-urlencoded' };
    case 'graphql':
      return { body: fill(graphqlText(body.query, body.variables)), contentType: 'application/json' };
    case 'multipart':
      return multipartForm(
        body.parts.map(({ name, value, file, contentType }): FormPart => {
          if (file !== undefined) fileNote(file, collector);
          if (file === undefined) return { name: fill(name), value: fill(value), contentType };
          return { name: fill(name), value: '', fileName: baseName(file), contentType };
        }),
      );
    case 'file':
      fileNote(body.file, collector);
      return { body: '', contentType: 'application/octet-stream' };
  }
}

function fileNote(file: string, collector: RequestCollector): void {
  collector.note(`A part of a request comes from the file ${file}, which was not read: write it into the request.`);
}

/** Adds a request of an API client. What cannot be imported is noted. */
export function addClientRequest(request: ClientRequest, variables: Variables, collector: RequestCollector): void {
  const fill = (text: string): string => variables.fill(text);
  const headers = request.headers.map(({ name, value }): Header => [fill(name), fill(value)]);
  const credentials = request.auth ? credentialsOf(request.auth, fill, collector) : { headers: [], query: [] };
  for (const [name, value] of credentials.headers)
    if (name === 'Cookie' || !hasHeader(headers, name)) headers.push([name, value]);
  const content = request.body && bodyOf(request.body, fill, collector);
  const isForm = request.body?.kind === 'multipart';
  const named = isForm ? headers.filter(([name]) => name.toLowerCase() !== 'content-type') : headers;
  if (content?.contentType !== undefined && !hasHeader(named, 'content-type'))
    named.push(['Content-Type', content.contentType]);
  const { expectedStatuses, folder } = request;
  const failing = expectedStatuses.filter((status) => status >= 400);
  if (failing.length > 0)
    collector.note(
      `${request.name} expects the status ${failing.join(', ')}, which counts as a failure of a single request.`,
    );
  collector.add(
    {
      name: request.name,
      method: request.method,
      url: urlOf(request, variables, credentials.query, collector),
      headers: named,
      body: content?.body,
      expectRedirect: expectedStatuses.some(isRedirect),
    },
    {
      ...(folder ? { folder } : {}),
      ...(expectedStatuses.length > 0 ? { expectedStatuses } : {}),
    },
  );
}
