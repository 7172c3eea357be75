import { type WireUrl, wireUrl } from '../../../shared/http/wireUrl';
import type { HttpMethod, UrlTarget } from '../../../shared/run/target';
import type { EncodingFields } from '../../../shared/scenario/contentEncoding';
import type { BodyFields } from '../../../shared/scenario/requestBody';
import type { RequestFields } from '../../../shared/scenario/requests';
import type { SecretOf, Template, TemplateValues } from '../../../shared/scenario/template';
import type { FileOf } from '../body/bodyFiles';
import { bodyLength, type CompiledBody, compileBody } from '../body/compiledBody';
import type { WireRequest } from './workload';

/** What is sent to a foreign service, with its placeholders. */
export interface RequestParts {
  method: HttpMethod;
  /** Where it goes; placeholders in path and query. */
  url: WireUrl;
  headers: readonly (readonly [name: string, value: string])[];
  /** Nothing in it: without a body. */
  body: BodyFields;
  /** The encodings that the answer may have; undefined where none is asked for. */
  acceptEncoding?: EncodingFields['acceptEncoding'];
}

/** What a request of a scenario sends to a server. `secretOf` gives the secrets in user and password. Throws `usage`. */
export function partsOf(
  { method, url, headers, acceptEncoding, ...fields }: RequestFields,
  target: Pick<UrlTarget, 'url' | 'headers'>,
  secretOf?: SecretOf,
): RequestParts {
  return {
    method,
    url: wireUrl(url, target.url, secretOf),
    headers: [...target.headers, ...Object.entries(headers)],
    body: fields,
    acceptEncoding,
  };
}

/** A value that came from an answer must not begin another header. */
const inOneLine = (value: string): string => (/[\r\n\0]/.test(value) ? value.replace(/[\r\n\0]+/g, ' ') : value);

function headerLines(request: RequestParts, body: CompiledBody | undefined): string {
  const { url, headers, acceptEncoding } = request;
  const { host, authorization } = url;
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  // The length of the body is ours to say.
  const lines = headers.filter(([name]) => !/^content-length$/i.test(name)).map(([name, value]) => `${name}: ${value}`);
  if (!given.has('host')) lines.unshift(`Host: ${host}`);
  // As curl has it: a header that is named goes before what the URL says.
  if (authorization !== undefined && !given.has('authorization')) lines.push(`Authorization: ${authorization}`);
  if (!given.has('user-agent')) lines.push('User-Agent: proofload');
  if (!given.has('accept')) lines.push('Accept: */*');
  if (acceptEncoding && !given.has('accept-encoding')) lines.push(`Accept-Encoding: ${acceptEncoding.join(', ')}`);
  if (body?.contentType !== undefined && !given.has('content-type')) lines.push(`Content-Type: ${body.contentType}`);
  if (body?.isGzip && !given.has('content-encoding')) lines.push('Content-Encoding: gzip');
  return lines.map((line) => `${line}\r\n`).join('');
}

/** A request as text for the wire, whose parts are compiled once. */
export class RequestText {
  readonly #method: HttpMethod;
  readonly #origin: number;
  readonly #target: Template;
  readonly #headers: Template;
  readonly #body: CompiledBody | undefined;
  /** Whether it is the same each time. */
  readonly isConstant: boolean;

  /**
   * `origin`: its number among those that the workload goes to. Reads the files that are sent. Throws `usage` for one that
   * can't be.
   */
  constructor(request: RequestParts, origin: number, compile: (text: string) => Template, fileOf: FileOf) {
    const { method, url, body } = request;
    this.#method = method;
    this.#origin = origin;
    this.#target = compile(url.target);
    this.#body = compileBody(body, compile, fileOf);
    this.#headers = compile(headerLines(request, this.#body));
    this.isConstant = this.#target.isConstant && this.#headers.isConstant && (this.#body?.isConstant ?? true);
  }

  /** Path and query, filled in. */
  target(values: TemplateValues): string {
    return this.#target.fill(values, encodeURIComponent);
  }

  /** The request with the values; `cookies` is the value of a `Cookie` header of its own. */
  write(values: TemplateValues, target = this.target(values), cookies = ''): WireRequest {
    const body = this.#body?.write(values);
    const length = body === undefined ? '' : `Content-Length: ${bodyLength(body)}\r\n`;
    const jar = cookies === '' ? '' : `Cookie: ${cookies}\r\n`;
    const head = `${this.#method} ${target} HTTP/1.1\r\n${this.#headers.fill(values, inOneLine)}${jar}${length}\r\n`;
    return { method: this.#method, head, body, origin: this.#origin };
  }
}
