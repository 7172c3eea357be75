import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { RunDocument } from '../../shared/run/document';
import { Cli } from '../support/cli';
import { closedAfterTest } from '../support/closedAfterTest';
import { startShop } from '../support/shop';
import { startServer } from '../support/testServer';

/** A request as a server has seen it. */
interface Seen {
  line: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** A server that keeps what it was sent, and answers as `reply` says. */
async function startRecorder(reply: (request: Seen, response: ServerResponse) => void) {
  const seen: Seen[] = [];
  const server = await startServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = { line: `${request.method} ${request.url}`, headers: request.headers, body: Buffer.concat(chunks) };
      seen.push(one);
      reply(one, response);
    });
  });
  return { ...server, seen };
}

describe('a request', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  async function run(
    url: string,
    steps: readonly object[],
    others: object = {},
    environment: Record<string, string> = {},
    options: readonly string[] = [],
  ): Promise<{ document: RunDocument; stderr: string; code: number | null }> {
    const scenario = {
      schema: 'proofload.scenario/1',
      id: 'features',
      name: 'Features',
      load: { executor: 'per-vu-iterations', vus: 1, iterations: 2 },
      thresholds: { http_req_failed: ['rate<=1'] },
      journeys: [{ name: 'visit', steps }],
      ...others,
    };
    writeFileSync(cli.file('scenario.json'), JSON.stringify(scenario));
    const args = ['--url', url, '--warmup', '0s', '--out', cli.file('run.json'), ...options];
    const { code, stderr } = await cli.start(['run', cli.file('scenario.json'), ...args], environment).done;
    expect([0, 75], stderr).toContain(code);
    return { document: cli.document('run.json'), stderr, code };
  }

  it('is redirected through a login, with the cookies that are set on the way', async () => {
    const shop = await closedAfterTest(startShop());
    const loginPage = {
      name: 'login page',
      url: '/products',
      redirects: 1,
      extract: { csrf: { regex: 'value="([^"]+)"' } },
    };
    const login = {
      name: 'login',
      method: 'POST',
      url: '/login',
      body: 'user=ann&csrf={{csrf}}',
      redirects: { max: 3 },
      checks: [{ name: 'is the first page', jsonPath: '$.page', equals: 1 }],
      extract: { session: { cookie: 'session' } },
    };
    const { document } = await run(shop.url, [loginPage, login, { name: 'again', url: '/products?page=2' }]);
    expect(document.metrics.errors).toEqual({});
    // Each hop is a request of its step: 2 + 2 + 1 in each of two iterations.
    expect(document.metrics.http_reqs.count).toBe(10);
    expect(document.metrics.by_operation.login?.count).toBe(4);
    expect(document.checks?.map(({ passes, fails }) => [passes, fails])).toEqual([[2, 0]]);
    expect(shop.counts.logins).toBe(2);
  });

  describe('alone', () => {
    /** Two redirects lead from `/moved` to `/here`, which is for those who have the cookie that the first one sets. */
    const startMoved = () =>
      closedAfterTest(
        startRecorder(({ line, headers }, response) => {
          const [path = ''] = (line.split(' ')[1] ?? '').split('?');
          const redirects: Record<string, [number, Record<string, string>]> = {
            '/moved': [302, { Location: '/there', 'Set-Cookie': 'seen=1' }],
            '/there': [307, { Location: '/here' }],
            '/same': [304, {}],
          };
          const [status, sent] = redirects[path] ?? [headers.cookie === 'seen=1' ? 200 : 403, {}];
          response.writeHead(status, sent).end();
        }),
      );

    it.each([
      { load: { executor: 'per-vu-iterations', vus: 2, iterations: 20 }, iterations: 40 },
      { load: { executor: 'constant-arrival-rate', rate: 50, duration: '1s' }, processes: 2, iterations: 50 },
    ])('is redirected to its end, each redirect a request and all of them one iteration: %j', async (of) => {
      const { iterations, ...others } = of;
      const server = await startMoved();
      const { document } = await run(server.url, [], {
        journeys: undefined,
        requests: [
          { name: 'moved', url: '/moved', redirects: 5, weight: 3 },
          { url: '/same' },
          { name: 'expected', url: '/there?{{id}}', expectRedirect: true },
        ],
        data: [{ id: 'a/b' }],
        thresholds: { http_req_failed: ['rate<=0'], iterations: ['count>0'] },
        ...others,
      });
      expect(document.thresholds.filter(({ ok }) => !ok)).toEqual([]);
      expect(document.metrics.errors).toEqual({});
      const { moved, expected, 'GET /same': same } = document.metrics.by_operation;
      const single = (expected?.count ?? 0) + (same?.count ?? 0);
      expect(single).toBeGreaterThan(0);
      const { by_journey: journeys = {}, dropped_iterations: dropped, http_reqs: all } = document.metrics;
      const completed = Object.values(journeys).reduce((sum, journey) => sum + journey.completed, 0);
      expect(completed + dropped.count).toBe(iterations);
      expect(moved?.count).toBe(3 * (completed - single));
      expect(all.count).toBe(single + (moved?.count ?? 0));
      expect(server.seen.some(({ line }) => line === 'GET /there?a%2Fb')).toBe(true);
      expect(document.checks ?? []).toEqual([]);
    });

    it('follows with -L, as in curl, and no further than --max-redirs says', async () => {
      const server = await startMoved();
      const file = cli.file('one.json');
      const scenario = {
        schema: 'proofload.scenario/1',
        id: 'one',
        name: 'One',
        thresholds: { iterations: ['count==3'] },
      };
      const load = { executor: 'per-vu-iterations', vus: 1, iterations: 3 };
      writeFileSync(file, JSON.stringify({ ...scenario, load, warmup: '0s' }));
      const follow = async (path: string, ...options: string[]) => {
        const url = `${new URL(server.url).origin}${path}`;
        const { code, stderr } = await cli.run('run', file, '--url', url, '--out', cli.file('run.json'), ...options);
        return { code, stderr, document: cli.document('run.json') };
      };
      const followed = await follow('/moved', '-L');
      expect(followed.code, followed.stderr).toBe(0);
      expect(followed.document.metrics).toMatchObject({ errors: {}, http_reqs: { count: 9 } });
      const short = await follow('/moved', '-L', '--max-redirs', '1');
      expect(short.document.metrics).toMatchObject({ errors: { 'too-many-redirects': 3 }, http_reqs: { count: 6 } });
      const kept = await follow('/moved');
      expect(kept.document.metrics).toMatchObject({ errors: { redirected: 3 }, http_reqs: { count: 3 } });
      const literal = await follow('/there?{{id}}', '-L');
      expect(server.seen.at(-4)?.line).toBe('GET /there?{{id}}');
      expect(literal.document.metrics.errors).toEqual({ 'status-403': 3 });
    });

    it.each([
      [['--max-redirs', '2'], '--max-redirs needs -L'],
      [['-L', '--driver', 'autocannon'], 'autocannon follows no redirects'],
      [['-L', '--max-redirs', '21'], 'from 0 to 20'],
    ])('%j is refused', async (options, message) => {
      const load = { executor: 'constant-vus', vus: 1, duration: '1s' };
      const scenario = { schema: 'proofload.scenario/1', id: 'one', name: 'One', load };
      writeFileSync(cli.file('one.json'), JSON.stringify(scenario));
      const { code, stderr } = await cli.run('run', cli.file('one.json'), '--url', 'http://127.0.0.1:9/', ...options);
      expect(stderr).toContain(message);
      expect(code).toBe(2);
    });
  });

  it('is redirected to another server without its secrets, and to one that nobody confirmed not at all', async () => {
    const elsewhere = await closedAfterTest(startRecorder((_request, response) => void response.end('there')));
    const port = new URL(elsewhere.url).port;
    const here = await closedAfterTest(
      startRecorder(({ line }, response) => {
        const to: Record<string, string> = {
          'PUT /elsewhere': elsewhere.url,
          'GET /refused': 'http://192.0.2.1/login',
          'GET /named': `http://localhost:${port}/named`,
        };
        response.writeHead(307, { Location: to[line] ?? '/' }).end();
      }),
    );
    const secrets = { Authorization: 'Bearer {{secret.TOKEN}}', 'X-Api-Key': 'typed-key', 'X-Own': '{{secret.TOKEN}}' };
    const { document } = await run(
      here.url,
      [
        {
          name: 'elsewhere',
          method: 'PUT',
          url: '/elsewhere',
          headers: { ...secrets, 'X-Trace': 't' },
          body: 'b',
          redirects: 1,
        },
        { name: 'named', url: '/named', redirects: { max: 1, hosts: ['localhost'] } },
        { name: 'refused', url: '/refused', redirects: 5, onFailure: 'continue' },
        { name: 'circle', url: '/circle', redirects: 2 },
      ],
      { load: { executor: 'per-vu-iterations', vus: 1, iterations: 1 } },
      { PROOFLOAD_SECRET_TOKEN: 'the-token' },
    );
    expect(elsewhere.seen.map(({ line }) => line)).toEqual(['PUT /', 'GET /named']);
    const [moved] = elsewhere.seen;
    expect(moved?.headers).toMatchObject({ 'x-trace': 't', host: new URL(elsewhere.url).host });
    expect(Object.keys(moved?.headers ?? {}).filter((name) => /authorization|key|own/.test(name))).toEqual([]);
    expect(String(moved?.body)).toBe('b');
    expect(here.seen[0]?.headers.authorization).toBe('Bearer the-token');
    expect(document.metrics.errors).toEqual({ 'redirect-refused': 1, 'too-many-redirects': 1 });
    expect(document.metrics.http_reqs.count).toBe(8);
    const log = document.log.map(({ message }) => message).join('\n');
    expect(log).toContain('Nobody has confirmed 192.0.2.1');
    expect(log).toContain('The request follows 2');
  });

  const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x00, 0xff]);

  it('sends bodies of every kind, as single requests and as steps', async () => {
    const server = await closedAfterTest(startRecorder((_request, response) => void response.end('{"id":"a&b"}')));
    mkdirSync(cli.file('pictures'));
    writeFileSync(cli.file('pictures/a.png'), picture);
    const bodies = [
      { url: '/form', form: { user: '{{user}}', tags: ['a b', 'c'] } },
      {
        url: '/parts',
        multipart: [
          { name: 'user', value: '{{user}}' },
          { name: 'file', file: 'pictures/a.png' },
        ],
      },
      { url: '/file', bodyFile: 'pictures/a.png', headers: { 'Content-Type': 'image/png' } },
      { url: '/bytes', bodyBase64: picture.toString('base64') },
      { url: '/empty', body: '' },
      { url: '/gzip', body: { user: '{{user}}' }, gzip: true },
    ].map((body) => ({ method: 'POST', ...body }));
    const data = [{ user: 'ann & "bob"' }];
    const load = { executor: 'shared-iterations', vus: 2, iterations: 60 };
    const single = await run(server.url, [], { load, data, requests: bodies, journeys: undefined });
    const counts = Object.values(single.document.metrics.by_operation).map(({ count }) => count);
    expect(single.document.metrics.errors).toEqual({});
    expect([counts.length, counts.reduce((sum, count) => sum + count, 0)]).toEqual([6, 60]);
    const once = { executor: 'per-vu-iterations', vus: 1, iterations: 1 };
    const steps = await run(server.url, bodies, { load: once, data });
    expect(steps.document.metrics.errors).toEqual({});
    const last = server.seen.slice(-6);
    expect(last.map(({ line }) => line)).toEqual(bodies.map(({ url }) => `POST ${url}`));
    const [form, parts, file, bytes, empty, gzip] = last;
    expect(String(form?.body)).toBe('user=ann+%26+%22bob%22&tags=a+b&tags=c');
    const type = parts?.headers['content-type'] ?? '';
    const read = await new Response(new Uint8Array(parts?.body ?? []), {
      headers: { 'Content-Type': type },
    }).formData();
    const sent = read.get('file');
    expect(read.get('user')).toBe('ann & "bob"');
    expect(sent instanceof File && [sent.name, Buffer.from(await sent.arrayBuffer())]).toEqual(['a.png', picture]);
    expect([file?.body, file?.headers['content-type']]).toEqual([picture, 'image/png']);
    expect([bytes?.body, bytes?.headers['content-type']]).toEqual([picture, 'application/octet-stream']);
    expect([empty?.body.length, empty?.headers['content-length'], empty?.headers['content-type']]).toEqual([
      0,
      '0',
      undefined,
    ]);
    expect(JSON.parse(String(gunzipSync(gzip?.body ?? '')))).toEqual({ user: 'ann & "bob"' });
    expect(gzip?.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'application/json' });
    for (const { headers, body } of server.seen) expect(Number(headers['content-length'])).toBe(body.length);
    const received = steps.document.metrics.data_by_operation?.['POST /file']?.sentBytes ?? 0;
    expect(received).toBeGreaterThan(picture.length);
  });

  it('with a file that is not there is refused before anything is sent', async () => {
    const server = await closedAfterTest(startRecorder((_request, response) => void response.end()));
    const scenario = { schema: 'proofload.scenario/1', id: 'x', name: 'x', load: { executor: 'per-vu-iterations' } };
    for (const bodyFile of ['none.bin', '../run.json']) {
      writeFileSync(cli.file('scenario.json'), JSON.stringify({ ...scenario, requests: [{ url: '/', bodyFile }] }));
      const { code, stderr } = await cli.run('run', cli.file('scenario.json'), '--url', server.url);
      expect([code, stderr]).toEqual([2, expect.stringContaining(bodyFile === 'none.bin' ? bodyFile : 'bodyFile')]);
    }
    expect(server.seen).toEqual([]);
  });

  it('asks for encodings, decodes an answer where something looks at it, and counts both', async () => {
    const text = JSON.stringify({ list: 'é'.repeat(10_000) });
    const encoders: Record<string, (body: string) => Buffer> = {
      gzip: (body) => gzipSync(body),
      deflate: (body) => deflateSync(body),
      br: (body) => brotliCompressSync(body),
      zstd: (body) => zstdCompressSync(body),
      bomb: () => gzipSync(Buffer.alloc(65 * 1024 * 1024)),
      broken: (body) => Buffer.from(body),
    };
    const server = await closedAfterTest(
      startRecorder(({ line }, response) => {
        const name = line.split('/')[1] ?? '';
        const isHostile = name === 'bomb' || name === 'broken';
        response.setHeader('Content-Encoding', isHostile ? 'gzip' : name);
        response.end(encoders[name]?.(text));
      }),
    );
    const checks = [{ name: 'is there', jsonPath: '$.list' }];
    const decoded = ['gzip', 'deflate', 'br', 'zstd'].map((name) => ({
      name,
      url: `/${name}`,
      acceptEncoding: [name],
      checks,
    }));
    const others = ['bomb', 'broken'].map((name) => ({ name, url: `/${name}`, checks, onFailure: 'continue' }));
    const { document } = await run(server.url, [...decoded, ...others, { name: 'unread', url: '/gzip' }], {
      load: { executor: 'per-vu-iterations', vus: 1, iterations: 1 },
    });
    expect(document.metrics.errors).toEqual({ 'body-too-large': 1, 'body-malformed': 1 });
    expect(server.seen.map(({ headers }) => headers['accept-encoding'])).toEqual([
      ...decoded.map(({ name }) => name),
      undefined,
      undefined,
      undefined,
    ]);
    const data = document.metrics.data_by_operation ?? {};
    for (const { name } of decoded) {
      expect(data[name]?.decodedBytes).toBe(Buffer.byteLength(text));
      expect(data[name]?.receivedBytes).toBeLessThan(Buffer.byteLength(text) / 10);
    }
    expect([data.unread?.decodedBytes, data.bomb?.decodedBytes]).toEqual([0, 0]);
  });

  it('says who sends it, by each kind, and tells nobody else', async () => {
    const server = await closedAfterTest(
      startRecorder(({ line, body }, response) => {
        if (!line.endsWith('/token')) return void response.end('ok');
        const isRight = String(body) === 'grant_type=client_credentials&scope=shop';
        const count = server.seen.filter((seen) => seen.line.endsWith('/token')).length;
        response.writeHead(isRight ? 200 : 400);
        response.end(JSON.stringify({ access_token: `the-token-${count}`, token_type: 'Bearer', expires_in: 1 }));
      }),
    );
    const client = {
      type: 'oauth2',
      tokenUrl: '/token',
      clientId: 'load',
      clientSecret: '{{secret.CLIENT}}',
      scope: 'shop',
    };
    const awsKey = { accessKeyId: '{{secret.AWS_ID}}', secretAccessKey: '{{secret.AWS_KEY}}' };
    const auths = [
      { type: 'basic', username: 'ann', password: '{{secret.PASSWORD}}' },
      { type: 'bearer', token: '{{secret.TOKEN}}' },
      client,
      { type: 'aws-sigv4', ...awsKey, region: 'eu-central-1', service: 'execute-api' },
    ];
    const requests = auths.map((auth) => ({ name: auth.type, url: `/${auth.type}`, auth }));
    const values = {
      PASSWORD: 'pass-1',
      TOKEN: 'token-1',
      CLIENT: 'client-1',
      AWS_ID: 'AKIDEXAMPLE',
      AWS_KEY: 'aws-key-1',
    };
    const environment = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [`PROOFLOAD_SECRET_${name}`, value]),
    );
    const load = { executor: 'constant-arrival-rate', rate: 40, duration: '2500ms' };
    const { document, stderr } = await run(server.url, [], { load, requests, journeys: undefined }, environment);
    expect(document.metrics.errors).toEqual({});
    const sent = (path: string): string[] => [
      ...new Set(
        server.seen.filter(({ line }) => line === `GET ${path}`).map(({ headers }) => String(headers.authorization)),
      ),
    ];
    expect(sent('/basic')).toEqual([`Basic ${btoa('ann:pass-1')}`]);
    expect(sent('/bearer')).toEqual(['Bearer token-1']);
    // Got before the load, and again while it went on; every request has the one of its time.
    expect(sent('/oauth2').slice(0, 2)).toEqual(['Bearer the-token-1', 'Bearer the-token-2']);
    expect(server.seen[0]).toMatchObject({
      line: 'POST /token',
      headers: { authorization: `Basic ${btoa('load:client-1')}` },
    });
    expect(sent('/aws-sigv4')[0]).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/execute-api\/aws4_request, /,
    );
    const measured = server.seen.filter(({ line }) => line.startsWith('GET')).length;
    expect(document.metrics.http_reqs.count).toBe(measured);
    const log = document.log.map(({ message }) => message).join('\n');
    expect(log).toMatch(/An OAuth 2 token was obtained from .*\/token before the load, and refreshed \d times? while/);
    const told = `${JSON.stringify(document)}${stderr}`;
    for (const value of [...Object.values(values), 'the-token']) expect(told).not.toContain(value);
  });

  it('without a token that it needs is not sent', async () => {
    const server = await closedAfterTest(
      startRecorder((_request, response) => {
        response.writeHead(401).end('{"error":"invalid_client"}');
      }),
    );
    const auth = { type: 'oauth2', tokenUrl: '/token', clientId: 'load', clientSecret: 'typed' };
    const scenario = { schema: 'proofload.scenario/1', id: 'x', name: 'x', load: { executor: 'per-vu-iterations' } };
    writeFileSync(cli.file('scenario.json'), JSON.stringify({ ...scenario, requests: [{ url: '/', auth }] }));
    const { code, stderr } = await cli.run('run', cli.file('scenario.json'), '--url', server.url);
    expect([code, stderr]).toEqual([2, expect.stringContaining('invalid_client')]);
    expect(server.seen.map(({ line }) => line)).toEqual(['POST /token']);
  });

  it('goes through a Unix socket, which takes the place of the host', async () => {
    const path = cli.file('shop.sock');
    const hosts: string[] = [];
    const server = createServer((request, response) => {
      hosts.push(`${request.headers.host}${request.url}`);
      if (request.url === '/token') response.end('{"access_token":"t","token_type":"Bearer"}');
      else if (request.url === '/moved') response.writeHead(302, { Location: 'http://shop.test/b' }).end();
      else response.end('ok');
    });
    await new Promise<void>((listening) => server.listen(path, listening));
    onTestFinished(async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    });
    const auth = { type: 'oauth2', tokenUrl: '/token', clientId: 'a', clientSecret: '{{secret.CLIENT}}' };
    const { document } = await run(
      'http://shop.test/',
      [
        { url: '/a', auth },
        { url: '/moved', redirects: 1 },
      ],
      { load: { executor: 'per-vu-iterations', vus: 1, iterations: 1 } },
      { PROOFLOAD_SECRET_CLIENT: 'c-secret' },
      ['--unix-socket', path],
    );
    // Nobody knows the name, and nobody was asked whether it may be loaded.
    expect(document.metrics.errors).toEqual({});
    expect(hosts).toEqual(['shop.test/token', 'shop.test/a', 'shop.test/moved', 'shop.test/b']);
    const gone = await cli.run('run', 'level-0', '--url', 'http://shop.test/', '--unix-socket', cli.file('none.sock'));
    expect(gone.stderr).toContain('none.sock');
    expect(gone.code).not.toBe(0);
  });
});
