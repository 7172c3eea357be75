import { addCommands } from '../curl/curl';
import type { ImportedRequests } from '../importedRequests';
import { RequestCollector } from '../requestCollector';
import { addClientRequest, type ClientAuth, type ClientBody, type Pair } from './clientRequest';
import { readStatusTests } from './statusTests';
import { Variables } from './variables';

/* `.http` and `.rest` files (JetBrains HTTP Client, VS Code REST Client, Visual Studio). */

const requestLine =
  /^\s*(?:(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT|GRAPHQL|WEBSOCKET|GRPC|RSOCKET)\s+)?(\S.*?)(?:\s+HTTP\/[\d.]+)?\s*$/i;
const methodLine =
  /^[ \t]*(?:(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|GRAPHQL)[ \t]+(?:https?:\/\/|\/|\{\{|[\w.-]+[:/])|(?:get|head|post|put|patch|delete|options)[ \t]+(?:https?:\/\/|\{\{))/m;

/** Whether curl commands in a text stand between the requests of an `.http` file. */
export function hasRequestsBetween(text: string): boolean {
  return /^###/m.test(text) && methodLine.test(text);
}

/**
 * Whether a text is an `.http` file: it has a line with a method and a URL, or a separator before a line with a URL.
 */
export function isHttpFile(text: string): boolean {
  return methodLine.test(text) || /^###[^\n]*\n(?:[^\n]*\n){0,20}?\s*https?:\/\//m.test(text);
}

/** A request of the file, as lines. */
interface Section {
  name: string;
  lines: string[];
}

function sectionsOf(text: string): Section[] {
  const sections: Section[] = [{ name: '', lines: [] }];
  for (const line of text.split(/\r?\n/)) {
    const separator = /^###+\s*(.*)$/.exec(line);
    if (separator) sections.push({ name: separator[1]?.trim() ?? '', lines: [] });
    else sections.at(-1)?.lines.push(line);
  }
  return sections;
}

const isComment = (line: string): boolean => /^\s*(?:#|\/\/)/.test(line);

/** The parts of a section. */
interface Parts {
  name: string;
  method: string;
  url: string;
  headers: Pair[];
  body: string[];
  scripts: string[];
}

/**
 * Removes scripts from the lines: `> {% ... %}` and `< {% ... %}`, which can span several lines, and `> file.js`. Also
 * removes `<> file` lines, with which JetBrains keeps earlier responses.
 */
function withoutScripts(lines: readonly string[], scripts: string[]): string[] {
  const rest: string[] = [];
  let open: string[] | undefined;
  for (const line of lines) {
    const start = open ? undefined : /^\s*[<>]\s*\{%(.*)$/.exec(line);
    if (start) open = [start[1] ?? ''];
    else if (open) open.push(line);
    else if (/^\s*>>?!?\s+\S/.test(line)) scripts.push(/\.js\s*$/.test(line) ? line : '');
    else if (/^<>\s*\S/.test(line)) continue;
    else rest.push(line);
    if (open && /%\}\s*$/.test(line)) {
      scripts.push(open.join('\n').replace(/%\}\s*$/, ''));
      open = undefined;
    }
  }
  return rest;
}

function headersOf(lines: readonly string[]): Pair[] {
  return lines.flatMap((line): Pair[] => {
    const [, name, value = ''] = /^\s*([^\s:#/][^:]*?)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    return name === undefined || isComment(line) ? [] : [{ name, value }];
  });
}

/** Returns the parts of a section; undefined when it has no request. */
function partsOf(section: Section): Parts | undefined {
  const scripts: string[] = [];
  const lines = withoutScripts(section.lines, scripts);
  const named = lines.map((line) => /^\s*(?:#|\/\/)\s*@name[\s=]+(\S.*?)\s*$/.exec(line)?.[1]).find(Boolean);
  let at = lines.findIndex((line) => line.trim() !== '' && !isComment(line) && !/^\s*@[\w.-]+\s*=/.test(line));
  const [, method, first = ''] = requestLine.exec(lines[at] ?? '') ?? [];
  // Without a method in capitals, only an absolute URL is a request.
  const isMethod = method !== undefined && method === method.toUpperCase();
  if (at < 0 || first === '' || (!isMethod && !/^(?:https?:\/\/|\{\{)/i.test(first))) return undefined;
  let url = first;
  // Lines that begin with ? or &, and indented ones that begin with /, continue a URL.
  while (/^\s*[?&]|^\s+\/(?!\/)/.test(lines[at + 1] ?? '')) url += (lines[++at] ?? '').trim();
  const rest = lines.slice(at + 1);
  const blank = rest.findIndex((line) => line.trim() === '');
  const headers = headersOf(blank < 0 ? rest : rest.slice(0, blank));
  const isGraphql = headers.some(isGraphqlMark);
  return {
    name: named ?? section.name,
    method: isGraphql ? 'GRAPHQL' : (method ?? 'GET').toUpperCase(),
    url,
    headers: headers.filter((header) => !isGraphqlMark(header)),
    body: blank < 0 ? [] : rest.slice(blank + 1),
    scripts,
  };
}

/** VS Code: whether this is the header that marks a GraphQL query, which is not sent. */
function isGraphqlMark({ name, value }: Pair): boolean {
  return name.toLowerCase() === 'x-request-type' && value.toLowerCase() === 'graphql';
}

/** Returns a body without comments, which VS Code does not send, and without those before the next request. */
function withoutComments(lines: readonly string[], label: string, collector: RequestCollector): string {
  const last = lines.findLastIndex((line) => line.trim() !== '' && !isComment(line));
  const body = lines.slice(0, last + 1);
  const text = body.filter((line) => !isComment(line));
  if (text.length < body.length)
    collector.note(`Lines of the body of ${label} that begin with # or // were read as comments.`);
  return text.join('\n').replace(/^\n+|\s+$/g, '');
}

function contentTypeOf(headers: readonly Pair[]): string {
  return headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
}

/** Returns the body: text, a file named after `<`, or joined lines of a form. */
function bodyOf({ body, headers, method }: Parts, label: string, collector: RequestCollector): ClientBody | undefined {
  const text = withoutComments(body, label, collector);
  if (text === '') return undefined;
  const contentType = contentTypeOf(headers);
  const file = /^<@?\s+(\S[^\n]*)$/.exec(text)?.[1];
  if (file !== undefined) return { kind: 'file', file };
  if (/^[ \t]*<@?[ \t]+\S/m.test(text))
    collector.note('A file in the middle of a body was not read: write its content into the request.');
  if (method === 'GRAPHQL') {
    const [query = '', variables = ''] = text.split(/\n\s*\n(?=\{)/);
    return { kind: 'graphql', query, variables };
  }
  // Lines of a form that begin with & continue the previous line.
  if (/x-www-form-urlencoded/i.test(contentType))
    return { kind: 'text', text: text.replace(/\s*\n\s*(?=&)/g, '').replace(/&\s*\n\s*/g, '&') };
  // Lines of a multipart body end with CRLF (RFC 2046, 4.1.1).
  if (/^multipart\//i.test(contentType)) return { kind: 'text', text: `${text.replaceAll('\n', '\r\n')}\r\n` };
  return { kind: 'text', text, contentType: contentType === '' && /^[{[]/.test(text) ? 'application/json' : undefined };
}

/** Removes `Authorization: Basic user password` or `Basic user:password`, which the client would encode. */
function takeAuth(headers: Pair[]): ClientAuth | undefined {
  const at = headers.findIndex(({ name }) => name.toLowerCase() === 'authorization');
  const value = headers[at]?.value ?? '';
  const [, user, password = ''] = /^Basic\s+(\S+?)(?::|\s+)(.+)$/i.exec(value) ?? [];
  if (user !== undefined) {
    headers.splice(at, 1);
    return { kind: 'basic', user, password };
  }
  const other = /^(Digest|AWS)\s+\S+/i.exec(value)?.[1];
  if (other === undefined) return undefined;
  headers.splice(at, 1);
  return { kind: 'other', name: other };
}

/** Returns the URL; a path goes to the host in the `Host` header, which a port can say to speak TLS. */
function absoluteUrl(url: string, host: string | undefined): string {
  if (!url.startsWith('/') || !host) return url;
  return `${/:8?443$/.test(host) ? 'https' : 'http'}://${host}${url}`;
}

/** VS Code: whether a section is a curl command in place of a request. */
function isCommand({ lines }: Section): boolean {
  return /^\s*curl\s/.test(lines.find((line) => line.trim() !== '' && !isComment(line)) ?? '');
}

/** Yields the variables that the file defines: `@host = 127.0.0.1`. */
function* variablesOf(text: string): Generator<[string, string]> {
  for (const [, name = '', value = ''] of text.matchAll(/^[ \t]*@([\w.-]+)[ \t]*=[ \t]*(.*?)[ \t]*\r?$/gm))
    yield [name, value];
}

/** Returns the requests of an `.http` file, in order. Throws a RangeError when it has none. */
export function fromHttpFile(text: string): ImportedRequests {
  const collector = new RequestCollector();
  const variables = new Variables(new Map(variablesOf(text)), collector);
  for (const section of sectionsOf(text)) {
    if (isCommand(section)) {
      addCommands(variables.known(section.lines.join('\n')), collector);
      continue;
    }
    const parts = partsOf(section);
    if (!parts) continue;
    const label = parts.name || `${parts.method} ${parts.url.slice(0, 60)}`;
    const read = parts.scripts.map(readStatusTests);
    if (read.some(({ isAll }) => !isAll)) collector.note(`Scripts of ${label} were not imported.`);
    const auth = takeAuth(parts.headers);
    const host = parts.headers.find(({ name }) => name.toLowerCase() === 'host')?.value;
    addClientRequest(
      {
        name: parts.name,
        method: parts.method === 'GRAPHQL' ? 'POST' : parts.method,
        url: absoluteUrl(parts.url, host),
        pathParameters: [],
        query: [],
        headers: parts.headers.filter(({ name }) => name.toLowerCase() !== 'host' || !parts.url.startsWith('/')),
        auth,
        body: bodyOf(parts, label, collector),
        expectedStatuses: read.flatMap(({ statuses }) => statuses),
      },
      variables,
      collector,
    );
  }
  return collector.finish(undefined, 'the file has no HTTP request.');
}
