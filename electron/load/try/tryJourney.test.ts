import type { IncomingMessage, RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { urlTargetSchema } from '../../../shared/run/target';
import { scenarioSchema } from '../../../shared/scenario/schema';
import type { TriedJourney } from '../../../shared/scenario/triedJourney';
import { startServer } from '../../../tests/support/testServer';
import { tryJourney } from './tryJourney';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

interface Tried {
  tried: TriedJourney;
  url: string;
}

/** Tries a journey of steps against a server. */
async function trying(
  steps: readonly object[],
  listener: RequestListener,
  { secrets = {}, ...overrides }: { secrets?: Readonly<Record<string, string>>; [field: string]: unknown } = {},
): Promise<Tried> {
  const { url, close } = await startServer(listener);
  cleanups.push(close);
  const scenario = scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'mine',
    name: 'Mine',
    load: { executor: 'per-vu-iterations' },
    journeys: [{ name: 'visit', steps }],
    ...overrides,
  });
  const target = urlTargetSchema.parse({ kind: 'url', url });
  return {
    url,
    tried: await tryJourney({ scenario, target, secrets: new Map(Object.entries(secrets)), dataPaths: {} }, () => {}),
  };
}

describe('a journey that is tried', () => {
  it('tells all of what was sent and received, of each step', async () => {
    const { tried, url } = await trying(
      [
        {
          name: 'first',
          method: 'POST',
          url: '/a?n={{n}}',
          body: { n: '{{n}}' },
          checks: [
            { name: 'made', status: 201 },
            { jsonPath: '$.id', equals: 7 },
          ],
          extract: { id: { jsonPath: '$.id' }, none: { header: 'X-None' } },
          onFailure: 'continue',
        },
        { thinkTime: '10m' },
        { name: 'second', url: '/b/{{id}}' },
      ],
      async (request, response) => {
        const packed = gzipSync(JSON.stringify({ id: 7, sent: await bodyOf(request) }));
        response.writeHead(201, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }).end(packed);
      },
      { variables: { n: 'é' } },
    );
    expect(tried).toMatchObject({ journey: 'visit', outcome: 'failed', planned: 2 });
    const [first, second] = tried.steps;
    expect(first).toMatchObject({
      step: 'first',
      place: 0,
      request: { method: 'POST', url: `${url}a?n=%C3%A9`, body: { text: '{"n":"é"}', bytes: 10, isCut: false } },
      response: { status: 201, body: { text: '{"id":7,"sent":"{\\"n\\":\\"é\\"}"}', problem: null } },
      failure: 'extraction-failed',
      checks: [
        { name: 'made', ok: true, actual: 'the status is 201' },
        { name: '$.id is 7', ok: true, actual: '$.id is 7' },
      ],
      extracted: [
        { variable: 'id', value: '7' },
        { variable: 'none', value: null },
      ],
    });
    expect(first?.request.headers).toContainEqual(['Content-Type', 'application/json']);
    expect(first?.response?.headers).toContainEqual(['Content-Encoding', 'gzip']);
    // The think time of ten minutes is skipped.
    expect(second).toMatchObject({ place: 2, request: { url: `${url}b/7` }, failure: null });
  });

  it('has the time of each phase, and of a connection where one was opened', async () => {
    const { tried } = await trying([{ url: '/a' }, { url: '/b' }], (_request, response) => {
      response.end('ok');
    });
    const [opened, kept] = tried.steps.map(({ timing }) => timing);
    for (const timing of [opened, kept]) {
      const { blockedMs = null, waitingMs = null, receivingMs = null, totalMs = 0 } = timing ?? {};
      expect((blockedMs ?? 0) + (waitingMs ?? 0) + (receivingMs ?? 0)).toBeCloseTo(totalMs, 6);
    }
    expect(opened?.connectMs).toBeGreaterThan(0);
    expect([kept?.connectMs, kept?.tlsMs]).toEqual([null, null]);
  });

  it('ends with the step that fails, and tells why there is no response', async () => {
    const { tried } = await trying([{ url: '/a', checks: [{ status: 200 }] }, { url: '/b' }], (request) =>
      request.socket.destroy(),
    );
    expect(tried.steps).toHaveLength(1);
    expect(tried.steps[0]).toMatchObject({
      response: null,
      failure: expect.stringMatching(/^connection-/),
      checks: [{ ok: false, actual: 'there was no response' }],
      extracted: [],
    });
    expect(tried.planned).toBe(2);
  });

  it('goes on after a failed check where the step says so, with what there was', async () => {
    const { tried } = await trying(
      [{ url: '/a', checks: [{ status: 404 }], onFailure: 'continue' }, { url: '/b' }],
      (_request, response) => response.end('ok'),
    );
    expect(tried.steps.map(({ failure }) => failure)).toEqual(['status-200', null]);
    expect(tried.steps[0]?.checks).toEqual([{ name: 'status is 404', ok: false, actual: 'the status is 200' }]);
  });

  it('bounds bodies, and tells of those that are no text', async () => {
    const { tried } = await trying([{ url: '/long' }, { url: '/binary' }], (request, response) => {
      response.end(request.url === '/long' ? 'x'.repeat(300_000) : Buffer.from([0xff, 0xfe, 0, 1]));
    });
    const [long, binary] = tried.steps.map(({ response }) => response?.body);
    expect([long?.text.length, long?.isCut, long?.bytes]).toEqual([200_000, true, 300_000]);
    expect(binary).toEqual({ text: '', isCut: false, bytes: 4, problem: 'the body is not text' });
  });
});

describe('secrets in a journey that is tried', () => {
  const steps = [
    {
      name: 'login',
      method: 'POST',
      url: '/login?key={{secret.KEY}}',
      headers: { Authorization: 'Bearer typed-bearer' },
      body: { user: 'ann', password: 'typed-password' },
      extract: { token: { jsonPath: '$.access_token' }, sid: { cookie: 'sid' }, plain: { jsonPath: '$.plain' } },
    },
    { name: 'use', url: '/use/{{token}}?{{plain}}', headers: { 'X-Other': '{{token}}' } },
  ];

  it('are hidden wherever they stand, what the answer brought included', async () => {
    const { tried } = await trying(
      steps,
      (request, response) => {
        response.setHeader('Set-Cookie', 'sid=cookie-value; Path=/; HttpOnly');
        response.end(
          JSON.stringify({
            access_token: 'answered-token',
            plain: 'shown',
            echo: `${request.url} ${request.headers.authorization}`,
          }),
        );
      },
      { secrets: { KEY: 'named-value' } },
    );
    const text = JSON.stringify(tried);
    for (const secret of ['named-value', 'typed-bearer', 'typed-password', 'answered-token', 'cookie-value'])
      expect(text).not.toContain(secret);
    const [login, use] = tried.steps;
    expect(login?.request.headers).toContainEqual(['Authorization', 'Bearer ***']);
    expect(login?.request.body?.text).toBe('{"user":"ann","password":"***"}');
    expect(login?.response?.headers).toContainEqual(['Set-Cookie', 'sid=***; Path=/; HttpOnly']);
    expect(login?.extracted).toEqual([
      { variable: 'token', value: '***' },
      { variable: 'sid', value: '***' },
      { variable: 'plain', value: 'shown' },
    ]);
    expect(use?.request.url).toMatch(/\/use\/\*\*\*\?shown$/);
    expect(use?.request.headers).toEqual(
      expect.arrayContaining([
        ['X-Other', '***'],
        ['Cookie', 'sid=***'],
      ]),
    );
  });
});
