import type { Header } from '../importedRequests';
import { percentEncoded } from '../multipart';
import type { RequestCollector } from '../requestCollector';
import { type Dictionary, isDictionary, namedExample, resolve } from './document';
import type { Examples } from './openapiExamples';

/* Parameters in path, query, header and cookie, and their serialisation (spec.openapis.org, Parameter Object). */

/** More parameters than a request has. */
const maxParameters = 200;

/** Returns the parameters of a path and of its operation. The operation replaces those with the same name and place. */
export function parametersOf(root: unknown, lists: readonly unknown[]): Dictionary[] {
  const found = new Map<string, Dictionary>();
  for (const list of lists)
    for (const item of Array.isArray(list) ? list.slice(0, maxParameters) : []) {
      const parameter = resolve(root, item);
      if (isDictionary(parameter) && typeof parameter.name === 'string')
        found.set(`${String(parameter.in)} ${parameter.name}`, parameter);
    }
  return [...found.values()];
}

function plain(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '1');
}

/** Returns the value of a parameter: its example, or that of its schema or of its only media type. */
function exampleOf(root: unknown, examples: Examples, parameter: Dictionary): unknown {
  const [media] = isDictionary(parameter.content) ? Object.values(parameter.content) : [];
  const described = isDictionary(media) ? media : parameter;
  const value = examples.within(() => {
    const own = namedExample(root, described);
    return own === undefined ? examples.of(described.schema) : examples.given(own);
  });
  return isDictionary(media) && typeof value === 'object' ? JSON.stringify(value) : value;
}

const separators: Readonly<Record<string, string>> = { spaceDelimited: '%20', pipeDelimited: '%7C' };

/** Returns pairs such as `a=1`, one or more by style and `explode`. */
function queryPairs({ name, style, explode }: Dictionary, value: unknown): string[] {
  const key = percentEncoded(String(name));
  const isExploded = explode ?? (style === undefined || style === 'form');
  if (Array.isArray(value)) {
    const items = value.map((item) => percentEncoded(plain(item)));
    if (isExploded) return items.map((item) => `${key}=${item}`);
    return [`${key}=${items.join(separators[String(style)] ?? ',')}`];
  }
  if (!isDictionary(value)) return [`${key}=${percentEncoded(plain(value))}`];
  const members = Object.entries(value).map(([part, item]) => [percentEncoded(part), percentEncoded(plain(item))]);
  if (style === 'deepObject') return members.map(([part, item]) => `${key}%5B${part}%5D=${item}`);
  if (isExploded) return members.map(([part, item]) => `${part}=${item}`);
  return [`${key}=${members.flat().join(',')}`];
}

/** Returns the values of a parameter in one text, for paths and headers. */
function simple(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(',');
  return isDictionary(value)
    ? Object.entries(value)
        .flatMap(([name, item]) => [name, plain(item)])
        .join(',')
    : plain(value);
}

/** What stands before the value of a path parameter, by style: `.5` and `;id=5`. */
function prefixOf({ name, style }: Dictionary): string {
  return style === 'label' ? '.' : style === 'matrix' ? `;${percentEncoded(String(name))}=` : '';
}

/** The parameters of an operation in the form of a request. */
export interface Filled {
  /** The path, with a placeholder for each path parameter. */
  path: string;
  query: string[];
  headers: Header[];
  cookies: string[];
}

/** Headers that a document cannot describe as parameters (spec.openapis.org, Parameter Object). */
const otherHeaders = /^(?:accept|content-type|authorization)$/i;

/** Fills in the parameters of an operation: all path parameters, and the required ones elsewhere. */
export function fillParameters(
  root: unknown,
  path: string,
  parameters: readonly Dictionary[],
  examples: Examples,
  collector: RequestCollector,
): Filled {
  const filled: Filled = { path, query: [], headers: [], cookies: [] };
  const inPath = new Map<string, Dictionary>();
  for (const parameter of parameters) {
    const name = String(parameter.name);
    if (parameter.in === 'path') inPath.set(name, parameter);
    if (parameter.required !== true || !/^(?:query|header|cookie)$/.test(String(parameter.in))) continue;
    const value = exampleOf(root, examples, parameter);
    if (parameter.in === 'query') filled.query.push(...queryPairs(parameter, value));
    else if (parameter.in === 'cookie') filled.cookies.push(`${name}=${percentEncoded(simple(value))}`);
    else if (!otherHeaders.test(name)) filled.headers.push([name, collector.literal(simple(value))]);
  }
  filled.path = path.replace(/\{([^{}]{1,200})\}/g, (_all, name: string) => {
    const parameter = inPath.get(name);
    const value = parameter ? exampleOf(root, examples, parameter) : undefined;
    const cell = typeof value === 'number' || typeof value === 'boolean' ? value : simple(value);
    return `${parameter ? prefixOf(parameter) : ''}${collector.column(name, cell)}`;
  });
  return filled;
}
