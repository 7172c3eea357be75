import { type WireUrl, wireUrl } from '../../../shared/http/wireUrl';
import type { HttpMethod, UrlTarget } from '../../../shared/run/target';
import { bodyTextOf, isRedirect, requestName } from '../../../shared/scenario/requests';
import type { Scenario } from '../../../shared/scenario/schema';
import {
  compileTemplate,
  constantTemplate,
  type SecretOf,
  type Template,
  type TemplateValues,
} from '../../../shared/scenario/template';
import { seededStream } from '../../../shared/statistics/random';
import type { Shard } from '../schedule/shard';
import { weightedDraw } from './weightedDraw';
import type { PlannedRequest, ReceivedResponse, Workload } from './workload';

/** A request to a foreign service, with its placeholders. */
export interface RequestTemplate {
  name: string;
  weight: number;
  method: HttpMethod;
  /** Where it goes; placeholders in path and query. */
  url: WireUrl;
  headers: readonly (readonly [name: string, value: string])[];
  body: string | undefined;
  /** Whether the body is JSON, so that what is filled in must be escaped. */
  json: boolean;
  /** Whether braces are placeholders; a request of the command line is sent as it is. */
  hasPlaceholders: boolean;
  /** Whether an answer with a redirect is a success. */
  expectRedirect: boolean;
}

/**
 * What a run sends to a URL: the requests of the scenario, or the one that the target names as curl would. `secretOf`
 * gives the secrets in user and password; the other references stay until the requests are compiled.
 */
export function requestsOf(
  { requests }: Pick<Scenario, 'requests'>,
  target: UrlTarget,
  secretOf?: SecretOf,
): RequestTemplate[] {
  if (!requests) {
    const { url, method, headers, body } = target;
    return [
      {
        name: 'request',
        weight: 1,
        method,
        url: wireUrl(url, undefined, secretOf),
        headers,
        body,
        json: false,
        hasPlaceholders: false,
        expectRedirect: false,
      },
    ];
  }
  return requests.map((request) => ({
    name: requestName(request),
    weight: request.weight,
    method: request.method,
    url: wireUrl(request.url, target.url, secretOf),
    headers: [...target.headers, ...Object.entries(request.headers)],
    body: request.body === undefined ? undefined : bodyTextOf(request.body),
    json: request.body !== undefined && typeof request.body !== 'string',
    hasPlaceholders: true,
    expectRedirect: request.expectRedirect ?? false,
  }));
}

/** Told of an answer that is a redirect and was not expected to be one. */
type NoteRedirect = (request: RequestTemplate, response: ReceivedResponse) => void;

const asItIs = (value: string): string => value;
/** What is filled into JSON stands between the quotes that are there. */
const escapeJson = (value: string): string => JSON.stringify(value).slice(1, -1);

/** A request whose constant parts are written out once. */
class CompiledRequest {
  readonly #request: RequestTemplate;
  readonly #origin: number;
  readonly #start: Template;
  readonly #headers: Template;
  readonly #body: Template | undefined;
  readonly #noteRedirect: NoteRedirect;
  readonly #check = (response: ReceivedResponse): string | undefined => this.#failureOf(response);
  /** The whole request where nothing is to be filled in. */
  readonly constant: PlannedRequest | undefined;

  constructor(request: RequestTemplate, origin: number, secretOf: SecretOf, noteRedirect: NoteRedirect) {
    const { method, url, body } = request;
    this.#request = request;
    this.#origin = origin;
    this.#noteRedirect = noteRedirect;
    const compile = (text: string): Template =>
      (request.hasPlaceholders ? compileTemplate : constantTemplate)(text, secretOf);
    this.#start = compile(`${method} ${url.target} HTTP/1.1\r\n`);
    this.#headers = compile(headerLines(request));
    this.#body = body === undefined ? undefined : compile(body);
    const isConstant = this.#start.isConstant && this.#headers.isConstant && (this.#body?.isConstant ?? true);
    this.constant = isConstant ? this.fill({ iteration: 0, row: {} }) : undefined;
  }

