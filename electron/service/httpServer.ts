import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorMessage, ProofloadError, systemErrorCode } from '../../shared/errors/appError';
import { isLoopbackAuthority } from '../hosts/addresses';
import { BadRequest, type DocumentService, type ReadAnswer } from './documentService';
import { LoopWatch } from './loopWatch';
import { LoopUse, ServerTiming } from './serverTiming';
import { StorageError, type StorageErrorKind } from './storage/storageError';

const maxBodyBytes = 4_000_000;

const statusOf: Record<StorageErrorKind, number> = {
  'not-found': 404,
  conflict: 412,
  'unique-violation': 409,
  'tenant-denied': 403,
  'not-supported': 501,
  unavailable: 503,
  timeout: 504,
};

/** Thrown for a request that is refused with this status before it reaches the service. */
class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  timing: ServerTiming;
  startedMs: number;
}

interface Answer {
  status: number;
  json?: string;
  /** The length of `json` in UTF-8, where it is known. */
  bytes?: number;
  /** Names and values in turn: an object of headers that are added one by one costs Node more. */
  headers?: string[];
}

function finish({ response, timing, startedMs }: Exchange, { status, json, bytes, headers = [] }: Answer): void {
  const length = json === undefined ? 0 : (bytes ?? Buffer.byteLength(json));
  if (json !== undefined) headers.push('Content-Type', 'application/json', 'Content-Length', String(length));
  timing.add('handler', performance.now() - startedMs);
  headers.push('Server-Timing', timing.header());
  response.writeHead(status, headers);
  // Text of one byte a character is the same in both encodings, and Node writes Latin-1 without looking for others.
  response.end(json, length === json?.length ? 'latin1' : 'utf8');
}

function problem(status: number, detail: string): Answer {
  return { status, json: JSON.stringify({ status, detail }) };
}

function toAnswer(thrown: unknown): Answer {
  if (thrown instanceof Refused) return problem(thrown.status, thrown.message);
  if (thrown instanceof StorageError) return problem(statusOf[thrown.kind], thrown.message);
  if (thrown instanceof BadRequest) return problem(400, thrown.message);
  return problem(500, errorMessage(thrown));
}

/**
 * Returns the first header of a name in lower case, or undefined. Node's `headers` makes an object of all headers when
 * it is first read; a read from the cache needs none of them but these few.
 */
function headerOf({ rawHeaders }: IncomingMessage, name: string): string | undefined {
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const candidate = rawHeaders[at];
    if (candidate?.length === name.length && candidate.toLowerCase() === name) return rawHeaders[at + 1];
  }
  return undefined;
}

/**
 * Refuses requests of web pages, which can reach loopback like any program. The `Origin` header reveals a page of
 * another site: browsers send it with every request that can write. The `Host` header reveals a page whose name was
 * made to lead here (DNS rebinding). Programs that load the service send no `Origin`, and the `Host` of this machine.
 */
class Doorkeeper {
  /**
   * The last `Host` that was accepted. All clients of a run send the same one, so it is compared and not parsed again.
   */
  #known: string | undefined;

  /** Throws {@link Refused} for a request of a web page. */
  check(request: IncomingMessage): void {
    // A request that only reads, such as one for a picture, has no Origin but Sec-Fetch-Site (Fetch Metadata). Its
    // value is `none` for an address that a person types.
    const origin = headerOf(request, 'origin');
    const site = headerOf(request, 'sec-fetch-site');
    if (origin !== undefined || (site !== undefined && site !== 'none'))
      throw new Refused(403, 'requests of web pages are not answered');
    const host = headerOf(request, 'host');
    if (host === this.#known && host !== undefined) return;
    if (host === undefined || !isLoopbackAuthority(host))
      throw new Refused(421, 'the Host must be this machine: 127.0.0.1, localhost or [::1]');
    this.#known = host;
  }
}

/** RFC 9110, section 8.3: type and subtype in any case, then parameters. JSON has none that matter. */
const jsonType = /^application\/json[ \t]*(?:;|$)/i;

/** Whether a request has a body (RFC 9112, 6.3). Without one, Node emits no `end`: see {@link createHttpServer}. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

/**
 * Reads a JSON body. Rejects with {@link Refused} for another type: a form of a web page cannot send this one without a
 * preflight request.
 */
function readBody(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type'];
  if (type !== 'application/json' && !jsonType.test(type ?? ''))
    return Promise.reject(new Refused(415, 'the body must be JSON, with Content-Type: application/json'));
  if (!hasBody(request)) return Promise.reject(new BadRequest('the body is not JSON'));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBodyBytes) reject(new BadRequest(`the body is larger than ${maxBodyBytes} bytes`));
      else chunks.push(chunk);
    });
    request.on('end', () => {
      try {
        resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      } catch {
        reject(new BadRequest('the body is not JSON'));
      }
    });
    request.on('error', reject);
  });
}

