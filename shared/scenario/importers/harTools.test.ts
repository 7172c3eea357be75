import { describe, expect, it } from 'vitest';
import { fromHar } from './har';
import { everyRequest } from './importFilter';

const recorded = (url: string, more: object = {}) => ({
  startedDateTime: '2024-01-01T00:00:00.000Z',
  time: 5,
  ...more,
  request: { method: 'GET', url, headers: [], ...('request' in more ? Object(more.request) : {}) },
  response: { status: 200, content: { mimeType: 'text/html' }, ...('response' in more ? Object(more.response) : {}) },
});
const archive = (creator: string, ...entries: object[]) =>
  fromHar({ log: { creator: { name: creator }, entries } }, everyRequest);

describe('a HAR file', () => {
  it('is read by its times, whatever the order of the file', () => {
    const at = (second: number) => ({ startedDateTime: `2024-01-01T01:00:0${second}.000+01:00` });
    const { requests, steps } = archive(
      'mitmproxy',
      recorded('http://x/slow', at(2)),
      recorded('http://x/first', { startedDateTime: '2024-01-01T00:00:01.000Z' }),
      recorded('http://x/last', at(3)),
      recorded('http://x/beside', at(2)),
    );
    expect(steps.map(({ request }) => requests[request]?.url)).toEqual([
      'http://x/first',
      'http://x/slow',
      'http://x/beside',
      'http://x/last',
    ]);
    expect(steps.map(({ atMs }) => atMs)).toEqual([0, 1_000, 1_000, 2_000]);
  });

  it('keeps the order of the file where a time is missing', () => {
    const { requests } = archive('x', recorded('http://x/b'), recorded('http://x/a', { startedDateTime: '' }));
    expect(requests.map(({ url }) => url)).toEqual(['http://x/b', 'http://x/a']);
  });

  it.each([
    ['the cache of Firefox', 'Firefox', { cache: { afterRequest: null } }],
    ['the cache of Firefox, with its entry', 'Firefox', { cache: { afterRequest: { hitCount: 3 } } }],
    ['a service worker of Chrome', 'WebInspector', { response: { _serviceWorkerResponseSource: 'cache-storage' } }],
  ])('leaves out what %s answered', (_whom, creator, more) => {
    const { requests, notes } = archive(creator, recorded('http://x/a', { cache: {} }), recorded('http://x/b', more));
    expect(requests.map(({ url }) => url)).toEqual(['http://x/a']);
    expect(notes).toContain('1 request was left out, answered from the cache of the browser.');
  });

  it('keeps what other programs say about their caches', () => {
    const cache = { beforeRequest: null, afterRequest: null };
    expect(archive('Fiddler', recorded('http://x/a', { cache })).requests).toHaveLength(1);
  });

  it.each([
    ['by its type', { response: { content: { mimeType: 'text/event-stream;charset=utf-8' } } }],
    ['by what asked for it', { _resourceType: 'eventsource' }],
  ])('leaves out a stream of events %s, which would wait for the timeout', (_how, more) => {
    const { requests, notes } = archive('x', recorded('http://x/a'), recorded('http://x/live', more));
    expect(requests).toHaveLength(1);
    expect(notes).toContain('1 request was left out, for a stream of events, which does not end.');
  });

  it.each([
    [
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="f"; filename="a.png"\r\n\r\n\r\n--b--',
    ],
    ['application/octet-stream', 'a\uFFFDb'],
  ])('says where the body of a recording is not what was sent: %s', (mimeType, text) => {
    const request = { method: 'POST', postData: { mimeType, text } };
    expect(archive('WebInspector', recorded('http://x/up', { request })).notes).toEqual([
      'The body of POST http://x/up has a file or bytes, which recordings leave out or damage: check it.',
      expect.stringContaining('The recording has no cookies'),
    ]);
  });

  it('of Charles has JSON that was sent as a form, and forms as they are', () => {
    const post = (params: object[]) =>
      recorded('http://x/a', {
        request: { method: 'POST', postData: { mimeType: 'application/x-www-form-urlencoded', params } },
      });
    const { requests } = archive(
      'Charles Proxy',
      post([{ name: '{"a":"b=c"}', value: '' }]),
      post([{ name: '{a}', value: '' }]),
      post([
        { name: '{}', value: '' },
        { name: 'b', value: '' },
      ]),
    );
    expect(requests.map(({ body }) => body)).toEqual(['{"a":"b=c"}', '%7Ba%7D=', '%7B%7D=&b=']);
  });

  it('of Insomnia has requests that were never sent, with their names and both parts of their queries', () => {
    const unsent = { response: { status: 0, content: { size: 0, mimeType: '' } } };
    const { requests } = archive(
      'Insomnia REST Client',
      recorded('http://x/orders?a=1', {
        ...unsent,
        comment: 'Orders',
        request: { queryString: [{ name: 'b c', value: '2&' }], postData: { mimeType: '', text: '' } },
      }),
      recorded('http://x/new', {
        ...unsent,
        comment: 'New',
        request: { method: 'POST', postData: { mimeType: 'application/json', text: '{"a":1}' } },
      }),
    );
    expect(requests).toEqual([
      { name: 'Orders', method: 'GET', url: 'http://x/orders?a=1&b%20c=2%26' },
      {
        name: 'New',
        method: 'POST',
        url: 'http://x/new',
        headers: { 'Content-Type': 'application/json' },
        body: '{"a":1}',
      },
    ]);
  });
});
