import type { IncomingMessage } from 'node:http';
import { type Answer, problem } from './answer';
import { BadRequest, type DocumentService, type ReadAnswer } from './documentService';
import { readBody } from './requestBody';
import { headerOf } from './requestHeader';
import type { ServerTiming } from './serverTiming';

/** A request to the service, and the times of its parts. */
export interface TimedRequest {
  request: IncomingMessage;
  timing: ServerTiming;
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

async function batch(service: DocumentService, tenant: string, { request, timing }: TimedRequest): Promise<Answer> {
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

async function create(service: DocumentService, tenant: string, { request, timing }: TimedRequest): Promise<Answer> {
  return receipt(201, await service.create(tenant, await readBody(request), timing));
}

/** A document in the cache is answered at once: a promise would cost as much as its lookup. */
function read(
  service: DocumentService,
  tenant: string,
  id: string,
  { request, timing }: TimedRequest,
): Answer | Promise<Answer> {
  const found = service.read(tenant, id, headerOf(request, 'cache-control') === 'no-cache', timing);
  return found instanceof Promise ? found.then(readAnswer) : readAnswer(found);
}

async function replace(
  service: DocumentService,
  tenant: string,
  id: string,
  { request, timing }: TimedRequest,
): Promise<Answer> {
  const version = expectedVersion(request);
  return receipt(200, await service.replace(tenant, id, version, await readBody(request), timing));
}

async function remove(
  service: DocumentService,
  tenant: string,
  id: string,
  { request, timing }: TimedRequest,
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

/** Answers a request. Throws, or rejects, with what toAnswer (answer.ts) turns into an answer. */
export function route(service: DocumentService, timed: TimedRequest): Answer | Promise<Answer> {
  const { method, url = '/' } = timed.request;
  const queryAt = url.indexOf('?');
  const path = queryAt < 0 ? url : url.slice(0, queryAt);
  if (path === '/healthz') return { status: 200, json: '{"status":"ok"}' };
  const place = placeOf(path);
  if (!place) return problem(404, 'there is nothing here');
  const { tenant, collection, id } = place;
  if (collection === 'batches' && id === undefined) {
    if (method !== 'POST') return { ...problem(405, 'use POST'), headers: ['Allow', 'POST'] };
    return batch(service, tenant, timed);
  }
  if (collection !== 'documents') return problem(404, 'there is nothing here');

  if (id === undefined) {
    if (method === 'GET') {
      const parameters = new URLSearchParams(queryAt < 0 ? '' : url.slice(queryAt));
      return query(service, tenant, parameters, timed.timing);
    }
    if (method === 'POST') return create(service, tenant, timed);
    return { ...problem(405, 'use GET or POST'), headers: ['Allow', 'GET, POST'] };
  }
  switch (method) {
    case 'GET':
      return read(service, tenant, id, timed);
    case 'PUT':
      return replace(service, tenant, id, timed);
    case 'DELETE':
      return remove(service, tenant, id, timed);
    default:
      return { ...problem(405, 'use GET, PUT or DELETE'), headers: ['Allow', 'GET, PUT, DELETE'] };
  }
}