/**
 * Reads If-Match (RFC 9110) with one entity tag; the tags of the service are the version in quotes. Returns undefined,
 * for any version, without the header or for `*`.
 */
function expectedVersion(request: IncomingMessage): number | undefined {
  const header = request.headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const version = Number(/^"(\d+)"$/.exec(header)?.[1]);
  if (!Number.isInteger(version)) throw new BadRequest('If-Match: must be "*" or a version in quotes');
  return version;
}

/** RFC 9211 Cache-Status. */
const cacheStatus = { hit: 'proofload; hit', miss: 'proofload; fwd=miss', bypass: 'proofload; fwd=request' } as const;

function readAnswer({ document, cache }: ReadAnswer): Answer {
  const headers = cache ? ['Cache-Status', cacheStatus[cache]] : [];
  if (!document) return { ...problem(404, 'there is no such document'), headers };
  headers.push('ETag', document.etag);
  return { status: 200, json: document.json, bytes: document.bytes, headers };
}

function receipt(status: number, { tenant, id, version }: { tenant: string; id: string; version: number }): Answer {
  const headers = ['ETag', `"${version}"`];
  if (status === 201) headers.push('Location', `/tenants/${tenant}/documents/${id}`);
  return { status, json: JSON.stringify({ tenant, id, version }), headers };
}

async function batch(service: DocumentService, tenant: string, { request, timing }: Exchange): Promise<Answer> {
  const documents = await service.batch(tenant, await readBody(request), timing);
  return { status: 200, json: JSON.stringify({ documents }) };
}

async function query(
  service: DocumentService,
  tenant: string,
  parameters: URLSearchParams,
  timing: ServerTiming,
): Promise<Answer> {
  const documents = await service.query(tenant, parameters, timing);
  const next = documents.at(-1)?.id ?? null;
  return { status: 200, json: timing.measure('serialise', () => JSON.stringify({ documents, next })) };
}

async function create(service: DocumentService, tenant: string, { request, timing }: Exchange): Promise<Answer> {
  return receipt(201, await service.create(tenant, await readBody(request), timing));
}

/** A document in the cache is answered at once: a promise would cost as much as its lookup. */
function read(
  service: DocumentService,
  tenant: string,
  id: string,
  { request, timing }: Exchange,
): Answer | Promise<Answer> {
  const found = service.read(tenant, id, headerOf(request, 'cache-control') === 'no-cache', timing);
  return found instanceof Promise ? found.then(readAnswer) : readAnswer(found);
}

async function replace(
  service: DocumentService,
  tenant: string,
  id: string,
  { request, timing }: Exchange,
): Promise<Answer> {
  const version = expectedVersion(request);
  return receipt(200, await service.replace(tenant, id, version, await readBody(request), timing));
}

async function remove(
  service: DocumentService,
  tenant: string,
  id: string,
  { request, timing }: Exchange,
): Promise<Answer> {
  await service.remove(tenant, id, expectedVersion(request), timing);
  return { status: 204 };
}

/** What a path names: a collection of a tenant, or one thing in it. */
interface Place {
  tenant: string;
  collection: string;
  id: string | undefined;
}

const tenants = '/tenants/';

/**
 * Takes `/tenants/TENANT/COLLECTION` apart, with or without `/ID`; undefined for another path. By position: to split a
 * path into an array costs more than the lookup of a cached document.
 */
