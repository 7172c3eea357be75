import { z } from 'zod';
import { httpMethods } from '../../run/target';
import { type ImportedRequests, type ImportedUrl, importedUrl, maxRequests, withUser } from './importedRequests';

/* OpenAPI 3.0 and 3.1 (spec.openapis.org): paths with their examples. References are followed within the document. */

const anything = z.record(z.string(), z.unknown());
const documentSchema = z.looseObject({
  openapi: z.string().regex(/^3\./, 'must be OpenAPI 3'),
  info: z.looseObject({ title: z.string() }),
  servers: z.array(z.looseObject({ url: z.string() })).default([]),
  paths: z.record(z.string(), anything),
});
const parameterSchema = z.looseObject({
  name: z.string(),
  in: z.string(),
  required: z.boolean().default(false),
  example: z.unknown().optional(),
  schema: anything.optional(),
});

export function isOpenApi(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'openapi' in value;
}

/** What a reference points to; nothing for one that leads out of the document, or in a circle. */
function resolve(root: unknown, value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || !('$ref' in value)) return value;
  const { $ref } = value;
  if (typeof $ref !== 'string' || !$ref.startsWith('#/') || depth > 10) return undefined;
  let target: unknown = root;
  for (const part of $ref.slice(2).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    target =
      typeof target === 'object' && target !== null
        ? Object.entries(target).find(([name]) => name === key)?.[1]
        : undefined;
  }
  return resolve(root, target, depth + 1);
}

/** An example of a schema: the one that it gives, else the plainest value of its type. */
function exampleOf(root: unknown, schema: unknown, depth = 0): unknown {
  const known = anything.safeParse(resolve(root, schema));
  if (!known.success || depth > 6) return null;
  const { example, examples, default: usual, enum: choices, type, properties, items, allOf } = known.data;
  if (example !== undefined) return example;
  if (Array.isArray(examples) && examples.length > 0) return examples[0];
  if (usual !== undefined) return usual;
  if (Array.isArray(choices) && choices.length > 0) return choices[0];
  if (Array.isArray(allOf)) return Object.assign({}, ...allOf.map((part) => exampleOf(root, part, depth + 1)));
  const kind = Array.isArray(type) ? type.find((one) => one !== 'null') : type;
  if (kind === 'object' || properties !== undefined)
    return Object.fromEntries(
      Object.entries(anything.safeParse(properties).data ?? {}).map(([name, part]) => [
        name,
        exampleOf(root, part, depth + 1),
      ]),
    );
  if (kind === 'array') return [exampleOf(root, items, depth + 1)];
  if (kind === 'integer' || kind === 'number') return 1;
  return kind === 'boolean' ? true : 'text';
}

function plain(value: unknown): string | number | boolean {
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value ?? '1');
}

/** A name as placeholders have them. */
function columnOf(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/g, '_').replace(/^(?![A-Za-z_])/, '_');
}

type Row = Record<string, string | number | boolean>;
type Parameter = z.infer<typeof parameterSchema>;

function parametersOf(root: unknown, lists: readonly unknown[]): Parameter[] {
  return lists
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .flatMap((parameter) => parameterSchema.safeParse(resolve(root, parameter)).data ?? []);
}

/** The JSON body of an operation, from its example; undefined where it has none. */
function bodyOf(root: unknown, requestBody: unknown): Record<string, unknown> | unknown[] | undefined {
  const content = anything.safeParse(anything.safeParse(resolve(root, requestBody)).data?.content).data;
  const json = anything.safeParse(content?.['application/json']).data;
  const body = json && (json.example ?? exampleOf(root, json.schema));
  if (Array.isArray(body)) return body;
  return anything.safeParse(body).data;
}

/** An operation as a request; the parts of its path become columns of `row`. */
function requestOf(
  root: unknown,
  path: string,
  parameters: readonly Parameter[],
  row: Row,
): { url: string; headers: Record<string, string> } {
  const example = ({ example: own, schema }: Parameter): string | number | boolean =>
    plain(own ?? exampleOf(root, schema));
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  let url = path;
  for (const parameter of parameters) {
    if (parameter.in === 'path') {
      const column = columnOf(parameter.name);
      row[column] ??= example(parameter);
      url = url.replace(`{${parameter.name}}`, `{{${column}}}`);
    } else if (parameter.required && parameter.in === 'query') query.set(parameter.name, String(example(parameter)));
    else if (parameter.required && parameter.in === 'header') headers[parameter.name] = String(example(parameter));
  }
  const text = query.toString();
  return { url: text === '' ? url : `${url}?${text}`, headers };
}

/** What the paths of a document are added to; a path of its own, or one with variables in its host, as it is written. */
function serverOf(url: string): ImportedUrl {
  const bare = (text: string): string => text.replace(/[?#].*$/, '').replace(/\/+$/, '');
  try {
    const server = importedUrl(url);
    return { ...server, url: bare(server.url) };
  } catch {
    return { url: bare(url), host: '', authorization: undefined };
  }
}

/** The operations of an OpenAPI document, with its examples. Throws for a value that is none. */
export function fromOpenApi(value: unknown): ImportedRequests {
  const { info, servers, paths } = documentSchema.parse(value);
  const server = serverOf(servers[0]?.url ?? '');
  const row: Row = {};
  const requests = Object.entries(paths).flatMap(([path, item]) =>
    httpMethods.flatMap((method) => {
      const operation = anything.safeParse(item[method.toLowerCase()]).data;
      if (!operation) return [];
      const { url, headers: own } = requestOf(
        value,
        path,
        parametersOf(value, [item.parameters, operation.parameters]),
        row,
      );
      const headers = Object.fromEntries(withUser(Object.entries(own), server));
      const body = bodyOf(value, operation.requestBody);
      const name =
        typeof operation.operationId === 'string' ? operation.operationId.replace(/[{}]/g, '').slice(0, 80) : '';
      return [
        {
          ...(name === '' ? {} : { name }),
          method,
          url: `${server.url}${url}`,
          ...(Object.keys(headers).length > 0 ? { headers } : {}),
          ...(body === undefined ? {} : { body }),
        },
      ];
    }),
  );
  if (requests.length === 0) throw new RangeError('the document has no operation');
  return {
    name: info.title,
    requests: requests.slice(0, maxRequests),
    data: Object.keys(row).length > 0 ? [row] : [],
    notes: [
      'Values come from the examples of the document, or are made up where it has none: look at them.',
      ...(requests.length > maxRequests ? [`${requests.length - maxRequests} operations were left out.`] : []),
      ...(/^https?:/.test(server.url) ? [] : ['The document names no server: name it as the target.']),
    ],
  };
}
