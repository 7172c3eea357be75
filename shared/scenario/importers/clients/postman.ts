import type { ImportedRequests } from '../importedRequests';
import { RequestCollector } from '../requestCollector';
import { addClientRequest, type ClientAuth, type ClientBody, type Pair } from './clientRequest';
import { withoutJsonComments } from './jsonComments';
import {
  type Auth,
  authValues,
  type Body,
  collectionSchema,
  type Item,
  itemSchema,
  type KeyValue,
  type Request,
  requestSchema,
} from './postmanSchema';
import { readStatusTests } from './statusTests';
import { Variables } from './variables';

/** Returns the collection itself, without the wrapper of an API. */
function collectionIn(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'collection' in value ? value.collection : value;
}

/** Whether a value is a Postman collection, version 2.0 or later. */
export function isPostman(value: unknown): boolean {
  const collection = collectionIn(value);
  return typeof collection === 'object' && collection !== null && 'info' in collection && 'item' in collection;
}

function enabled(list: readonly KeyValue[]): (Pair & KeyValue)[] {
  return list.filter(({ disabled }) => !disabled).map((one) => ({ ...one, name: one.key }));
}

function urlTextOf(url: Exclude<Request['url'], string>): string {
  if (url.raw !== undefined) return url.raw;
  const host = Array.isArray(url.host) ? url.host.join('.') : url.host;
  const segments = Array.isArray(url.path)
    ? url.path.map((part) => (typeof part === 'string' ? part : part.value))
    : [url.path];
  const query = enabled(url.query).map(({ name, value }) => `${name}=${value}`);
  const port = url.port ? `:${url.port}` : '';
  // Without a protocol, it is in the variable of the host, or none.
  const scheme = url.protocol === '' ? '' : `${url.protocol.replace(/:?(?:\/\/)?$/, '')}://`;
  return `${scheme}${host}${port}/${segments.join('/').replace(/^\//, '')}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

const rawTypes: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html',
  javascript: 'application/javascript',
  text: 'text/plain',
};

function bodyOf(body: Body): ClientBody | undefined {
  if (!body || body.disabled) return undefined;
  switch (body.mode) {
    case 'raw': {
      const language = body.options?.raw.language ?? 'text';
      const text = language === 'json' ? withoutJsonComments(body.raw) : body.raw;
      return { kind: 'text', text, contentType: rawTypes[language] };
    }
    case 'urlencoded':
      return { kind: 'form', fields: enabled(body.urlencoded) };
    case 'formdata':
      return {
        kind: 'multipart',
        parts: enabled(body.formdata).map(({ name, value, type, src, contentType }) => ({
          name,
          value,
          contentType,
          file: type === 'file' ? (Array.isArray(src) ? src[0] : src) || name : undefined,
        })),
      };
    case 'graphql':
      return { kind: 'graphql', query: body.graphql?.query ?? '', variables: body.graphql?.variables ?? '' };
    case 'file':
      return { kind: 'file', file: body.file?.src ?? 'without a name' };
    default:
      return undefined;
  }
}

function authOf(auth: Auth): ClientAuth | undefined {
  if (!auth || auth.type === 'noauth') return undefined;
  const values = authValues.catch([]).parse(auth[auth.type]);
  const named = new Map(Array.isArray(values) ? values.map(({ key, value }) => [key, value]) : Object.entries(values));
  const value = (name: string): string => named.get(name) ?? '';
  switch (auth.type) {
    case 'basic':
      return { kind: 'basic', user: value('username'), password: value('password') };
    case 'bearer':
      return { kind: 'bearer', token: value('token') };
    case 'oauth2':
      if (value('addTokenTo') === 'queryParams')
        return { kind: 'key', name: 'access_token', value: value('accessToken') || '{{access_token}}', place: 'query' };
      return { kind: 'bearer', token: value('accessToken'), prefix: value('headerPrefix').trim() };
    case 'apikey':
      return {
        kind: 'key',
        name: value('key') || 'X-API-Key',
        value: value('value'),
        place: value('in') === 'query' ? 'query' : 'header',
      };
    default:
      return { kind: 'other', name: auth.type };
  }
}

function headersOf(header: Request['header']): Pair[] {
  if (typeof header !== 'string') return enabled(header);
  return header.split(/\r?\n/).flatMap((line): Pair[] => {
    const at = line.indexOf(':');
    return at > 0 ? [{ name: line.slice(0, at).trim(), value: line.slice(at + 1).trim() }] : [];
  });
}

/** What a folder passes on to its items. */
interface Inherited {
  folder: string;
  auth: Auth;
  variables: Variables;
  /** Whether GET and HEAD have bodies, which Postman does not send otherwise. */
  sendsAllBodies: boolean;
}

class PostmanReader {
  readonly collector = new RequestCollector();

  /** Reads items in order. Folders pass on their settings. */
  items(items: readonly unknown[], above: Inherited): void {
    for (const value of items) {
      const item = itemSchema.safeParse(value).data;
      if (!item) continue;
      const { tests, script } = this.#events(item);
      if (script) this.collector.note(`Scripts of ${item.name || 'an item'} were not imported.`);
      const variables = above.variables.with(
        enabled(item.variable).map(({ name, value: own }) => [name, own] as const),
      );
      const sendsAllBodies = item.protocolProfileBehavior.disableBodyPruning ?? above.sendsAllBodies;
      const inherited = { ...above, variables, sendsAllBodies };
      if (item.item) {
        const folder = above.folder === '' ? item.name : `${above.folder} / ${item.name}`;
        this.items(item.item, { ...inherited, folder, auth: item.auth ?? above.auth });
      } else if (item.request !== undefined) this.#request(item, inherited, tests);
    }
  }

  #request(
    item: Item,
    { folder, auth, variables, sendsAllBodies }: Inherited,
    expectedStatuses: readonly number[],
  ): void {
    const parsed = requestSchema.safeParse(item.request);
    if (!parsed.success) {
      this.collector.leaveOut('in a form that Postman does not write');
      return;
    }
    const { url, method, header, body, auth: own } = parsed.data;
    const isText = typeof url === 'string';
    const content = bodyOf(body);
    const isPruned = !sendsAllBodies && /^(?:GET|HEAD)$/i.test(method);
    if (isPruned && content)
      this.collector.note(`The body of ${item.name} was left out: Postman does not send it either.`);
    addClientRequest(
      {
        name: item.name,
        folder,
        method,
        url: isText ? url : urlTextOf(url),
        pathParameters: isText ? [] : enabled(url.variable),
        query: [],
        headers: headersOf(header),
        body: isPruned ? undefined : content,
        auth: authOf(own ?? auth),
        expectedStatuses,
      },
      variables,
      this.collector,
    );
  }

  #events({ event }: Pick<Item, 'event'>): { tests: readonly number[]; script: boolean } {
    const read = event.map(({ listen, script }) => {
      const source = Array.isArray(script.exec) ? script.exec.join('\n') : script.exec;
      const { statuses, isAll } = readStatusTests(source);
      return {
        statuses: listen === 'test' ? statuses : [],
        isAll: isAll && (listen === 'test' || source.trim() === ''),
      };
    });
    return { tests: read.flatMap(({ statuses }) => statuses), script: read.some(({ isAll }) => !isAll) };
  }
}

/** Returns the requests of a Postman collection, in order and with their folders. Throws for any other value. */
export function fromPostman(value: unknown): ImportedRequests {
  const collection = collectionSchema.parse(collectionIn(value));
  const reader = new PostmanReader();
  const variables = new Variables(new Map(), reader.collector);
  reader.items([{ ...collection, name: '' }], { folder: '', auth: undefined, variables, sendsAllBodies: false });
  return reader.collector.finish(collection.info.name, 'the collection has no request.');
}