function placeOf(path: string): Place | undefined {
  const tenantEnd = path.indexOf('/', tenants.length);
  if (!path.startsWith(tenants) || tenantEnd < 0) return undefined;
  const tenant = path.slice(tenants.length, tenantEnd);
  const collectionEnd = path.indexOf('/', tenantEnd + 1);
  if (collectionEnd < 0) return { tenant, collection: path.slice(tenantEnd + 1), id: undefined };
  const collection = path.slice(tenantEnd + 1, collectionEnd);
  const id = path.slice(collectionEnd + 1);
  return id.includes('/') ? undefined : { tenant, collection, id };
}

/** Throws, or rejects, with what {@link toAnswer} turns into a response. */
function route(service: DocumentService, exchange: Exchange): Answer | Promise<Answer> {
  const { method, url = '/' } = exchange.request;
  const queryAt = url.indexOf('?');
  const path = queryAt < 0 ? url : url.slice(0, queryAt);
  if (path === '/healthz') return { status: 200, json: '{"status":"ok"}' };
  const place = placeOf(path);
  if (!place) return problem(404, 'there is nothing here');
  const { tenant, collection, id } = place;
  if (collection === 'batches' && id === undefined) {
    if (method !== 'POST') return { ...problem(405, 'use POST'), headers: ['Allow', 'POST'] };
    return batch(service, tenant, exchange);
  }
  if (collection !== 'documents') return problem(404, 'there is nothing here');

  if (id === undefined) {
    if (method === 'GET') {
      const parameters = new URLSearchParams(queryAt < 0 ? '' : url.slice(queryAt));
      return query(service, tenant, parameters, exchange.timing);
    }
    if (method === 'POST') return create(service, tenant, exchange);
    return { ...problem(405, 'use GET or POST'), headers: ['Allow', 'GET, POST'] };
  }
  switch (method) {
    case 'GET':
      return read(service, tenant, id, exchange);
    case 'PUT':
      return replace(service, tenant, id, exchange);
    case 'DELETE':
      return remove(service, tenant, id, exchange);
    default:
      return { ...problem(405, 'use GET, PUT or DELETE'), headers: ['Allow', 'GET, PUT, DELETE'] };
  }
}

function answer(service: DocumentService, door: Doorkeeper, exchange: Exchange): void {
  let answered: Answer | Promise<Answer>;
  try {
    door.check(exchange.request);
    answered = route(service, exchange);
  } catch (thrown) {
    answered = toAnswer(thrown);
  }
  if (answered instanceof Promise) void answered.catch(toAnswer).then((result) => finish(exchange, result));
  else finish(exchange, answered);
}

/**
 * Serves documents over HTTP to programs on this machine. Requests of web pages and bodies that are not declared as
 * JSON are refused. The caller listens and closes. `use` records what holds the event loop.
 */
export function createHttpServer(service: DocumentService, use = new LoopUse()): Server {
  const loop = new LoopWatch();
  const door = new Doorkeeper();
  // Requests without a body, which are most, are not streams that somebody must read to their end.
  const server = createServer({ optimizeEmptyRequests: true }, (request, response) => {
    const startedMs = performance.now();
    const timing = new ServerTiming(use);
    const busyMs = loop.begin(startedMs);
    // Also when it is 0: this tells a client that the rest of the wait was the network.
    timing.add('loop', busyMs);
    answer(service, door, { request, response, timing, startedMs });
  });
  server.on('close', () => loop.stop());
  // A run may leave a connection idle for longer than Node's five seconds; closing it would look like a fault.
  server.keepAliveTimeout = 0;
  return server;
}

/** Listens on loopback and returns the port. Port 0 takes a free one. Throws `port-in-use` or `target-failed`. */
export function listenOnLoopback(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(
        systemErrorCode(error) === 'EADDRINUSE'
          ? new ProofloadError(
              'port-in-use',
              `port ${port} is already in use`,
              'choose no port to take a free one, or stop the program that uses it',
            )
          : new ProofloadError(
              'target-failed',
              `the document service cannot listen: ${error.message}`,
              'try another port',
            ),
      );
    });
    // The backlog holds the connections of a whole run, which may all open at once.
    server.listen({ port, host: '127.0.0.1', backlog: 4096 }, () => {
      const address: AddressInfo | string | null = server.address();
      if (address === null || typeof address === 'string') reject(new Error('the server has no port'));
      else resolve(address.port);
    });
  });
}
