import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request, type Server } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { engineConfig } from '../../shared/engines/config';
import { fields, storedDocument } from '../../tests/support/factories';
import { DocumentCache } from './documentCache';
import { DocumentService } from './documentService';
import { createHttpServer, listenOnLoopback } from './httpServer';
import { openEngine } from './storage/openEngine';
import type { StorageEngine } from './storage/storageEngine';

describe('the document service over HTTP', () => {
  let folder: string;
  let engine: StorageEngine;
  let server: Server;
  let origin: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-http-'));
    engine = await openEngine(engineConfig('sqlite'), { folder, namespace: 'http', url: undefined });
    await engine.seed([storedDocument(), storedDocument({ id: 'd2', status: 'review' })]);
    const cache = new DocumentCache({ enabled: true, maxEntries: 100, ttlMs: 0, onWrite: 'refresh' });
    server = createHttpServer(new DocumentService(engine, cache));
    origin = `http://127.0.0.1:${await listenOnLoopback(server, 0)}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await engine.close();
    rmSync(folder, { recursive: true });
  });

  const send = (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    fetch(`${origin}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  const json = async (response: Response): Promise<Record<string, unknown>> =>
    z.record(z.string(), z.unknown()).parse(await response.json());
  const document = '/tenants/t00/documents/d1';

  it('reads through the cache and says so', async () => {
    const miss = await send('GET', document);
    const hit = await send('GET', document);
    const past = await send('GET', document, undefined, { 'Cache-Control': 'no-cache' });
    expect([miss, hit, past].map((response) => response.headers.get('cache-status'))).toEqual([
      'proofload; fwd=miss',
      'proofload; hit',
      'proofload; fwd=request',
    ]);
    expect(await hit.json()).toEqual(storedDocument());
    expect(hit.headers.get('etag')).toBe('"1"');
    expect(miss.headers.get('server-timing')).toMatch(/cache;dur=.*fetch;dur=.*decode;dur=.*handler;dur=/);
  });

  it('updates under optimistic locking, and the next read sees it', async () => {
    await send('GET', document);
    const stale = await send('PUT', document, fields(), { 'If-Match': '"9"' });
    expect(stale.status).toBe(412);
    const updated = await send('PUT', document, fields({ title: 'new' }), { 'If-Match': '"1"' });
    expect([updated.status, updated.headers.get('etag')]).toEqual([200, '"2"']);
    expect(await updated.json()).toEqual({ tenant: 't00', id: 'd1', version: 2 });
    const read = await send('GET', document);
    expect([read.headers.get('cache-status'), (await json(read)).title]).toEqual(['proofload; hit', 'new']);
  });

  it('creates with a location, lists by status, deletes', async () => {
    const created = await send('POST', '/tenants/t00/documents', fields({ status: 'review' }));
    expect(created.status).toBe(201);
    const location = created.headers.get('location') ?? '';
    expect((await send('GET', location)).status).toBe(200);
    const list = await json(await send('GET', '/tenants/t00/documents?status=review&limit=10'));
    expect(list.documents).toHaveLength(2);
    expect((await send('DELETE', location)).status).toBe(204);
    expect((await send('GET', location)).status).toBe(404);
  });

  it('takes a batch as a whole, and reads what it left', async () => {
    const steps = [
      { kind: 'update', id: 'd1', expectedVersion: 1, fields: fields({ title: 'batched' }) },
      { kind: 'delete', id: 'd2' },
      { kind: 'insert', fields: fields({ title: 'new' }) },
    ];
    const response = await send('POST', '/tenants/t00/batches', steps);
    expect(response.status).toBe(200);
    const { documents } = await json(response);
    expect(documents).toMatchObject([{ id: 'd1', version: 2 }, { id: 'd2', version: null }, { version: 1 }]);
    expect(await json(await send('GET', '/tenants/t00/documents/d1'))).toMatchObject({ title: 'batched', version: 2 });
    expect((await send('GET', '/tenants/t00/documents/d2')).status).toBe(404);
    const listed = await json(await send('GET', '/tenants/t00/documents'));
    expect(listed.documents).toHaveLength(2);
    expect(listed.documents).toEqual(expect.arrayContaining([expect.objectContaining({ title: 'new' })]));
    expect((await send('POST', '/tenants/t00/batches', [...steps, { kind: 'delete', id: 'd2' }])).status).toBe(412);
    expect(await json(await send('GET', '/tenants/t00/documents/d1'))).toMatchObject({ version: 2 });
  });

  it.each([
    ['GET', '/', undefined, 404],
    ['GET', '/tenants/t00/documents/missing', undefined, 404],
    ['GET', '/tenants/t00/documents?status=lost', undefined, 400],
    ['POST', '/tenants/t00/batches', [{ kind: 'update', id: 'd1' }], 400],
    ['POST', '/tenants/t00/batches', [{ kind: 'require', id: 'd1', expectedVersion: 9 }], 412],
    ['GET', '/tenants/t00/batches', undefined, 405],
    ['GET', '/tenants/t00/documents?status=draft&limit=0', undefined, 400],
    ['GET', "/tenants/t00'--/documents/d1", undefined, 400],
    ['PUT', document, '{not json', 400],
    ['PUT', document, { title: 'half a document' }, 400],
    ['PUT', '/tenants/t00/documents/missing', fields(), 404],
    ['PATCH', document, undefined, 405],
    ['DELETE', '/tenants/t00/documents', undefined, 405],
  ])('answers %s %s with an error of its own', async (method, path, body, status) => {
    const response = await send(method, path, body);
    expect(response.status).toBe(status);
    expect((await json(response)).detail).toBeTruthy();
  });

  /** Sends a request unchanged, and resolves with its status. `fetch` would change these headers. */
  const sendRaw = (method: string, path: string, headers: Record<string, string>, body?: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const sent = request(`${origin}${path}`, { method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  const stored = async (): Promise<unknown> => (await json(await send('GET', document))).version;
  const asJson = { 'Content-Type': 'application/json' };
  const content = JSON.stringify(fields({ title: 'written by a page' }));

  it.each([
    ['127.0.0.1', 200],
    ['127.0.0.1:8080', 200],
    ['localhost', 200],
    ['LOCALHOST:1', 200],
    ['[::1]:8080', 200],
    ['127.0.0.2:1', 200],
    ['evil.invalid', 421],
    ['evil.invalid:8080', 421],
    ['127.0.0.1.evil.invalid', 421],
    ['localhost.evil.invalid:80', 421],
    ['evil.invalid:80@127.0.0.1', 421],
    ['127.0.0.1@evil.invalid', 421],
    ['0.0.0.0', 421],
    ['192.0.2.1', 421],
  ])('is there for this machine alone: a Host %j is answered with %i', async (Host, status) => {
    expect(await sendRaw('GET', document, { Host })).toBe(status);
    expect(await sendRaw('GET', '/healthz', { Host })).toBe(status);
    const written = await sendRaw('PUT', document, { ...asJson, Host }, content);
    expect(written).toBe(status);
    expect(await stored()).toBe(status === 200 ? 2 : 1);
  });

  it('answers nothing to those who do not say whom they mean', async () => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    socket.end(`GET ${document} HTTP/1.0\r\n\r\n`);
    const [first] = await once(socket, 'data');
    expect(String(first)).toMatch(/^HTTP\/1\.1 421 /);
    socket.destroy();
  });

  it('answers a write without a body, and the requests after it on the same connection', async () => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    const head = `Host: 127.0.0.1\r\nContent-Type: application/json\r\n`;
    socket.write(`PUT ${document} HTTP/1.1\r\n${head}\r\n`);
    const [first] = await once(socket, 'data');
    expect(String(first)).toMatch(/^HTTP\/1\.1 400 .*the body is not JSON/s);
    socket.write(`PUT ${document} HTTP/1.1\r\n${head}Content-Length: ${content.length}\r\n\r\n${content}`);
    const [second] = await once(socket, 'data');
    expect(String(second)).toMatch(/^HTTP\/1\.1 200 /);
    socket.end(`GET ${document} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
    const [third] = await once(socket, 'data');
    expect(String(third)).toContain('written by a page');
    socket.destroy();
  });

  it.each(['plain', 'na\u00efve', '\ud83d\ude00', '\u00ff\u0100'])(
    'sends the text %j as it was written',
    async (title) => {
      expect((await send('PUT', document, fields({ title }))).status).toBe(200);
      const read = await send('GET', document);
      expect((await json(read)).title).toBe(title);
      const list = await send('GET', '/tenants/t00/documents');
      expect((await json(list)).documents).toMatchObject([{ title }, {}]);
    },
  );

  it('lets nobody in because of who was let in before', async () => {
    for (const [Host, status] of [
      ['localhost', 200],
      ['evil.invalid', 421],
      ['127.0.0.1:1', 200],
      ['evil.invalid', 421],
    ] as const)
      expect([Host, await sendRaw('GET', document, { Host })]).toEqual([Host, status]);
  });

  it.each(['https://evil.invalid', 'http://localhost:3000', 'null', ''])(
    'refuses requests of web pages, whatever they do: Origin %j',
    async (Origin) => {
      for (const [method, path, body] of [
        ['GET', document],
        ['OPTIONS', document],
        ['DELETE', document],
        ['PUT', document, content],
        ['POST', '/tenants/t00/documents', content],
        ['POST', '/tenants/t00/batches', '[{"kind":"delete","id":"d1"}]'],
      ] as const)
        expect([method, await sendRaw(method, path, { ...asJson, Origin }, body)]).toEqual([method, 403]);
      expect(await stored()).toBe(1);
    },
  );

  it.each([
    ['cross-site', 403],
    ['same-origin', 403],
    // An address that a person has typed in a browser.
    ['none', 200],
  ])('refuses what a page reads without an Origin, as by a picture: Sec-Fetch-Site %s', async (site, status) => {
    expect(await sendRaw('GET', document, { 'Sec-Fetch-Site': site })).toBe(status);
  });

  it.each([
    ['application/json', 200],
    ['application/json; charset=utf-8', 200],
    ['Application/JSON ;charset=UTF-8', 200],
    ['text/plain', 415],
    ['text/plain; charset=application/json', 415],
    ['application/json-patch+json', 415],
    ['application/jsonp', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    [undefined, 415],
  ])('takes JSON that is declared as such: %s is answered with %i', async (type, status) => {
    const headers = type === undefined ? {} : { 'Content-Type': type };
    expect(await sendRaw('PUT', document, headers, content)).toBe(status);
    expect(await sendRaw('POST', '/tenants/t00/documents', headers, content)).toBe(status === 200 ? 201 : status);
    expect(await sendRaw('POST', '/tenants/t00/batches', headers, '[]')).toBe(status);
    expect(await stored()).toBe(status === 200 ? 2 : 1);
  });

  it('takes no body that is larger than a document can be', async () => {
    const path = '/tenants/t00/batches';
    expect(await sendRaw('POST', path, asJson, `${' '.repeat(3_900_000)}[]`)).toBe(200);
    expect(await sendRaw('POST', path, asJson, `${' '.repeat(4_000_000)}[]`)).toBe(400);
  });

  it('refuses a port that is in use, and says what to do', async () => {
    const port = Number(new URL(origin).port);
    const other = createHttpServer(
      new DocumentService(engine, new DocumentCache({ enabled: false, maxEntries: 1, ttlMs: 0, onWrite: 'refresh' })),
    );
    await expect(listenOnLoopback(other, port)).rejects.toMatchObject({
      code: 'port-in-use',
      hint: expect.stringContaining('port'),
    });
  });
});
