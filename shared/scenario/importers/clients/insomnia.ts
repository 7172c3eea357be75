import { z } from 'zod';
import type { ImportedRequests } from '../importedRequests';
import { RequestCollector } from '../requestCollector';
import { addClientRequest, type ClientAuth, type ClientBody, type Pair } from './clientRequest';
import {
  type Auth,
  type KeyValue,
  type Node,
  nodeSchema,
  type Request,
  type Resource,
  requestSchema,
  text,
  version4Schema,
  version5Schema,
} from './insomniaSchema';
import { readStatusTests } from './statusTests';
import { Variables } from './variables';

/** Whether a value is an Insomnia export with requests. */
export function isInsomnia(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if ('_type' in value && value._type === 'export') return true;
  return 'type' in value && /^(?:collection|spec)\.insomnia\.rest\/5/.test(String(value.type)) && 'collection' in value;
}

/** Yields values by name; nested values have names such as `outer.inner`. */
function* namedValues(values: Readonly<Record<string, unknown>>, before = '', depth = 0): Generator<[string, string]> {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'object' || value === null) yield [`${before}${name}`, String(value ?? '')];
    else if (depth < 5) yield* namedValues({ ...value }, `${before}${name}.`, depth + 1);
  }
}

function enabled(list: readonly KeyValue[]): KeyValue[] {
  return list.filter(({ disabled, name }) => !disabled && name !== '');
}

function bodyOf({ mimeType, text: content, params, fileName }: Request['body']): ClientBody | undefined {
  if (/^multipart\//i.test(mimeType))
    return {
      kind: 'multipart',
      parts: enabled(params).map(({ name, value, type, fileName: file }) => ({
        name,
        value,
        file: type === 'file' ? file || name : undefined,
      })),
    };
  if (/^application\/x-www-form-urlencoded/i.test(mimeType) && content === undefined)
    return { kind: 'form', fields: enabled(params) };
  if (fileName) return { kind: 'file', file: fileName };
  if (content === undefined || (content === '' && mimeType === '')) return undefined;
  // A GraphQL query is kept as the JSON that is sent.
  return {
    kind: 'text',
    text: content,
    contentType: mimeType === 'application/graphql' ? 'application/json' : mimeType || undefined,
  };
}

const texts = z.record(z.string(), text);

function authOf(auth: Auth): ClientAuth | undefined {
  const type = String(auth?.type ?? 'none');
  if (!auth || auth.disabled === true || type === 'none' || type === 'inherit') return undefined;
  const values = texts.parse(auth);
  const value = (name: string): string => values[name] ?? '';
  if (type === 'basic') return { kind: 'basic', user: value('username'), password: value('password') };
  if (type === 'bearer') return { kind: 'bearer', token: value('token'), prefix: value('prefix') };
  if (type === 'oauth2') return { kind: 'bearer', token: value('accessToken'), prefix: value('tokenPrefix') };
  if (type !== 'apikey') return { kind: 'other', name: type };
  const place = value('addTo') === 'queryParams' ? 'query' : value('addTo') === 'cookie' ? 'cookie' : 'header';
  return { kind: 'key', name: value('key'), value: value('value'), place };
}

/** Only Insomnia can evaluate template tags such as `{% response 'body' %}`. */
function withoutTags(value: string, collector: RequestCollector): string {
  return value.replace(/\{%-?\s*([^%]{1,500}?)\s*-?%\}/g, (_all, tag: string) => {
    collector.note(`The tag ${tag.slice(0, 40)} was left out: write a value in its place.`);
    return '';
  });
}

interface Inherited {
  folder: string;
  auth: ClientAuth | undefined;
  variables: Variables;
}

class InsomniaReader {
  readonly collector = new RequestCollector();

  /** Reads folders and requests in the order in which Insomnia displays them. */
  nodes(values: readonly unknown[], above: Inherited): void {
    const nodes = values.map((value) => nodeSchema.safeParse(value).data).filter((node) => node !== undefined);
    const keyOf = (node: Node): number => node.metaSortKey ?? node.meta.sortKey ?? 0;
    for (const node of nodes.sort((a, b) => keyOf(a) - keyOf(b))) {
      if (!node.children) this.#request(node, above);
      else
        this.nodes(node.children, {
          folder: above.folder === '' ? node.name : `${above.folder} / ${node.name}`,
          auth: authOf(node.authentication) ?? above.auth,
          variables: above.variables.with(namedValues(node.environment)),
        });
    }
  }

  #request(node: Node, { folder, auth, variables }: Inherited): void {
    const parsed = requestSchema.safeParse(node);
    if (!parsed.success) {
      this.collector.leaveOut('not over HTTP');
      return;
    }
    const request = parsed.data;
    const bare = (value: string): string => withoutTags(value, this.collector);
    const bareAll = (list: readonly KeyValue[]): Pair[] =>
      enabled(list).map(({ name, value }) => ({ name, value: bare(value) }));
    const { statuses, isAll } = readStatusTests(request.afterResponseScript || request.scripts.afterResponse);
    if (!isAll || request.preRequestScript.trim() !== '' || request.scripts.preRequest.trim() !== '')
      this.collector.note(`Scripts of ${request.name} were not taken over.`);
    const body = bodyOf(request.body);
    addClientRequest(
      {
        name: request.name,
        folder,
        method: request.method,
        url: bare(request.url),
        pathParameters: bareAll(request.pathParameters),
        query: bareAll(request.parameters),
        headers: bareAll(request.headers),
        body: body?.kind === 'text' ? { ...body, text: bare(body.text) } : body,
        auth: request.authentication?.type === 'none' ? undefined : (authOf(request.authentication) ?? auth),
        expectedStatuses: statuses,
      },
      variables,
      this.collector,
    );
  }
}

