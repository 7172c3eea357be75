import type { ImportedRequests } from '../importedRequests';
import { RequestCollector } from '../requestCollector';
import { type BruBlock, bruBlocks, bruPairs, bruText } from './bruFile';
import { assertedStatuses, brunoAuth } from './bruno';
import { addClientRequest, type ClientAuth, type ClientBody, type Pair } from './clientRequest';
import { withoutJsonComments } from './jsonComments';
import { readStatusTests } from './statusTests';
import { Variables } from './variables';

/* A request file of Bruno (docs.usebruno.com/bru-lang). */

type Blocks = ReadonlyMap<string, BruBlock>;

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace', 'connect', 'http'];

const textTypes: Readonly<Record<string, string>> = {
  'body:json': 'application/json',
  body: 'application/json',
  'body:xml': 'application/xml',
  'body:text': 'text/plain',
  'body:sparql': 'application/sparql-query',
};

/** Reads `@file(a.png|b.png)` as the value of a part. */
function partOf({ name, value }: Pair): Pair & { file?: string | undefined } {
  const file = /^@file\(([^)|]*)/.exec(value)?.[1];
  return { name, value, file };
}

function bodyOf(blocks: Blocks, mode: string | undefined): ClientBody | undefined {
  if (mode === 'none') return undefined;
  const has = (name: string): BruBlock | undefined => blocks.get(name);
  const wanted = mode === undefined ? undefined : `body:${mode}`;
  for (const [name, contentType] of Object.entries(textTypes)) {
    const block = has(name);
    if (block && (wanted === undefined || wanted === name || name === 'body'))
      return {
        kind: 'text',
        text: contentType === 'application/json' ? withoutJsonComments(bruText(block)) : bruText(block),
        contentType,
      };
  }
  const form = has('body:form-urlencoded');
  if (form) return { kind: 'form', fields: bruPairs(form) };
  const multipart = has('body:multipart-form');
  if (multipart) return { kind: 'multipart', parts: bruPairs(multipart).map(partOf) };
  const query = has('body:graphql');
  const variables = has('body:graphql:vars');
  if (query) return { kind: 'graphql', query: bruText(query), variables: variables ? bruText(variables) : '' };
  const file = bruPairs(has('body:file'))[0];
  return file && { kind: 'file', file: partOf(file).file ?? file.value };
}

function authOf(blocks: Blocks, mode: string | undefined): ClientAuth | undefined {
  if (mode === undefined || mode === 'none' || mode === 'inherit') return undefined;
  const values = new Map(bruPairs(blocks.get(`auth:${mode}`)).map(({ name, value }) => [name, value]));
  return brunoAuth(mode, (name) => values.get(name) ?? '');
}

/** Returns the request of a Bruno file. Throws a RangeError when it has none. */
export function fromBru(text: string): ImportedRequests {
  const blocks: Blocks = new Map(bruBlocks(text).map((block) => [block.name, block]));
  const collector = new RequestCollector();
  const method = methods.find((name) => blocks.has(name));
  const name = bruPairs(blocks.get('meta')).find((pair) => pair.name === 'name')?.value ?? '';
  if (method !== undefined) {
    const request = new Map(bruPairs(blocks.get(method)).map((pair) => [pair.name, pair.value]));
    const url = request.get('url') ?? '';
    const known = bruPairs(blocks.get('vars:pre-request')).map((pair): [string, string] => [pair.name, pair.value]);
    const tests = blocks.get('tests');
    const tested = readStatusTests(tests ? bruText(tests) : '');
    const asserted = assertedStatuses(bruPairs(blocks.get('assert')));
    const hasScript = blocks.has('script:pre-request') || blocks.has('script:post-response');
    if (hasScript || !tested.isAll || !asserted.isAll) collector.note(`Scripts or tests of ${name} were not imported.`);
    if (bruPairs(blocks.get('vars:post-response')).length > 0)
      collector.note(`Variables that ${name} takes from its response were not imported: extract them.`);
    if (request.get('auth') === 'inherit')
      collector.note('The authentication, headers and variables of the folder and the collection are not in the file.');
    addClientRequest(
      {
        name,
        method: method === 'http' ? (request.get('method') ?? 'GET') : method,
        url,
        pathParameters: bruPairs(blocks.get('params:path')),
        query: url.includes('?') ? [] : bruPairs(blocks.get('params:query')),
        headers: bruPairs(blocks.get('headers')),
        body: bodyOf(blocks, request.get('body')),
        auth: authOf(blocks, request.get('auth')),
        expectedStatuses: [...tested.statuses, ...asserted.statuses],
      },
      new Variables(new Map(known), collector),
      collector,
    );
  }
  return collector.finish(name, 'the file has no HTTP request.');
}
