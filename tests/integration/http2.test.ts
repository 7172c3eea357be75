import { writeFileSync } from 'node:fs';
import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunDocument } from '../../shared/run/document';
import { Cli } from '../support/cli';
import { closedAfterTest } from '../support/closedAfterTest';
import { answer, http2Certificate, startHttp1OnlyServer, startHttp2Server } from '../support/http2Server';

describe('a load over HTTP/2', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  function started(plan: Partial<Parameters<typeof startHttp2Server>[0]> = {}) {
    return closedAfterTest(startHttp2Server({ handle: (stream) => answer(stream, 'ok'), ...plan }));
  }

  const iterations = (vus: number, count: number) => ({ executor: 'shared-iterations', vus, iterations: count });

  async function run(
    url: string,
    others: object,
    ...options: string[]
  ): Promise<{ document: RunDocument; stdout: string }> {
    const base = { schema: 'proofload.scenario/1', id: 'http2', name: 'HTTP/2', warmup: '0s' };
    writeFileSync(cli.file('scenario.json'), JSON.stringify({ ...base, ...others }));
    const args = ['--url', url, '--out', cli.file('run.json'), '--threshold', 'http_req_failed:rate<=1'];
    const trusted = url.startsWith('https') ? ['--cacert', http2Certificate] : [];
    const { code, stdout, stderr } = await cli.run('run', cli.file('scenario.json'), ...args, ...trusted, ...options);
    expect([0, 75], stderr).toContain(code);
    return { document: cli.document('run.json'), stdout };
  }

  it('sends a closed load over few connections, and the document and the report say what was spoken', async () => {
    const server = await started();
    const { document, stdout } = await run(server.url, { load: iterations(20, 400) }, '--http2');
    expect(document.metrics.errors).toEqual({});
    expect(document.metrics.http_reqs.count).toBe(400);
    expect(document.scenario.httpVersion).toBe('2');
    const origin = server.url.slice(0, -1);
    expect(document.protocols).toEqual([{ origin, httpVersion: '2' }]);
    expect(stdout).toContain(`HTTP/2 with ${origin}`);
    expect(document.log.map(({ message }) => message)).toContain(`HTTP/2 was spoken with ${origin}.`);
    expect(server.sessions).toHaveLength(1);
    expect(server.counts.streams).toBe(400);
    expect(server.counts.most).toBeGreaterThan(1);
  });

  it('sends an open load, without TLS by prior knowledge', async () => {
    const server = await started({ isPlain: true });
    const load = { executor: 'constant-arrival-rate', rate: 200, duration: '1s', maxVUs: 100 };
    const { document } = await run(server.url, { load }, '--http2-prior-knowledge');
    expect(document.metrics.errors).toEqual({});
    expect(document.metrics.http_reqs.count + document.metrics.dropped_iterations.count).toBe(200);
    expect(document.protocols).toEqual([{ origin: server.url.slice(0, -1), httpVersion: '2' }]);
    expect(server.sessions).toHaveLength(1);
  });

  it('sends journeys, each user over a connection of its own, with its cookies and its bytes', async () => {
    const handle = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void => {
      if (headers[':path'] === '/login') answer(stream, '{"token":"t"}', { 'set-cookie': 'session=1' });
      else answer(stream, `${headers.cookie} ${headers.authorization}`);
    };
    const server = await started({ handle });
    const steps = [
      {
        name: 'login',
        method: 'POST',
        url: '/login',
        form: { user: 'ann' },
        extract: { token: { jsonPath: '$.token' } },
      },
      {
        name: 'read',
        url: '/read',
        headers: { Authorization: 'Bearer {{token}}' },
        checks: [{ bodyContains: 'session=1 Bearer t' }],
      },
    ];
    const { document } = await run(server.url, {
      load: { executor: 'per-vu-iterations', vus: 3, iterations: 4 },
      journeys: [{ name: 'visit', steps }],
      httpVersion: '2',
    });
    expect(document.metrics.errors).toEqual({});
    expect(document.checks?.map(({ passes, fails }) => [passes, fails])).toEqual([[12, 0]]);
    expect(server.sessions).toHaveLength(3);
    const bytes = document.metrics.data_by_operation?.read;
    expect(bytes?.receivedBytes).toBeGreaterThan(12 * 27);
    expect(bytes?.sentBytes).toBeGreaterThan(12 * 9);
  });

  it('loses nothing to a server that sends connections away in mid-load', async () => {
    let taken = 0;
    const handle = (stream: ServerHttp2Stream): void => {
      taken += 1;
      // As servers do after so many requests.
      if (taken % 50 === 0) stream.session?.goaway(constants.NGHTTP2_NO_ERROR, stream.id);
      answer(stream, 'ok');
    };
    const server = await started({ handle });
    const { document } = await run(server.url, { load: iterations(10, 500) }, '--http2');
    expect(document.metrics.errors).toEqual({});
    expect(document.metrics.http_reqs.count).toBe(500);
    expect(server.sessions.length).toBeGreaterThan(1);
    // What came after the last request that a connection took was left unprocessed, and was sent again.
    expect(server.counts.streams).toBeGreaterThanOrEqual(500);
    expect(server.counts.streams).toBeLessThanOrEqual(500 + document.metrics.connections.reconnects);
  });

  it('opens connections as a server of one request a connection needs them', async () => {
    const server = await started({ maxConcurrentStreams: 1 });
    const { document } = await run(server.url, { load: iterations(5, 100) }, '--http2');
    expect(document.metrics.errors).toEqual({});
    expect(document.metrics.http_reqs.count).toBe(100);
    expect(server.sessions.length).toBeLessThanOrEqual(5);
  });

  it('counts what a server resets by its kind', async () => {
    let taken = 0;
    const handle = (stream: ServerHttp2Stream): void => {
      taken += 1;
      if (taken % 10 === 0) stream.close(constants.NGHTTP2_INTERNAL_ERROR);
      else if (taken % 10 === 5) stream.close(constants.NGHTTP2_REFUSED_STREAM);
      else answer(stream, 'ok');
    };
    const server = await started({ handle });
    const { document } = await run(server.url, { load: iterations(4, 100) }, '--http2');
    expect(document.metrics.errors).toEqual({ 'stream-reset': 10, 'stream-refused': 10 });
    expect(server.sessions).toHaveLength(1);
  });

  it('falls back to HTTP/1.1 where the server chooses it, and with prior knowledge says that it is not spoken', async () => {
    const server = await closedAfterTest(startHttp1OnlyServer());
    const { document, stdout } = await run(server.url, { load: iterations(2, 20) }, '--http2');
    expect(document.metrics.errors).toEqual({});
    expect(document.protocols).toEqual([{ origin: server.url.slice(0, -1), httpVersion: '1.1' }]);
    expect(stdout).toContain('HTTP/1.1 with');
    const args = ['run', cli.file('scenario.json'), '--url', server.url, '--cacert', http2Certificate];
    const { code, stderr } = await cli.run(...args, '--http2-prior-knowledge');
    expect([code, stderr]).toEqual([1, expect.stringContaining('does not speak HTTP/2')]);
    const both = await cli.run(...args, '--http2', '--http2-prior-knowledge');
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('cannot be used')]);
    const plain = await cli.run('run', cli.file('scenario.json'), '--url', 'http://127.0.0.1:1/', '--http2');
    expect([plain.code, plain.stderr]).toEqual([2, expect.stringContaining('no request goes to an https URL')]);
  });

  it('is tried over it', async () => {
    const server = await started();
    const file = cli.file('scenario.json');
    const requests = [{ name: 'read', url: '/' }];
    const base = { schema: 'proofload.scenario/1', id: 'http2', name: 'HTTP/2', load: iterations(1, 1) };
    writeFileSync(file, JSON.stringify({ ...base, requests }));
    const { code, stdout } = await cli.run(
      'scenario',
      'try',
      file,
      '--url',
      server.url,
      '--cacert',
      http2Certificate,
      '--http2',
    );
    expect([code, stdout]).toEqual([0, expect.stringContaining('200')]);
    expect(server.counts.streams).toBe(1);
  });
});
