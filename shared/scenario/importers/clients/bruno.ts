import { z } from 'zod';
import type { ImportedRequests } from '../importedRequests';
import { RequestCollector } from '../requestCollector';
import { addClientRequest, type ClientAuth, type ClientBody, type Pair } from './clientRequest';
import { readStatusTests } from './statusTests';
import { Variables } from './variables';

/*
 * Collections that Bruno exports as JSON, and collections and requests of OpenCollection in YAML, which Bruno writes
 * since version 3 (docs.usebruno.com). Both have the same parts under different names.
 */

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String).catch('');
const pair = z.object({
  name: text,
  value: z.union([text, z.array(z.string())]).catch(''),
  enabled: z.boolean().catch(true),
  disabled: z.boolean().catch(false),
  type: z.string().catch(''),
  contentType: z.string().optional().catch(undefined),
});
type BrunoPair = z.infer<typeof pair>;
const pairs = z.array(pair).catch([]);
const values = z.record(z.string(), text).catch({});
type Authentication = { mode: string; all: Record<string, unknown> };
const authSchema = z
  .union([
    z.string().transform((mode): Authentication => ({ mode, all: {} })),
    z
      .record(z.string(), z.unknown())
      .transform((all): Authentication => ({ mode: String(all.mode ?? all.type ?? 'none'), all })),
  ])
  .catch({ mode: 'inherit', all: {} });
const bodySchema = z
  .looseObject({ mode: z.string().optional(), type: z.string().optional(), data: z.unknown().optional() })
  .catch({});
const requestSchema = z.object({
  url: z.string(),
  method: z.string().catch('GET'),
  headers: pairs,
  params: pairs,
  body: bodySchema,
  auth: authSchema,
  script: z.object({ req: z.string().nullish().catch(''), res: z.string().nullish().catch('') }).catch({}),
  tests: z.string().nullish().catch(''),
  assertions: pairs,
});
type Request = z.infer<typeof requestSchema>;
const itemSchema = z.object({
  type: z.string().catch(''),
  name: text,
  seq: z.number().catch(0),
  info: z
    .object({ name: text, type: z.string().catch(''), seq: z.number().catch(0) })
    .optional()
    .catch(undefined),
  request: z.unknown().optional(),
  http: z.unknown().optional(),
  items: z.array(z.unknown()).optional().catch(undefined),
});
type Item = z.infer<typeof itemSchema>;
const rootSchema = z.object({ request: z.object({ headers: pairs, auth: authSchema }).optional().catch(undefined) });
const collectionSchema = z.object({
  name: text,
  info: z.object({ name: text }).optional().catch(undefined),
  items: z.array(z.unknown()),
  environments: z.array(z.object({ variables: pairs })).catch([]),
  root: rootSchema.catch({}),
  request: z.object({ headers: pairs, auth: authSchema }).optional().catch(undefined),
});

/** Whether a value is a Bruno collection or request. */
export function isBruno(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if ('opencollection' in value) return true;
  if ('http' in value && 'info' in value) return true;
  return 'items' in value && Array.isArray(value.items) && ('name' in value || 'brunoConfig' in value);
}

function enabled(list: readonly BrunoPair[]): (Pair & BrunoPair & { value: string })[] {
  return list
    .filter((one) => one.enabled && !one.disabled)
    .map((one) => ({ ...one, value: Array.isArray(one.value) ? (one.value[0] ?? '') : one.value }));
}

const textTypes: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  text: 'text/plain',
  sparql: 'application/sparql-query',
};

/** Returns the parts of a multipart form. A file is a list of paths, or has the type `file`. */
function partsOf(list: readonly BrunoPair[]): Extract<ClientBody, { kind: 'multipart' }>['parts'] {
  return enabled(list).map(({ name, value, type, contentType }) => ({
    name,
    value,
    contentType: contentType || undefined,
    file: type === 'file' ? value || name : undefined,
  }));
}

function bodyOf(body: Request['body']): ClientBody | undefined {
  const mode = body.mode ?? body.type ?? 'none';
  const content = (name: string): unknown => body.data ?? body[name];
  if (Object.hasOwn(textTypes, mode))
    return { kind: 'text', text: text.parse(content(mode)), contentType: textTypes[mode] };
  if (/^form-?urlencoded$/i.test(mode))
    return { kind: 'form', fields: enabled(pairs.parse(content('formUrlEncoded'))) };
  if (/^multipart-?form$/i.test(mode))
    return { kind: 'multipart', parts: partsOf(pairs.parse(content('multipartForm'))) };
  if (mode === 'graphql') {
    const { query = '', variables = '' } = values.parse(content('graphql'));
    return { kind: 'graphql', query, variables };
  }
  return mode === 'file' ? { kind: 'file', file: 'that Bruno names' } : undefined;
}

function authOf({ mode, all }: Authentication): ClientAuth | undefined {
  if (mode === 'none' || mode === 'inherit') return undefined;
  const own = values.parse(all[mode] ?? all);
  const value = (name: string): string => own[name] ?? '';
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

interface Inherited {
  folder: string;
  auth: ClientAuth | undefined;
  headers: readonly Pair[];
}

class BrunoReader {
  readonly collector = new RequestCollector();
  readonly #variables: Variables;

  constructor(known: ReadonlyMap<string, string>) {
    this.#variables = new Variables(known, this.collector);
  }

  items(list: readonly unknown[], above: Inherited): void {
    const parsed = list.map((value) => itemSchema.safeParse(value).data).filter((item) => item !== undefined);
    const seqOf = ({ seq, info }: Item): number => info?.seq ?? seq;
    for (const item of parsed.sort((a, b) => seqOf(a) - seqOf(b))) {
      const name = item.info?.name ?? item.name;
      if (item.items)
        this.items(item.items, { ...above, folder: above.folder === '' ? name : `${above.folder} / ${name}` });
      else this.#request(name, item.http ?? item.request, above);
    }
  }

  #request(name: string, value: unknown, { folder, auth, headers }: Inherited): void {
    const parsed = requestSchema.safeParse(value);
    if (!parsed.success) {
      this.collector.leaveOut('not over HTTP');
      return;
    }
    const request = parsed.data;
    const tested = readStatusTests(request.tests ?? '');
    const asserted = assertedStatuses(enabled(request.assertions));
    const hasScript = [request.script.req, request.script.res].some((script) => (script ?? '').trim() !== '');
    if (hasScript || !tested.isAll || !asserted.isAll)
      this.collector.note(`Scripts or tests of ${name} were not taken over.`);
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
        headers: [...headers, ...enabled(request.headers)],
        body: bodyOf(request.body),
        auth: request.auth.mode === 'none' ? undefined : (authOf(request.auth) ?? auth),
        expectedStatuses: [...tested.statuses, ...asserted.statuses],
      },
      this.#variables,
      this.collector,
    );
  }
}

/** Returns the requests of a Bruno collection, or its single request. Throws for any other value. */
export function fromBruno(value: unknown): ImportedRequests {
  const isOne = typeof value === 'object' && value !== null && !('items' in value);
  const collection = collectionSchema.parse(isOne ? { items: [value] } : value);
  const [environment] = collection.environments;
  const known = enabled(environment?.variables ?? []).map(({ name, value: own }): [string, string] => [name, own]);
  const reader = new BrunoReader(new Map(known));
  const root = collection.root.request ?? collection.request;
  reader.items(collection.items, {
    folder: '',
    auth: root && authOf(root.auth),
    headers: root ? enabled(root.headers) : [],
  });
  return reader.collector.finish(collection.info?.name || collection.name, 'the collection has no HTTP request.');
}
