import { z } from 'zod';
import { httpMethods } from '../../../run/target';
import { isRedirect } from '../../requests';
import type { Header, ImportedRequests, ImportedStep } from '../importedRequests';
import { maxRequests } from '../importedRequests';
import { RequestCollector } from '../requestCollector';
import { type Dictionary, dictionaryAt, foreignReferences, isDictionary, resolve, textsOf } from './document';
import { Examples } from './openapiExamples';
import { fillParameters, parametersOf } from './parameters';
import { bodyOf } from './requestBody';
import { credentialsOf } from './security';
import { serverOf } from './servers';
import { isSwagger, upgraded } from './swagger';

/*
 * OpenAPI 3.0 and 3.1 and Swagger 2 (spec.openapis.org): paths with their examples. References are followed only within
 * the document.
 */

const documentSchema = z.looseObject({
  openapi: z.string().regex(/^3\./, 'must be OpenAPI 3'),
  info: z.looseObject({ title: z.string().catch('') }).catch({ title: '' }),
  paths: z.record(z.string(), z.unknown()),
});
type Document = z.infer<typeof documentSchema>;

export function isOpenApi(value: unknown): boolean {
  return isSwagger(value) || (isDictionary(value) && 'openapi' in value);
}

/** An operation with its path. */
interface Operation {
  path: string;
  method: string;
  item: Dictionary;
  operation: Dictionary;
}

function* operationsOf(document: Document, onUnknown: () => void): Generator<Operation> {
  for (const [path, value] of Object.entries(document.paths)) {
    // Extensions are among the paths.
    if (!path.startsWith('/')) continue;
    const item = resolve(document, value);
    if (item === undefined) onUnknown();
    if (!isDictionary(item)) continue;
    for (const method of [...httpMethods, 'TRACE']) {
      const operation = item[method.toLowerCase()];
      if (isDictionary(operation)) yield { path, method, item, operation };
    }
  }
}

/** Returns the success statuses of an operation. A redirect is expected only when no other status is. */
function expectationOf({ responses }: Dictionary): { expectRedirect: boolean; statuses: number[] } {
  const named = Object.keys(isDictionary(responses) ? responses : {}).filter((status) => /^\d{3}$/.test(status));
  const statuses = named.map(Number).filter((status) => status >= 200 && status < 300);
  const hasOther = Object.keys(isDictionary(responses) ? responses : {}).some((status) =>
    /^(?:default|2XX)$/i.test(status),
  );
  const redirects = named.map(Number).filter(isRedirect);
  return { expectRedirect: statuses.length === 0 && !hasOther && redirects.length > 0, statuses };
}

class OpenApiReader {
  readonly #document: Document;
  readonly #examples: Examples;
  readonly #collector = new RequestCollector();
  readonly #note = (text: string): void => this.#collector.note(text);

  constructor(document: Document) {
    this.#document = document;
    this.#examples = new Examples(document);
  }

  read(): ImportedRequests {
    let count = 0;
    this.#note('Values come from the examples of the document, or are made up where it has none: check them.');
    const [first, ...others] = foreignReferences(this.#document);
    if (first !== undefined)
      this.#note(
        `References to other documents were not followed: ${first}${others.length > 0 ? ` and ${others.length} more` : ''}. What they refer to is missing: write it into the requests, or make one document of them.`,
      );
    const onUnknown = (): void => this.#collector.leaveOut('whose path is not described in the document');
    for (const operation of operationsOf(this.#document, onUnknown)) {
      count += 1;
      if (count > maxRequests) this.#collector.leaveOut(`beyond the ${maxRequests} that a scenario has`);
      else this.#add(operation);
    }
    const { leftOut, patterns } = this.#examples;
    if (patterns > 0)
      this.#note(`${patterns} texts that must match a pattern are made up without it: write them yourself.`);
    if (leftOut > 0)
      this.#note(
        `${leftOut} examples were left out, which unfold to more than a request may have: write them yourself.`,
      );
    return this.#collector.finish(this.#document.info.title, 'the document has no operation.');
  }

  #add({ path, method, item, operation }: Operation): void {
    const parameters = parametersOf(this.#document, [item.parameters, operation.parameters]);
    const {
      path: url,
      query,
      headers,
      cookies,
    } = fillParameters(this.#document, path, parameters, this.#examples, this.#collector);
    if (parameters.some(({ required, in: place }) => place !== 'path' && required !== true))
      this.#note('Parameters that are not required were left out.');
    const server = serverOf([operation.servers, item.servers, this.#document.servers], this.#note);
    const credentials = credentialsOf(this.#document, operation.security ?? this.#document.security, this.#note);
    const content = bodyOf(this.#document, this.#examples, operation.requestBody, this.#note);
    const allCookies = [...cookies, ...credentials.cookies];
    const all: Header[] = [
      ...headers,
      ...credentials.headers,
      ...(allCookies.length > 0 ? [['Cookie', allCookies.join('; ')] satisfies Header] : []),
      ...(content?.contentType === undefined ? [] : [['Content-Type', content.contentType] satisfies Header]),
    ];
    const allQuery = [...query, ...credentials.query];
    const { expectRedirect, statuses } = expectationOf(operation);
    this.#collector.add(
      {
        name: typeof operation.operationId === 'string' ? operation.operationId : undefined,
        method,
        url: `${server}${url}${allQuery.length > 0 ? `?${allQuery.join('&')}` : ''}`,
        headers: all,
        body: content && this.#literalBody(content.body),
        expectRedirect,
      },
      stepOf(operation, statuses),
    );
  }

  /** Makes braces in an example literal. */
  #literalBody(body: string | Dictionary | unknown[]): string | Dictionary | unknown[] {
    if (typeof body === 'string') return this.#collector.literal(body);
    const text = JSON.stringify(body);
    if (!text.includes('{{')) return body;
    const literal: unknown = JSON.parse(this.#collector.literal(text));
    return Array.isArray(literal) || isDictionary(literal) ? literal : body;
  }
}

function stepOf({ tags }: Dictionary, statuses: readonly number[]): Omit<ImportedStep, 'request'> {
  const [folder] = textsOf(tags);
  return {
    ...(folder === undefined ? {} : { folder }),
    ...(statuses.length === 0 ? {} : { expectedStatuses: statuses }),
  };
}

/** Returns the operations of an OpenAPI or Swagger document, with its examples. Throws for any other value. */
export function fromOpenApi(value: unknown): ImportedRequests {
  const document = isSwagger(value) ? upgraded(dictionaryAt(undefined, value)) : value;
  return new OpenApiReader(documentSchema.parse(document)).read();
}
