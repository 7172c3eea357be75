import { type WireUrl, wireUrl } from '../../../shared/http/wireUrl';
import type { HttpMethod, UrlTarget } from '../../../shared/run/target';
import type { Auth } from '../../../shared/scenario/auth';
import type { EncodingFields } from '../../../shared/scenario/contentEncoding';
import type { BodyFields } from '../../../shared/scenario/requestBody';
import type { RequestFields } from '../../../shared/scenario/requests';
import type { SecretOf, Template, TemplateValues } from '../../../shared/scenario/template';
import { type CompiledAuth, compileAuth, type TokenOf } from '../auth/compiledAuth';
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
  /** How it says who sends it. */
  auth?: Auth | undefined;
}

/** What requests need beside what the scenario says. */
export interface RequestMeans {
  fileOf: FileOf;
  tokenOf: TokenOf;
}

/** For requests that are compiled to see whether they can be, and not sent. */
export const withoutMeans: RequestMeans = { fileOf: () => Buffer.alloc(0), tokenOf: () => () => '' };

/** What a request of a scenario sends to a server. `secretOf` gives the secrets in user and password. Throws `usage`. */
export function partsOf(
  { method, url, headers, acceptEncoding, auth, ...fields }: RequestFields,
  target: Pick<UrlTarget, 'url' | 'headers'>,
  secretOf?: SecretOf,
): RequestParts {
  return {
    method,
    url: wireUrl(url, target.url, secretOf),
    headers: [...target.headers, ...Object.entries(headers)],
    body: fields,
    acceptEncoding,
    auth,
  };
}

/** A value that came from an answer must not begin another header. */
const inOneLine = (value: string): string => (/[\r\n\0]/.test(value) ? value.replace(/[\r\n\0]+/g, ' ') : value);

function headerLines(request: RequestParts, body: CompiledBody | undefined): string {
  const { url, headers, acceptEncoding, auth } = request;
  const { host, authorization } = url;
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  // The length of the body is ours to say.
  const lines = headers.filter(([name]) => !/^content-length$/i.test(name)).map(([name, value]) => `${name}: ${value}`);
  if (!given.has('host')) lines.unshift(`Host: ${host}`);
  // As curl has it: a header that is named goes before what the URL says.
  if (authorization !== undefined && !auth && !given.has('authorization'))
    lines.push(`Authorization: ${authorization}`);
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
  readonly #auth: CompiledAuth | undefined;
  /** Whether it is the same each time. */
  readonly isConstant: boolean;

  /**
   * `origin`: its number among those that the workload goes to. Reads the files that are sent. Throws `usage` for one that
   * can't be.
   */
  constructor(request: RequestParts, origin: number, compile: (text: string) => Template, means: RequestMeans) {
    const { method, url, body, headers, auth } = request;
    // A header of the command line goes before what the scenario says.
    const isNamed = headers.some(([name]) => name.toLowerCase() === 'authorization');
    this.#method = method;
    this.#origin = origin;
    this.#target = compile(url.target);
    this.#body = compileBody(body, compile, means.fileOf);
    this.#headers = compile(headerLines(request, this.#body));
    this.#auth = auth && !isNamed ? compileAuth(auth, compile, means.tokenOf) : undefined;
    const parts = [this.#target, this.#headers, this.#body, this.#auth];
    this.isConstant = parts.every((part) => part?.isConstant ?? true);
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
    const headers = this.#headers.fill(values, inOneLine);
    const auth = this.#auth?.lines(values, { method: this.#method, target, headers, body }) ?? '';
    const head = `${this.#method} ${target} HTTP/1.1\r\n${headers}${auth}${jar}${length}\r\n`;
    return { method: this.#method, head, body, origin: this.#origin };
  }

  /** Whether it is signed, so that a request to another place needs another signature. */
  get isSigned(): boolean {
    return this.#auth?.isSignature ?? false;
  }

  /** A request to another place of the same server, with a signature of its own where it needs one. */
  signed(wire: WireRequest, values: TemplateValues): WireRequest {
    if (!this.#auth?.isSignature) return wire;
    const [line = ''] = wire.head.split('\r\n', 1);
    const headers = wire.head.slice(line.length + 2, -2);
    const target = line.split(' ')[1] ?? '/';
    const lines = this.#auth.lines(values, { method: wire.method, target, headers, body: wire.body });
    return { ...wire, head: `${line}\r\n${headers}${lines}\r\n` };
  }
}
