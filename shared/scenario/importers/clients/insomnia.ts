import { z } from 'zod';
import type { ImportedRequests } from '../importedRequests';
import { RequestCollector } from '../requestCollector';
import { addClientRequest, type ClientAuth, type ClientBody, type Pair } from './clientRequest';
import { environmentOf, namedValues, treeOf } from './insomniaResources';
import {
  type Auth,
  type KeyValue,
  type Node,
  nodeSchema,
  type Request,
  requestSchema,
  text,
  version4Schema,
  version5Schema,
} from './insomniaSchema';
import { readStatusTests } from './statusTests';
import { noteEnvironments, Variables } from './variables';

/** Whether a value is an Insomnia export with requests. */
export function isInsomnia(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if ('_type' in value && value._type === 'export') return true;
  return 'type' in value && /^(?:collection|spec)\.insomnia\.rest\/5/.test(String(value.type)) && 'collection' in value;
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
  headers: readonly KeyValue[];
  variables: Variables;
}

/** The authentication of a folder or a request; `none` is one too. */
function authBelow(own: Auth, above: ClientAuth | undefined): ClientAuth | undefined {
  return own?.type === 'none' ? undefined : (authOf(own) ?? above);
}

class InsomniaReader {
  readonly collector = new RequestCollector();

  /** Reads folders and requests in the order in which Insomnia displays them. */
  nodes(values: readonly unknown[], above: Inherited): void {
    const nodes = values.map((value) => nodeSchema.safeParse(value).data).filter((node) => node !== undefined);
    const keyOf = (node: Node): number => node.metaSortKey ?? node.meta.sortKey ?? 0;
    for (const node of nodes.sort((a, b) => keyOf(a) - keyOf(b))) {
      if (!node.children) this.#request(node, above);
      else {
        const scripts = [node.preRequestScript, node.afterResponseScript, ...Object.values(node.scripts)];
        if (scripts.some((script) => script.trim() !== ''))
          this.collector.note(`Scripts of the folder ${node.name} were not imported.`);
        this.nodes(node.children, {
          folder: above.folder === '' ? node.name : `${above.folder} / ${node.name}`,
          auth: authBelow(node.authentication, above.auth),
          headers: [...above.headers, ...node.headers],
          variables: above.variables.with(namedValues(node.environment)),
        });
      }
    }
  }

  #request(node: Node, { folder, auth, headers, variables }: Inherited): void {
    const parsed = requestSchema.safeParse(node);
    // Requests of gRPC, WebSocket, Socket.IO and MCP have a URL and no method.
    if (!parsed.success || (node._type === undefined && node.method === undefined)) {
      this.collector.leaveOut('not over HTTP');
      return;
    }
    const request = parsed.data;
    const bare = (value: string): string => withoutTags(value, this.collector);
    const bareAll = (list: readonly KeyValue[]): Pair[] =>
      enabled(list).map(({ name, value }) => ({ name, value: bare(value) }));
    const { statuses, isAll } = readStatusTests(request.afterResponseScript || request.scripts.afterResponse);
    if (!isAll || request.preRequestScript.trim() !== '' || request.scripts.preRequest.trim() !== '')
      this.collector.note(`Scripts of ${request.name} were not imported.`);
    const body = bodyOf(request.body);
    addClientRequest(
      {
        name: request.name,
        folder,
        method: request.method,
        url: bare(request.url),
        pathParameters: bareAll(request.pathParameters),
        query: bareAll(request.parameters),
        headers: bareAll([...headers, ...request.headers]),
        body: body?.kind === 'text' ? { ...body, text: bare(body.text) } : body,
        auth: authBelow(request.authentication, auth),
        expectedStatuses: statuses,
      },
      variables,
      this.collector,
    );
  }
}

function noteCookies(count: number, collector: RequestCollector): void {
  if (count > 0) collector.note('The cookies of the jar were left out: write a Cookie header where one is needed.');
}

/** Returns the requests of an Insomnia export, in order and with their folders. Throws for any other value. */
export function fromInsomnia(value: unknown): ImportedRequests {
  const reader = new InsomniaReader();
  const { collector } = reader;
  if (typeof value === 'object' && value !== null && 'collection' in value) {
    const { name, collection, environments, cookieJar } = version5Schema.parse(value);
    const below = environments.subEnvironments;
    const values = [...namedValues(environments.data), ...namedValues(below[0]?.data ?? {})];
    noteEnvironments(
      below.map((environment) => environment.name),
      collector,
    );
    noteCookies(cookieJar.cookies.length, collector);
    reader.nodes(collection, {
      folder: '',
      auth: undefined,
      headers: [],
      variables: new Variables(new Map(values), collector),
    });
    return collector.finish(name, 'the collection has no request.');
  }
  const { resources } = version4Schema.parse(value);
  const { values, names } = environmentOf(resources);
  noteEnvironments(names, collector);
  const jars = resources.filter(({ _type }) => _type === 'cookie_jar');
  noteCookies(jars.flatMap(({ cookies }) => cookies).length, collector);
  const others = resources.filter(({ _type }) => /^(?:grpc|websocket|socketio|mcp)_request$/.test(_type));
  for (const _other of others) collector.leaveOut('not over HTTP');
  reader.nodes(treeOf(resources), {
    folder: '',
    auth: undefined,
    headers: [],
    variables: new Variables(new Map(values), collector),
  });
  const workspace = resources.find(({ _type }) => _type === 'workspace');
  return collector.finish(workspace?.name, 'the export has no request.');
}
