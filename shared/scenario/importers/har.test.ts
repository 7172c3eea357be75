import { describe, expect, it } from 'vitest';
import { requestsOf, scenarioOf } from '../../../tests/support/importedRequests';
import { fromHar } from './har';
import { everyRequest } from './importFilter';

describe('requests of a HAR file', () => {
  const entry = (method: string, url: string, text?: string) => ({
    request: {
      method,
      url,
      headers: [
        { name: ':authority', value: 'x' },
        { name: 'Accept', value: '*/*' },
      ],
      ...(text ? { postData: { text } } : {}),
    },
  });

  it('are each as heavy as they were frequent', () => {
    const har = {
      log: {
        entries: [
          entry('GET', 'http://x:80/a#top'),
          entry('GET', 'http://x/a'),
          { ...entry('POST', 'http://x/b', '{}'), response: { status: 302 } },
          entry('GET', 'data:text/plain,x'),
        ],
      },
    };
    const scenario = scenarioOf(JSON.stringify(har));
    expect(scenario.requests?.map(({ method, weight }) => [method, weight])).toEqual([
      ['GET', 2],
      ['POST', 1],
    ]);
    // A form that was redirected in the recording expects a redirect again.
    expect(scenario.requests?.map(({ expectRedirect }) => expectRedirect)).toEqual([undefined, true]);
    expect(scenario.requests?.[0]?.headers).toEqual({ Accept: '*/*' });
    expect(requestsOf(JSON.stringify(har)).notes).toContain('1 request was left out, to no HTTP server.');
  });

  it('have a user of the URL in a header', () => {
    const har = { log: { entries: [entry('GET', 'http://user:pw@x/a'), entry('GET', 'http://[/')] } };
    expect(requestsOf(JSON.stringify(har)).requests).toMatchObject([
      { url: 'http://x/a', headers: { Accept: '*/*', Authorization: 'Basic dXNlcjpwdw==' } },
    ]);
  });

  const recorded = (url: string, more: object = {}) => ({
    startedDateTime: '2024-01-01T00:00:00.000Z',
    time: 5,
    ...more,
    request: { method: 'GET', url, headers: [], ...('request' in more ? Object(more.request) : {}) },
    response: {
      status: 200,
      content: { mimeType: 'application/json' },
      ...('response' in more ? Object(more.response) : {}),
    },
  });
  const archive = (...entries: object[]) => ({ log: { creator: { name: 'x' }, entries } });

  it('keep their order and their moments', () => {
    const { requests, steps } = fromHar(
      archive(
        recorded('http://x/a'),
        recorded('http://x/b', { startedDateTime: '2024-01-01T00:00:01.500Z', time: 20 }),
        recorded('http://x/a', { startedDateTime: '2024-01-01T00:00:04.000Z' }),
      ),
      everyRequest,
    );
    expect(requests).toEqual([
      { method: 'GET', url: 'http://x/a', weight: 2 },
      { method: 'GET', url: 'http://x/b' },
    ]);
    expect(steps).toEqual([
      { request: 0, atMs: 0, tookMs: 5 },
      { request: 1, atMs: 1_500, tookMs: 20 },
      { request: 0, atMs: 4_000, tookMs: 5 },
    ]);
  });

  it.each([
    ['the cache of Chrome', { _fromCache: 'disk' }, /cache of the browser/],
    ['the cache of Safari', { _fetchType: 'Memory Cache' }, /cache of the browser/],
    ['nobody: Chrome and Firefox blocked it', { response: { status: 0 } }, /blocked or broken off/],
    ['nobody: Playwright broke it off', { response: { status: -1 } }, /blocked or broken off/],
    ['nobody, as its error says', { response: { status: null, _error: 'net::ERR_ABORTED' } }, /blocked or broken off/],
    ['a WebSocket', { request: { url: 'wss://x/live' } }, /over WebSocket/],
    ['a proxy that was asked for a tunnel', { request: { method: 'CONNECT' } }, /with the method CONNECT/],
  ])('are not those that were answered by %s', (_whom, more, note) => {
    const { requests, notes } = fromHar(archive(recorded('http://x/a'), recorded('http://x/b', more)), everyRequest);
    expect(requests).toEqual([{ method: 'GET', url: 'http://x/a' }]);
    expect(notes).toContainEqual(expect.stringMatching(note));
  });

  it('say how many go to other hosts and are for static assets, and leave them out where they are not wanted', () => {
    const har = archive(
      recorded('http://x/api'),
      recorded('http://x/app.js'),
      recorded('http://x/logo', { response: { content: { mimeType: 'image/png' } } }),
      recorded('http://x/data.js', { _resourceType: 'xhr' }),
      recorded('http://cdn.test/style', { _resourceType: 'stylesheet' }),
      recorded('http://other.test:8080/count'),
    );
    const all = fromHar(har, everyRequest);
    expect(all.requests).toHaveLength(6);
    expect(all.notes).toEqual([
      'The requests go to 3 hosts: x (4), cdn.test (1), other.test:8080 (1). Keep those that you want to load.',
      '3 of 6 requests are for static assets: scripts, styles, images, fonts, media.',
    ]);
    const some = fromHar(har, { hosts: ['x'], withoutStaticAssets: true });
    expect(some.requests.map(({ url }) => url)).toEqual(['http://x/api', 'http://x/data.js']);
    expect(some.notes).toEqual([
      '3 requests were left out, for static assets.',
      '1 request was left out, to other hosts.',
    ]);
  });

  it('have bodies of forms with files, and say what is lost', () => {
    const post = (postData: object) => recorded('http://x/a', { request: { method: 'POST', postData } });
    const { requests, notes } = fromHar(
      archive(
        post({
          mimeType: 'multipart/form-data; boundary=gone',
          params: [
            { name: 'a', value: '1' },
            { name: 'f', fileName: 'b.txt' },
          ],
        }),
        post({ mimeType: 'image/png', text: '/9j/', encoding: 'base64' }),
        post({ mimeType: 'text/plain', text: 'caf\u00e9' }),
      ),
      everyRequest,
    );
    expect(requests[0]).toMatchObject({
      headers: { 'Content-Type': 'multipart/form-data; boundary=proofload-form-boundary' },
      body: expect.stringContaining('name="f"; filename="b.txt"\r\nContent-Type: text/plain\r\n\r\n\r\n'),
    });
    expect(requests[1]).toEqual({ method: 'POST', url: 'http://x/a', headers: { 'Content-Type': 'image/png' } });
    expect(requests[2]).toMatchObject({ body: 'caf\u00e9' });
    expect(notes).toEqual([
      'The content of uploaded files was left out: write it into the request.',
      'The body of POST http://x/a is not text or not in the file, and was left out.',
    ]);
  });

  it('have the cookies that no header has, and the query that stands beside the URL', () => {
    const request = {
      headers: [{ name: 'cookie', value: 'a=1; b=2' }],
      cookies: [
        { name: 'b', value: '2' },
        { name: 'c', value: '3' },
      ],
      queryString: [{ name: 'q', value: 'a b' }],
    };
    const { requests } = fromHar(
      archive(recorded('http://x/a', { request }), recorded('http://x/a?q=a+b', { request })),
      everyRequest,
    );
    const headers = { cookie: 'a=1; b=2; c=3' };
    expect(requests).toEqual([
      { method: 'GET', url: 'http://x/a?q=a%20b', headers },
      { method: 'GET', url: 'http://x/a?q=a+b', headers },
    ]);
  });

  it('refer to no secret, and fill in nothing that the recording has', () => {
    const { requests, data } = fromHar(archive(recorded('http://x/?t={{secret.TOKEN}}&u={{iteration}}')), everyRequest);
    expect(requests[0]?.url).toBe('http://x/?t={{literal_secret_TOKEN}}&u={{literal_iteration}}');
    expect(data).toEqual([{ literal_secret_TOKEN: '{{secret.TOKEN}}', literal_iteration: '{{iteration}}' }]);
  });

  it('are read of a recording of fifty megabytes, up to the requests that a scenario has', () => {
    const text = 'x'.repeat(50_000);
    const entries = Array.from({ length: 1_000 }, (_none, index) =>
      recorded(`http://x/${index}`, { response: { content: { mimeType: 'text/plain', text } } }),
    );
    const { requests, notes } = requestsOf(JSON.stringify(archive(...entries)));
    expect(requests).toHaveLength(200);
    expect(notes).toContain('800 requests were left out, beyond the 200 that a scenario has.');
  });
});
