import { z } from 'zod';
import type { ImportedRequests } from '../importedRequests';
import { RequestCollector } from '../requestCollector';
import {
  type Authentication,
  bodySchema,
  collectionSchema,
  type Defaults,
  defaultsOf,
  type EnabledPair,
  enabled,
  type Item,
  itemSchema,
  pairs,
  type Request,
  requestSchema,
  text,
  values,
} from './brunoSchema';
import { addClientRequest, type ClientAuth, type ClientBody, type Pair } from './clientRequest';
import { withoutJsonComments } from './jsonComments';
import { readStatusTests } from './statusTests';
import { noteEnvironments, Variables } from './variables';

/** Whether a value is a Bruno collection or request. */
export function isBruno(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if ('opencollection' in value) return true;
  if (('http' in value || 'graphql' in value) && 'info' in value) return true;
  return 'items' in value && Array.isArray(value.items) && ('name' in value || 'brunoConfig' in value);
}

const textTypes: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  text: 'text/plain',
  sparql: 'application/sparql-query',
};

/** Returns the parts of a multipart form. A file is a list of paths, or has the type `file`. */
function partsOf(list: readonly EnabledPair[]): Extract<ClientBody, { kind: 'multipart' }>['parts'] {
  return list.map(({ name, value, type, contentType }) => ({
    name,
    value,
    contentType: contentType || undefined,
    file: type === 'file' ? value || name : undefined,
  }));
}

function bodyOf(body: Request['body']): ClientBody | undefined {
  const mode = body.mode ?? body.type ?? 'none';
  const content = (name: string): unknown => body.data ?? body[name];
  if (Object.hasOwn(textTypes, mode)) {
    const written = text.parse(content(mode));
    return {
      kind: 'text',
      text: mode === 'json' ? withoutJsonComments(written) : written,
      contentType: textTypes[mode],
    };
  }
  if (/^form-?urlencoded$/i.test(mode))
    return { kind: 'form', fields: enabled(pairs.parse(content('formUrlEncoded'))) };
  if (/^multipart-?form$/i.test(mode))
    return { kind: 'multipart', parts: partsOf(enabled(pairs.parse(content('multipartForm')))) };
  if (mode === 'graphql') {
    const { query = '', variables = '' } = values.parse(content('graphql'));
    return { kind: 'graphql', query, variables };
  }
  return mode === 'file' ? { kind: 'file', file: 'that Bruno names' } : undefined;
}

/** Returns the authentication of a mode of Bruno, other than `none` and `inherit`. `value` returns '' for a missing field. */
export function brunoAuth(mode: string, value: (name: string) => string): ClientAuth {
  if (mode === 'basic') return { kind: 'basic', user: value('username'), password: value('password') };
  if (mode === 'bearer') return { kind: 'bearer', token: value('token') };
  if (mode !== 'apikey') return { kind: 'other', name: mode };
  return {
    kind: 'key',
    name: value('key'),
    value: value('value'),
    place: /query/i.test(value('placement')) ? 'query' : 'header',
  };
}

function authOf({ mode, all }: Authentication, above: ClientAuth | undefined): ClientAuth | undefined {
  if (mode === 'none') return undefined;
  if (mode === 'inherit') return above;
  const own = values.parse(all[mode] ?? all);
  return brunoAuth(mode, (name) => own[name] ?? '');
}

/** Returns the statuses of Bruno assertions such as `res.status: eq 200`. */
export function assertedStatuses(assertions: readonly Pair[]): { statuses: number[]; isAll: boolean } {
  const own = assertions.filter(({ name }) => name.trim() === 'res.status');
  const statuses = own.flatMap(
    ({ value }) => /^\s*(?:eq\s+|in\s+)?\[?([\d,\s]+)\]?\s*$/.exec(value)?.[1]?.split(',').map(Number) ?? [],
  );
  return {
    statuses: statuses.filter((status) => status >= 100),
    isAll: own.length === assertions.length && statuses.length >= own.length,
  };
}

/** The request of an item: over HTTP, or GraphQL, which is a POST over HTTP. */
function requestOf({ http, graphql, request }: Item): Request | undefined {
  const own = z.looseObject({ body: bodySchema }).safeParse(graphql);
  const value = own.success
    ? { method: 'POST', ...own.data, body: { mode: 'graphql', graphql: own.data.body } }
    : (http ?? request);
  return requestSchema.safeParse(value).data;
}

const isWritten = (code: string | null | undefined): boolean => (code ?? '').trim() !== '';