  fill(values: TemplateValues): PlannedRequest {
    const { name, method, json } = this.#request;
    const body = this.#body?.fill(values, json ? escapeJson : asItIs);
    const length = body === undefined ? '' : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
    const start = this.#start.fill(values, encodeURIComponent);
    const head = `${start}${this.#headers.fill(values, asItIs)}${length}\r\n`;
    return {
      operation: name,
      wire: { method, head, body, origin: this.#origin },
      keepsBody: false,
      check: this.#check,
    };
  }

  /** Success is 2xx or 304. What a redirect leads to was not measured: an answer that sends elsewhere is none. */
  #failureOf(response: ReceivedResponse): string | undefined {
    const { status } = response;
    if (!isRedirect(status)) return status >= 200 && status < 400 ? undefined : `status-${status}`;
    if (this.#request.expectRedirect) return undefined;
    this.#noteRedirect(this.#request, response);
    return 'redirected';
  }
}

function headerLines({ url: { host, authorization }, headers, body, json }: RequestTemplate): string {
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  // The length of the body is ours to say.
  const lines = headers.filter(([name]) => !/^content-length$/i.test(name)).map(([name, value]) => `${name}: ${value}`);
  if (!given.has('host')) lines.unshift(`Host: ${host}`);
  // As curl has it: a header that is named goes before what the URL says.
  if (authorization !== undefined && !given.has('authorization')) lines.push(`Authorization: ${authorization}`);
  if (!given.has('user-agent')) lines.push('User-Agent: proofload');
  if (!given.has('accept')) lines.push('Accept: */*');
  if (body !== undefined && !given.has('content-type'))
    lines.push(`Content-Type: ${json ? 'application/json' : 'application/x-www-form-urlencoded'}`);
  return lines.map((line) => `${line}\r\n`).join('');
}

function describeRedirect({ method, url }: RequestTemplate, response: ReceivedResponse): string {
  const to = response.header('location');
  return `${method} ${url.origin}${url.target} is answered by ${response.status} and a redirect to ${to ?? 'nowhere'}: redirects are not followed and count as failures. Name the URL that it leads to, or say "expectRedirect": true in the request`;
}

/**
 * Requests to a foreign service, drawn by weight and filled with the rows of the scenario's data in turn. Several load
 * processes share the rows out between them.
 */
export class RequestWorkload implements Workload {
  /** The servers that the requests go to, each once. */
  readonly origins: readonly WireUrl[];
  readonly #draw: () => CompiledRequest;
  readonly #rows: Scenario['data'];
  readonly #step: number;
  #iteration: number;
  #redirect: string | undefined;

  /** `secretOf` gives the values that stand in the place of references to secrets from here on. */
  constructor(
    requests: readonly RequestTemplate[],
    { data, seed }: Pick<Scenario, 'data' | 'seed'>,
    shard: Shard,
    secretOf: SecretOf = () => undefined,
  ) {
    const byOrigin = new Map(requests.map(({ url }) => [url.origin, url]));
    const origins = [...byOrigin.keys()];
    this.origins = [...byOrigin.values()];
    const compiled = requests.map(
      (request) =>
        [
          new CompiledRequest(request, origins.indexOf(request.url.origin), secretOf, (from, response) => {
            this.#redirect ??= describeRedirect(from, response);
          }),
          request.weight,
        ] as const,
    );
    this.#draw = weightedDraw(compiled, seededStream(seed, `requests/${shard.index}`));
    this.#rows = data;
    this.#iteration = shard.index;
    this.#step = shard.count;
  }

  next(): PlannedRequest {
    const request = this.#draw();
    const iteration = this.#iteration;
    this.#iteration += this.#step;
    if (request.constant) return request.constant;
    return request.fill({ iteration, row: this.#rows[iteration % Math.max(1, this.#rows.length)] ?? {} });
  }

  redirect(): string | undefined {
    return this.#redirect;
  }
}