/**
 * Builds a tree from a list of resources, which refer to their parents. A resource that is its own ancestor is left
 * out.
 */
function treeOf(resources: readonly Resource[]): unknown[] {
  const byParent = new Map<string, Resource[]>();
  for (const resource of resources) {
    const siblings = byParent.get(resource.parentId) ?? [];
    siblings.push(resource);
    byParent.set(resource.parentId, siblings);
  }
  const ids = new Set(resources.map(({ _id }) => _id));
  const childrenOf = (parentId: string, depth: number): unknown[] =>
    (byParent.get(parentId) ?? []).flatMap((resource): unknown[] => {
      if (resource._type === 'request') return [resource];
      if (!/^(?:request_group|workspace)$/.test(resource._type) || depth > 50) return [];
      const children = childrenOf(resource._id, depth + 1);
      // The workspace is the collection itself, not a folder.
      return resource._type === 'workspace' ? children : [{ ...resource, children }];
    });
  return [...byParent.keys()].filter((parent) => !ids.has(parent)).flatMap((parent) => childrenOf(parent, 0));
}

/** Returns the requests of an Insomnia export, in order and with their folders. Throws for any other value. */
export function fromInsomnia(value: unknown): ImportedRequests {
  const reader = new InsomniaReader();
  const { collector } = reader;
  if (typeof value === 'object' && value !== null && 'collection' in value) {
    const { name, collection, environments } = version5Schema.parse(value);
    const [first] = environments.subEnvironments;
    const values = [...namedValues(environments.data), ...namedValues(first?.data ?? {})];
    reader.nodes(collection, { folder: '', auth: undefined, variables: new Variables(new Map(values), collector) });
    return collector.finish(name, 'the collection has no request.');
  }
  const { resources } = version4Schema.parse(value);
  const values = resources.filter(({ _type }) => _type === 'environment').flatMap(({ data }) => [...namedValues(data)]);
  const others = resources.filter(({ _type }) => /^(?:grpc|websocket|socketio)_request$/.test(_type));
  for (const _other of others) collector.leaveOut('not over HTTP');
  reader.nodes(treeOf(resources), {
    folder: '',
    auth: undefined,
    variables: new Variables(new Map(values), collector),
  });
  const workspace = resources.find(({ _type }) => _type === 'workspace');
  return collector.finish(workspace?.name, 'the export has no request.');
}
