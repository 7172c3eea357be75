import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scenarioSchema } from '../schema';
import { readRequests } from './readRequests';

function read(text: string) {
  const result = readRequests(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** A scenario of the requests, which must be one. */
function asScenario(text: string) {
  const { requests, data, name } = read(text);
  return scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'imported',
    name,
    load: { executor: 'constant-vus', vus: 1, duration: '1s' },
    requests,
    data,
  });
}

describe('requests of a curl command', () => {
  it('are read with method, headers, body and user, as curl would send them', () => {
    const scenario = asScenario(
      `curl -X PUT 'http://127.0.0.1:3000/orders/1?x=1' \\\n  -H 'Content-Type: application/json' -H "X-Name: it's" -u ann:secret --data-raw '{"a": "b c"}' -s --compressed`,
    );
    expect(scenario.requests).toEqual([
      {
        method: 'PUT',
        url: 'http://127.0.0.1:3000/orders/1?x=1',
        weight: 1,
        headers: { 'Content-Type': 'application/json', 'X-Name': "it's", Authorization: 'Basic YW5uOnNlY3JldA==' },
        body: '{"a": "b c"}',
      },
    ]);
  });

  it.each([
    ['curl 127.0.0.1:8080', { method: 'GET', url: 'http://127.0.0.1:8080/' }],
    ['$ curl -XDELETE http://x/1', { method: 'DELETE', url: 'http://x/1' }],
    ['curl http://x -d a=1 -d b=2', { method: 'POST', body: 'a=1&b=2' }],
    ['curl -G http://x/s -d q=1', { method: 'GET', url: 'http://x/s?q=1' }],
    [`curl --json '{"a":1}' --url=http://x`, { method: 'POST', url: 'http://x/', body: '{"a":1}' }],
    ['curl -I http://x', { method: 'HEAD' }],
    [
      'curl http://user:p%40w@127.1:80/a#b',
      { url: 'http://127.0.0.1/a', headers: { Authorization: 'Basic dXNlcjpwQHc=' } },
    ],
    ['curl -u me:x http://user:pw@x/', { url: 'http://x/', headers: { Authorization: 'Basic bWU6eA==' } }],
    ['curl -u ü:ä x', { url: 'http://x/', headers: { Authorization: 'Basic w7w6w6Q=' } }],
    ['curl -o file -m 5 http://x', { url: 'http://x/' }],
  ])('reads %s', (command, expected) => {
    expect(read(command).requests[0]).toMatchObject(expected);
  });

  it('never runs what stands in them', () => {
    expect(read('curl "http://x/$(rm -rf /)" -H "A: `id`"').requests[0]).toMatchObject({
      url: 'http://x/$(rm%20-rf%20/)',
    });
    expect(read('curl http://x/$HOME').requests[0]?.url).toBe('http://x/$HOME');
  });

  it('are refused without a URL', () => {
    expect(readRequests('curl -X POST')).toMatchObject({ ok: false, error: { code: 'import-failed' } });
  });
});

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
    const scenario = asScenario(JSON.stringify(har));
    expect(scenario.requests?.map(({ method, weight }) => [method, weight])).toEqual([
      ['GET', 2],
      ['POST', 1],
    ]);
    // A form that was answered by a redirect is again.
    expect(scenario.requests?.map(({ expectRedirect }) => expectRedirect)).toEqual([undefined, true]);
    expect(scenario.requests?.[0]?.headers).toEqual({ Accept: '*/*' });
    expect(read(JSON.stringify(har)).notes[0]).toContain('1 requests were left out');
  });

  it('have a user of the URL in a header', () => {
    const har = { log: { entries: [entry('GET', 'http://user:pw@x/a'), entry('GET', 'http://[/')] } };
    expect(read(JSON.stringify(har)).requests).toMatchObject([
      { url: 'http://x/a', headers: { Accept: '*/*', Authorization: 'Basic dXNlcjpwdw==' } },
    ]);
  });
});

describe('requests of an OpenAPI document', () => {
  const yaml = `
openapi: 3.1.0
info: { title: Shop }
servers: [{ url: http://127.0.0.1:3000/v1/ }]
paths:
  /orders/{order-id}:
    parameters:
      - { name: order-id, in: path, required: true, schema: { type: integer, example: 7 } }
    get: { operationId: readOrder }
  /orders:
    post:
      parameters: [{ name: dry, in: query, required: true, schema: { type: boolean } }]
      requestBody: { $ref: '#/components/requestBodies/Order' }
components:
  requestBodies:
    Order: { content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
  schemas:
    Order:
      type: object
      properties:
        customer: { type: string, example: ann }
        items: { type: array, items: { type: object, properties: { count: { type: integer } } } }
        parent: { $ref: '#/components/schemas/Order' }
`;

  it('are added to the path of its server, as its user', () => {
    const served = yaml.replace('http://127.0.0.1:3000/v1/', "'http://me:pw@127.1:80/v1/?q#f'");
    expect(read(served).requests[1]).toMatchObject({
      url: 'http://127.0.0.1/v1/orders?dry=true',
      headers: { Authorization: 'Basic bWU6cHc=' },
    });
    expect(read(yaml.replace('http://127.0.0.1:3000/v1/', '/v1/')).requests[0]?.url).toBe('/v1/orders/{{order-id}}');
  });

  it('have its examples, its server, and rows for the parts of paths', () => {
    const scenario = asScenario(yaml);
    expect(scenario.name).toBe('Shop');
    expect(scenario.data).toEqual([{ 'order-id': 7 }]);
    expect(scenario.requests?.[0]).toMatchObject({
      name: 'readOrder',
      url: 'http://127.0.0.1:3000/v1/orders/{{order-id}}',
    });
    expect(scenario.requests?.[1]).toMatchObject({
      method: 'POST',
      url: 'http://127.0.0.1:3000/v1/orders?dry=true',
      body: { customer: 'ann', items: [{ count: 1 }] },
    });
  });
});

describe('anything else', () => {
  it('is an error that says what to do, and never an exception', () => {
    for (const text of ['', 'hello', '[]', '{"log":{}}', '{"openapi":"2.0"}', '{', '- a\n- b', `${'['.repeat(20_000)}`])
      expect(readRequests(text)).toMatchObject({ ok: false, error: { code: 'import-failed' } });
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(['boolean']).toContain(typeof readRequests(text).ok);
        expect(typeof readRequests(`curl ${text}`).ok).toBe('boolean');
      }),
    );
  });
});
