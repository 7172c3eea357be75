import { type WireUrl, wireUrl } from '../../../shared/http/wireUrl';
import type { HttpMethod, UrlTarget } from '../../../shared/run/target';
import { bodyTextOf, type RequestFields } from '../../../shared/scenario/requests';
import type { SecretOf, Template, TemplateValues } from '../../../shared/scenario/template';
import type { WireRequest } from './workload';

/** What is sent to a foreign service, with its placeholders. */
export interface RequestParts {
  method: HttpMethod;
  /** Where it goes; placeholders in path and query. */
  url: WireUrl;
  headers: readonly (readonly [name: string, value: string])[];
  body: string | undefined;
  /** Whether the body is JSON, so that what is filled in must be escaped. */
  json: boolean;
}

/** What a request of a scenario sends to a server. `secretOf` gives the secrets in user and password. Throws `usage`. */
export function partsOf(
  { method, url, headers, body }: RequestFields,
  target: Pick<UrlTarget, 'url' | 'headers'>,
  secretOf?: SecretOf,
): RequestParts {
  return {
    method,
    url: wireUrl(url, target.url, secretOf),
    headers: [...target.headers, ...Object.entries(headers)],
    body: body === undefined ? undefined : bodyTextOf(body),
    json: body !== undefined && typeof body !== 'string',
  };
}

const asItIs = (value: string): string => value;
/** A value that came from an answer must not begin another header. */
const inOneLine = (value: string): string => (/[\r\n\0]/.test(value) ? value.replace(/[\r\n\0]+/g, ' ') : value);
/** What is filled into JSON stands between the quotes that are there. */
const escapeJson = (value: string): string => JSON.stringify(value).slice(1, -1);

function headerLines({ url: { host, authorization }, headers, body, json }: RequestParts): string {
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

/** A request as text for the wire, whose parts are compiled once. */
export class RequestText {
  readonly #method: HttpMethod;
  readonly #json: boolean;
  readonly #origin: number;
  readonly #target: Template;
  readonly #headers: Template;
  readonly #body: Template | undefined;
  /** Whether it is the same each time. */
  readonly isConstant: boolean;

  /** `origin`: its number among those that the workload goes to. */
  constructor(request: RequestParts, origin: number, compile: (text: string) => Template) {
    const { method, url, body, json } = request;
    this.#method = method;
    this.#json = json;
    this.#origin = origin;
    this.#target = compile(url.target);
    this.#headers = compile(headerLines(request));
    this.#body = body === undefined ? undefined : compile(body);
    this.isConstant = this.#target.isConstant && this.#headers.isConstant && (this.#body?.isConstant ?? true);
  }

  /** Path and query, filled in. */
  target(values: TemplateValues): string {
    return this.#target.fill(values, encodeURIComponent);
  }

  /** The request with the values; `cookies` is the value of a `Cookie` header of its own. */
  write(values: TemplateValues, target = this.target(values), cookies = ''): WireRequest {
    const body = this.#body?.fill(values, this.#json ? escapeJson : asItIs);
    const length = body === undefined ? '' : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
    const jar = cookies === '' ? '' : `Cookie: ${cookies}\r\n`;
    const head = `${this.#method} ${target} HTTP/1.1\r\n${this.#headers.fill(values, inOneLine)}${jar}${length}\r\n`;
    return { method: this.#method, head, body, origin: this.#origin };
  }
}