/** The scripts, tests and variables of a request, which OpenCollection writes beside it. */
function scriptsOf({ script, tests, assertions, vars }: Request, { runtime }: Item) {
  const isTest = ({ type }: { type: string }): boolean => type === 'tests';
  return {
    tests: [tests ?? '', ...runtime.scripts.filter(isTest).map(({ code }) => code)].join('\n'),
    asserted: [
      ...enabled(assertions),
      ...runtime.assertions
        .filter(({ disabled }) => !disabled)
        .map(({ expression, operator, value }) => ({ name: expression, value: `${operator} ${value}` })),
    ],
    hasScript: [script.req, script.res, ...runtime.scripts.filter((one) => !isTest(one)).map(({ code }) => code)].some(
      isWritten,
    ),
    variables: [...enabled(vars.req), ...enabled(runtime.variables)],
    takesFromResponse: enabled(vars.res).length > 0 || runtime.actions.some(({ disabled }) => !disabled),
  };
}

interface Inherited {
  folder: string;
  auth: ClientAuth | undefined;
  headers: readonly Pair[];
  variables: Variables;
}

/** Returns the headers with those of the same name replaced. */
function withHeaders(above: readonly Pair[], own: readonly Pair[]): Pair[] {
  const names = new Set(own.map(({ name }) => name.toLowerCase()));
  return [...above.filter(({ name }) => !names.has(name.toLowerCase())), ...own];
}

const entriesOf = (list: readonly Pair[]): [string, string][] =>
  list.map(({ name, value }): [string, string] => [name, value]);

class BrunoReader {
  readonly collector: RequestCollector;

  constructor(collector: RequestCollector) {
    this.collector = collector;
  }

  items(list: readonly unknown[], above: Inherited): void {
    const parsed = list.map((value) => itemSchema.safeParse(value).data).filter((item) => item !== undefined);
    const seqOf = ({ seq, info }: Item): number => info?.seq ?? seq;
    for (const item of parsed.sort((a, b) => seqOf(a) - seqOf(b))) {
      const name = item.info?.name ?? item.name;
      if (item.items) {
        const folder = above.folder === '' ? name : `${above.folder} / ${name}`;
        this.items(item.items, { ...this.below(above, defaultsOf(item), `the folder ${name}`), folder });
      } else this.#request(name, item, above);
    }
  }

  /** Returns what is passed on below a collection or a folder. */
  below(above: Inherited, defaults: Defaults | undefined, name: string): Inherited {
    if (!defaults) return above;
    const { headers, auth, vars, variables, script, tests, scripts } = defaults;
    if ([script.req, script.res, tests, ...scripts.map(({ code }) => code)].some(isWritten))
      this.collector.note(`Scripts or tests of ${name} were not imported.`);
    return {
      ...above,
      auth: authOf(auth, above.auth),
      headers: withHeaders(above.headers, enabled(headers)),
      variables: above.variables.with(entriesOf([...enabled(vars.req), ...enabled(variables)])),
    };
  }

  #request(name: string, item: Item, { folder, auth, headers, variables }: Inherited): void {
    const request = requestOf(item);
    if (!request || /^(?:grpc|ws|websocket|js)\b/.test(item.info?.type || item.type)) {
      this.collector.leaveOut('not over HTTP');
      return;
    }
    const own = scriptsOf(request, item);
    const tested = readStatusTests(own.tests);
    const asserted = assertedStatuses(own.asserted);
    if (own.hasScript || !tested.isAll || !asserted.isAll)
      this.collector.note(`Scripts or tests of ${name} were not imported.`);
    if (own.takesFromResponse)
      this.collector.note(`Variables that ${name} takes from its response were not imported: extract them.`);
    // The URL contains the query as well.
    const isInUrl = request.url.includes('?');
    addClientRequest(
      {
        name,
        folder,
        method: request.method,
        url: request.url,
        pathParameters: enabled(request.params).filter(({ type }) => type === 'path'),
        query: isInUrl ? [] : enabled(request.params).filter(({ type }) => type !== 'path'),
        headers: withHeaders(headers, enabled(request.headers)),
        body: bodyOf(request.body),
        auth: authOf(request.auth, auth),
        expectedStatuses: [...tested.statuses, ...asserted.statuses],
      },
      variables.with(entriesOf(own.variables)),
      this.collector,
    );
  }
}

/** Returns the requests of a Bruno collection, or its single request. Throws for any other value. */
export function fromBruno(value: unknown): ImportedRequests {
  const isOne = typeof value === 'object' && value !== null && !('items' in value);
  const collection = collectionSchema.parse(isOne ? { items: [value] } : value);
  const environments = [...collection.environments, ...collection.config.environments];
  const known = enabled(environments[0]?.variables ?? []);
  const collector = new RequestCollector();
  noteEnvironments(
    environments.map(({ name }) => name),
    collector,
  );
  const secrets = new Set(known.filter(({ secret }) => secret).map(({ name }) => name));
  // A variable of the environment replaces one of the collection.
  const reader = new BrunoReader(collector);
  const variables = new Variables(new Map(), collector, secrets);
  const root = reader.below(
    { folder: '', auth: undefined, headers: [], variables },
    defaultsOf(collection),
    'the collection',
  );
  reader.items(collection.items, { ...root, variables: root.variables.with(entriesOf(known)) });
  return collector.finish(collection.info?.name || collection.name, 'the collection has no HTTP request.');
}
