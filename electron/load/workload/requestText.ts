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

/** The parts of a request to an external service, with placeholders. */
export interface RequestParts {
  method: HttpMethod;
  /** The URL, with placeholders in path and query. */
  url: WireUrl;
  headers: readonly (readonly [name: string, value: string])[];
  /** Empty for a request without a body. */
  body: BodyFields;
  /** The content encodings that the response may have; undefined when the request names none. */
  acceptEncoding?: EncodingFields['acceptEncoding'];
  /** The authentication of the request. */
  auth?: Auth | undefined;
}

/** What requests need in addition to the scenario. */
export interface RequestDependencies {
  fileOf: FileOf;
  tokenOf: TokenOf;
}

/** For requests that are compiled only to find errors, and are not sent. */
export const noDependencies: RequestDependencies = { fileOf: () => Buffer.alloc(0), tokenOf: () => () => '' };

/**
 * The parts of a scenario's request. `secretOf` gives the secrets in the user and password of the URL. Throws `usage`.
 */
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

/** A value from a response must not be able to begin another header. */
const inOneLine = (value: string): string => (/[\r\n\0]/.test(value) ? value.replace(/[\r\n\0]+/g, ' ') : value);

function headerLines(request: RequestParts, body: CompiledBody | undefined): string {
  const { url, headers, acceptEncoding, auth } = request;
  const { host, authorization } = url;
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  // The generator sets the length of the body itself.
  const lines = headers.filter(([name]) => !/^content-length$/i.test(name)).map(([name, value]) => `${name}: ${value}`);
  if (!given.has('host')) lines.unshift(`Host: ${host}`);
  // As in curl, a header that the request names takes precedence over the user and password of the URL.
  if (authorization !== undefined && !auth && !given.has('authorization'))
    lines.push(`Authorization: ${authorization}`);
  if (!given.has('user-agent')) lines.push('User-Agent: proofload');
  if (!given.has('accept')) lines.push('Accept: */*');
  if (acceptEncoding && !given.has('accept-encoding')) lines.push(`Accept-Encoding: ${acceptEncoding.join(', ')}`);
  if (body?.contentType !== undefined && !given.has('content-type')) lines.push(`Content-Type: ${body.contentType}`);
  if (body?.isGzip && !given.has('content-encoding')) lines.push('Content-Encoding: gzip');
  return lines.map((line) => `${line}\r\n`).join('');
}

/** A request as text for the wire. Its parts are compiled once. */
export class RequestText {
  readonly #method: HttpMethod;
  readonly #origin: number;
  readonly #target: Template;
  readonly #headers: Template;
  readonly #body: CompiledBody | undefined;
  readonly #auth: CompiledAuth | undefined;
  /** Whether the request is the same each time. */
  readonly isConstant: boolean;

  /**
   * `origin` is the number of the server among those of the workload. Reads the files that are sent. Throws `usage` for
   * a file that can't be sent.
   */
  constructor(
    request: RequestParts,
    origin: number,
    compile: (text: string) => Template,
    dependencies: RequestDependencies,
  ) {
    const { method, url, body, headers, auth } = request;
    // A header of the command line takes precedence over the scenario.
    const isNamed = headers.some(([name]) => name.toLowerCase() === 'authorization');
    this.#method = method;
    this.#origin = origin;
    this.#target = compile(url.target);
    this.#body = compileBody(body, compile, dependencies.fileOf);
    this.#headers = compile(headerLines(request, this.#body));
    this.#auth = auth && !isNamed ? compileAuth(auth, compile, dependencies.tokenOf) : undefined;
    const parts = [this.#target, this.#headers, this.#body, this.#auth];
    this.isConstant = parts.every((part) => part?.isConstant ?? true);
  }

  /** Path and query, with their placeholders filled in. */
  target(values: TemplateValues): string {
    return this.#target.fill(values, encodeURIComponent);
  }

  /**
   * The request with its placeholders filled in. `cookies` is the value of a separate `Cookie` header; empty for none.
   */
  write(values: TemplateValues, target = this.target(values), cookies = ''): WireRequest {
    const body = this.#body?.write(values);
    const length = body === undefined ? '' : `Content-Length: ${bodyLength(body)}\r\n`;
    const jar = cookies === '' ? '' : `Cookie: ${cookies}\r\n`;
    const headers = this.#headers.fill(values, inOneLine);
    const auth = this.#auth?.lines(values, { method: this.#method, target, headers, body }) ?? '';
    const head = `${this.#method} ${target} HTTP/1.1\r\n${headers}${auth}${jar}${length}\r\n`;
    return { method: this.#method, head, body, origin: this.#origin };
  }

  /** Whether the request is signed, so that a request to another path needs another signature. */
  get isSigned(): boolean {
    return this.#auth?.isSignature ?? false;
  }

  /** Signs a request to another path of the same server. Returns it unchanged when no signature is needed. */
  signed(wire: WireRequest, values: TemplateValues): WireRequest {
    if (!this.#auth?.isSignature) return wire;
    const [line = ''] = wire.head.split('\r\n', 1);
    const headers = wire.head.slice(line.length + 2, -2);
    const target = line.split(' ')[1] ?? '/';
    const lines = this.#auth.lines(values, { method: wire.method, target, headers, body: wire.body });
    return { ...wire, head: `${line}\r\n${headers}${lines}\r\n` };
  }
}
