import { z } from 'zod';
import { httpMethods } from '../../run/target';
import { type ImportedRequests, type ImportedUrl, importedUrl, maxRequests, withUser } from './importedRequests';
import { type Dictionary, Examples, isDictionary, resolve } from './openapiExamples';

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

function plain(value: unknown): string | number | boolean {
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value ?? '1');
}

/** A name as placeholders have them. */
function columnOf(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/g, '_').replace(/^(?![A-Za-z_])/, '_');
}

type Row = Record<string, string | number | boolean>;
type Parameter = z.infer<typeof parameterSchema>;

/** More parameters than a request has. */
const maxParameters = 200;

function parametersOf(root: unknown, lists: readonly unknown[]): Parameter[] {
  return lists
    .flatMap((list) => (Array.isArray(list) ? list.slice(0, maxParameters) : []))
    .flatMap((parameter) => parameterSchema.safeParse(resolve(root, parameter)).data ?? []);
}

/** The JSON body of an operation, from its example; undefined where it has none. */
function bodyOf(root: unknown, examples: Examples, requestBody: unknown): Dictionary | unknown[] | undefined {
  const description = resolve(root, requestBody);
  const content = isDictionary(description) ? description.content : undefined;
  const json = isDictionary(content) ? content['application/json'] : undefined;
  if (!isDictionary(json)) return undefined;
  const body = examples.within(() =>
    json.example === undefined || json.example === null ? examples.of(json.schema) : examples.given(json.example),
  );
  return Array.isArray(body) || isDictionary(body) ? body : undefined;
}

/** An operation as a request; the parts of its path become columns of `row`. */
function requestOf(
  examples: Examples,
  path: string,
  parameters: readonly Parameter[],
  row: Row,
): { url: string; headers: Record<string, string> } {
  const example = ({ example: own, schema }: Parameter): string | number | boolean =>
    plain(examples.within(() => (own === undefined ? examples.of(schema) : examples.given(own))));
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

/** An operation with the path that it stands at. */
interface Operation {
  path: string;
  method: (typeof httpMethods)[number];
  operation: Dictionary;
  parameters: unknown;
}

function* operationsOf(paths: Record<string, Dictionary>): Generator<Operation> {
  for (const [path, item] of Object.entries(paths))
    for (const method of httpMethods) {
      const operation = item[method.toLowerCase()];
      if (isDictionary(operation)) yield { path, method, operation, parameters: item.parameters };
    }
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
  const examples = new Examples(value);
  const requests: ImportedRequests['requests'][number][] = [];
  let count = 0;
  for (const { path, method, operation, parameters } of operationsOf(paths)) {
    count += 1;
    if (count > maxRequests) continue;
    const { url, headers: own } = requestOf(
      examples,
      path,
      parametersOf(value, [parameters, operation.parameters]),
      row,
    );
    const headers = Object.fromEntries(withUser(Object.entries(own), server));
    const body = bodyOf(value, examples, operation.requestBody);
    const name =
      typeof operation.operationId === 'string' ? operation.operationId.replace(/[{}]/g, '').slice(0, 80) : '';
    requests.push({
      ...(name === '' ? {} : { name }),
      method,
      url: `${server.url}${url}`,
      ...(Object.keys(headers).length > 0 ? { headers } : {}),
      ...(body === undefined ? {} : { body }),
    });
  }
  if (count === 0) throw new RangeError('the document has no operation');
  return {
    name: info.title,
    requests,
    data: Object.keys(row).length > 0 ? [row] : [],
    notes: [
      'Values come from the examples of the document, or are made up where it has none: look at them.',
      ...(count > maxRequests ? [`${count - maxRequests} operations were left out.`] : []),
      ...(examples.leftOut > 0
        ? [
            `${examples.leftOut} examples were left out, which unfold to more than a request may have: write them yourself.`,
          ]
        : []),
      ...(/^https?:/.test(server.url) ? [] : ['The document names no server: name it as the target.']),
    ],
  };
}
