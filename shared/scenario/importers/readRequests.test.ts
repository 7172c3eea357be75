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

  it.each([
    'curl --resolve api.test:443:192.0.2.1 https://api.test/',
    'curl -x http://proxy.test:3128 http://x/',
    'curl -sSxproxy.test http://x/',
    'curl -sx proxy.test http://x/',
    'curl --proxy=proxy.test http://x/',
    'curl --prox proxy.test http://x/',
    'curl http://x/ --connect-to x:80:y:80',
    'curl --unix-socket /run/a.sock http://x/',
    'curl --abstract-unix-socket a http://x/',
    'curl --socks5-hostname proxy.test http://x/',
    'curl --preproxy proxy.test http://x/',
    'curl --dns-servers 192.0.2.1 http://x/',
    'curl --doh-url https://dns.test/ http://x/',
    'curl -K more.conf http://x/',
  ])('are refused by the name of the option that sends them elsewhere: %s', (command) => {
    const name = /(?<= )--?(?!sS?x)[a-z0-9-]+|-(?=sx|sSx)/.exec(command)?.[0] ?? '';
    expect(readRequests(command)).toMatchObject({
      ok: false,
      error: {
        message: expect.stringMatching(new RegExp(`with ${name}.* curl may connect to another place than the URL`)),
      },
    });
  });

  it.each([
    ['curl --noproxy x http://x/1', ['--noproxy was left out.']],
    ['curl --data-urlencode a=b http://x/1', ['--data-urlencode was left out.']],
    ['curl -F file=@a -T b -U me:pw http://x/1', ['-F was left out.', '-T was left out.', '-U was left out.']],
    ['curl --unknown=http://y/ http://x/1', ['--unknown was left out.']],
    ['curl -sSLm 5 -Zo file http://x/1', ['-Z was left out.']],
    ['curl http://x/1 --next --proxy p http://y/', ['The request after --next was left out.']],
  ])('take no value of an option for the URL, and say what was left out: %s', (command, notes) => {
    expect(read(command)).toMatchObject({ requests: [{ url: 'http://x/1' }], notes });
  });

  it('take a value as it is, also one that looks like an option', () => {
    expect(read('curl http://x/ --data-raw -sSX=1 -d --proxy').requests[0]?.body).toBe('-sSX=1&--proxy');
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

describe('an OpenAPI document that is small and unfolds to more than there is room for', () => {
  const circular = (names: readonly string[]): string =>
    JSON.stringify({
      openapi: '3.0.0',
      info: { title: 'circle' },
      paths: {
        '/a': {
          post: { requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/A' } } } } },
        },
      },
      components: {
        schemas: {
          A: { properties: Object.fromEntries(names.map((name) => [name, { $ref: '#/components/schemas/A' }])) },
        },
      },
    });
  /** As many schemas as `depth`, each with ten properties of the next. */
  const tower = (depth: number, last: object): string =>
    JSON.stringify({
      openapi: '3.0.0',
      info: { title: 'tower' },
      paths: {
        '/a': {
          get: {},
          post: { requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/S0' } } } } },
        },
      },
      components: {
        schemas: {
          ...Object.fromEntries(
            Array.from({ length: depth }, (_, level) => [
              `S${level}`,
              {
                properties: Object.fromEntries(
                  Array.from({ length: 10 }, (_none, index) => [
                    `p${index}`,
                    { $ref: `#/components/schemas/S${level + 1}` },
                  ]),
                ),
              },
            ]),
          ),
          [`S${depth}`]: last,
        },
      },
    });

  it('has what is in itself once, however many ways lead back to it', () => {
    const text = circular([...'abcdefghij']);
    expect(text.length).toBeLessThan(600);
    expect(read(text).requests).toEqual([{ method: 'POST', url: '/a', body: {} }]);
  });

  it.each([
    ['values', tower(6, { type: 'string' })],
    ['characters', tower(3, { example: 'x'.repeat(1_000) })],
    ['values inside of each other', tower(0, { example: JSON.parse(`${'['.repeat(200)}${']'.repeat(200)}`) })],
    ['values of an example', tower(0, { example: Array.from({ length: 6_000 }, () => 1) })],
  ])('has no body of more %s than a request may have, and says so', (_what, text) => {
    const { requests, notes } = read(text);
    expect(requests).toEqual([
      { method: 'GET', url: '/a' },
      { method: 'POST', url: '/a' },
    ]);
    expect(notes).toContainEqual(expect.stringContaining('1 examples were left out'));
  });

  it('has no more bodies than there is room for in all of its operations', () => {
    const schema = { example: Array.from({ length: 4_000 }, () => 1) };
    const operation = { requestBody: { content: { 'application/json': { schema } } } };
    const paths = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`/${index}`, { post: operation }]));
    const { requests, notes } = read(JSON.stringify({ openapi: '3.1.0', info: { title: 'many' }, paths }));
    expect(requests).toHaveLength(50);
    expect(requests.filter(({ body }) => body !== undefined)).toHaveLength(24);
    expect(notes).toContainEqual(expect.stringContaining('26 examples were left out'));
  });

  it('keeps the bodies of other operations beside one that is far too large', () => {
    const post = (example: unknown) => ({
      post: { requestBody: { content: { 'application/json': { schema: { example } } } } },
    });
    const paths = { '/a': post({ file: 'x'.repeat(9 * 2 ** 20) }), '/b': post({ name: 'ann' }) };
    const { requests } = read(JSON.stringify({ openapi: '3.1.0', info: { title: 'x' }, paths }));
    expect(requests.map(({ body }) => body)).toEqual([undefined, { name: 'ann' }]);
  });

  it('follows no reference that leads in a circle, out of the document, or to what every object has', () => {
    const schemas = {
      A: { $ref: '#/components/schemas/B' },
      B: { $ref: '#/components/schemas/A' },
      C: { properties: { a: { $ref: '#/constructor' }, b: { $ref: 'https://example.invalid/' } } },
    };
    const post = (name: string) => ({
      post: {
        requestBody: { content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } } },
      },
    });
    const paths = { '/a': post('A'), '/c': post('C') };
    const { requests } = read(
      JSON.stringify({ openapi: '3.1.0', info: { title: 'x' }, paths, components: { schemas } }),
    );
    expect(requests).toEqual([
      { method: 'POST', url: '/a' },
      { method: 'POST', url: '/c', body: { a: null, b: null } },
    ]);
  });
});

describe('anything else', () => {
  it('is not unfolded when it is YAML whose aliases stand for aliases', () => {
    const times = (alias: string): string => `[${Array.from({ length: 10 }, () => alias).join(', ')}]`;
    const text = `a: &a ${times('x')}\nb: &b ${times('*a')}\nc: &c ${times('*b')}\nd: ${times('*c')}\n`;
    expect(readRequests(text)).toMatchObject({ ok: false, error: { message: expect.stringMatching(/alias/i) } });
  });

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
