import { describe, expect, it } from 'vitest';
import { requestsOf } from '../../../../tests/support/importedRequests';
import { readRequests } from '../readRequests';

const read = (content: unknown) => requestsOf(typeof content === 'string' ? content : JSON.stringify(content));
const firstOf = (content: unknown) => read(content).requests[0];

describe('what a folder of Insomnia passes on', () => {
  it('are its headers and its authentication, of which `none` is one', () => {
    const { requests, notes } = read(`
type: collection.insomnia.rest/5.0
name: Shop
collection:
  - name: All
    headers: [{ name: X-Tenant, value: t1 }, { name: X-Off, value: "1", disabled: true }]
    authentication: { type: bearer, token: t0k }
    scripts: { preRequest: "insomnia.environment.set('a', 1)" }
    children:
      - { name: Own, url: "http://x/a", method: GET, headers: [{ name: Accept, value: "*/*" }] }
      - name: Open
        authentication: { type: none }
        children: [{ name: None, url: "http://x/b", method: GET, authentication: {} }]
cookieJar: { cookies: [{ key: a, value: "1" }] }
`);
    expect(requests).toEqual([
      {
        name: 'Own',
        method: 'GET',
        url: 'http://x/a',
        headers: { 'X-Tenant': 't1', Accept: '*/*', Authorization: 'Bearer t0k' },
      },
      { name: 'None', method: 'GET', url: 'http://x/b', headers: { 'X-Tenant': 't1' } },
    ]);
    expect(notes).toEqual([
      'The cookies of the jar were left out: write a Cookie header where one is needed.',
      'Scripts of the folder All were not imported.',
    ]);
  });

  it('is nothing to requests that are not over HTTP, which have a URL as well', () => {
    const { requests, notes } = read(`
type: collection.insomnia.rest/5.0
name: Shop
collection:
  - { name: http, url: "http://x/a", method: GET }
  - { name: grpc, url: "grpcb.in:9000", protoMethodName: "/a.B/C", reflectionApi: { enabled: true } }
  - { name: socket, url: "http://x/socket", meta: { id: socketio-req_1 } }
`);
    expect(requests).toHaveLength(1);
    expect(notes).toEqual(['2 requests were left out, not over HTTP.']);
  });

  it('are the values of one environment, which is said where there are several', () => {
    const environment = (_id: string, parentId: string, name: string, base: string, metaSortKey: number) => ({
      _id,
      _type: 'environment',
      parentId,
      name,
      metaSortKey,
      data: { base },
    });
    const { requests, notes } = read({
      _type: 'export',
      resources: [
        { _id: 'r', _type: 'request', parentId: 'w', name: 'r', method: 'GET', url: '{{ _.base }}/a' },
        { _id: 'w', _type: 'workspace', parentId: null, name: 'Work' },
        environment('e', 'w', 'Base', 'http://nowhere.test', 0),
        environment('p', 'e', 'Production', 'https://shop.example', 2),
        environment('l', 'e', 'Local', 'http://127.0.0.1:3000', 1),
      ],
    });
    expect(requests[0]?.url).toBe('http://127.0.0.1:3000/a');
    expect(notes).toEqual(['The values of variables are those of the environment Local, and not those of Production.']);
  });
});

describe('what a folder of Bruno passes on', () => {
  const request = { url: '{{base}}/a', method: 'GET', headers: [], params: [], auth: { mode: 'inherit' } };
  const item = (name: string, more: object = {}) => ({
    type: 'http-request',
    name,
    seq: 1,
    request: { ...request, ...more },
  });
  const pair = (name: string, value: string) => ({ name, value, enabled: true });

  it('are its headers, its authentication and its variables, over those of the collection', () => {
    const { requests, notes } = read({
      name: 'Shop',
      items: [
        {
          type: 'folder',
          name: 'Orders',
          root: {
            request: {
              headers: [pair('x-tenant', 'folder'), pair('X-Folder', '1')],
              auth: { mode: 'bearer', bearer: { token: 'of-folder' } },
              vars: { req: [pair('base', 'http://folder.test')], res: [] },
              script: { req: 'bru.setVar("a", 1)' },
            },
          },
          items: [
            item('Inherits'),
            item('Own', {
              auth: { mode: 'none' },
              vars: { req: [pair('base', 'http://own.test')], res: [pair('id', 'res.body.id')] },
            }),
          ],
        },
        { ...item('Beside'), seq: 2 },
      ],
      environments: [{ name: 'local', variables: [pair('base', 'http://environment.test')] }],
      root: {
        request: {
          headers: [pair('X-Tenant', 'collection')],
          auth: { mode: 'basic', basic: { username: 'u', password: 'p' } },
          vars: { req: [pair('base', 'http://collection.test')], res: [] },
        },
      },
    });
    const folder = { 'x-tenant': 'folder', 'X-Folder': '1' };
    expect(requests).toEqual([
      {
        name: 'Inherits',
        method: 'GET',
        url: 'http://folder.test/a',
        headers: { ...folder, Authorization: 'Bearer of-folder' },
      },
      { name: 'Own', method: 'GET', url: 'http://own.test/a', headers: folder },
      {
        name: 'Beside',
        method: 'GET',
        url: 'http://environment.test/a',
        headers: { 'X-Tenant': 'collection', Authorization: 'Basic dTpw' },
      },
    ]);
    expect(notes).toEqual([
      'Scripts or tests of the folder Orders were not imported.',
      'Variables that Own takes from its response were not imported: extract them.',
    ]);
  });

  it('are secrets by name, whose values Bruno does not write', () => {
    const { requests, notes } = read({
      name: 'Shop',
      items: [item('r', { headers: [pair('X-Pass', '{{entry}}'), pair('X-Empty', '{{later}}')] })],
      environments: [
        {
          name: 'local',
          variables: [pair('base', 'http://x'), { ...pair('entry', ''), secret: true }, pair('later', '')],
        },
        { name: 'live', variables: [] },
      ],
    });
    expect(requests[0]?.headers).toEqual({ 'X-Pass': '{{secret.ENTRY}}', 'X-Empty': '{{later}}' });
    expect(notes).toEqual([
      'The values of variables are those of the environment local, and not those of live.',
      'Requests need the secret ENTRY: {{entry}} has no value in the file.',
      '{{later}} has no value in the file: write it into the data.',
    ]);
  });

  it('has the names of files in forms', () => {
    const multipartForm = [{ name: 'photo', type: 'file', value: ['pictures/a.png'], enabled: true }];
    const body = { mode: 'multipartForm', multipartForm };
    expect(firstOf({ name: 'Shop', items: [item('r', { method: 'POST', body })] })).toMatchObject({
      body: expect.stringContaining('name="photo"; filename="a.png"'),
    });
  });

  it('is in other places of an OpenCollection, beside what a request runs', () => {
    const { requests, steps, notes } = read(`
opencollection: 1.0.0
info: { name: Shop }
config:
  environments:
    - name: local
      variables:
        - { name: base, value: "http://x" }
        - { name: size, value: { type: number, data: "7" } }
        - { name: kind, value: [{ title: a, value: one }, { title: b, selected: true, value: two }] }
        - { name: entry, secret: true }
request:
  headers: [{ name: X-All, value: "1" }]
  auth: { type: bearer, token: "{{entry}}" }
items:
  - info: { name: Orders, type: folder, seq: 1 }
    request:
      headers: [{ name: X-Folder, value: "{{size}} {{kind}}" }]
      auth: { type: basic, username: u, password: p }
    items:
      - info: { name: Create, type: http, seq: 1 }
        http:
          method: POST
          url: "{{base}}/orders"
          auth: inherit
          body:
            - { title: small, body: { type: json, data: "{}" } }
            - { title: large, selected: true, body: { type: json, data: '{"a":1}' } }
        runtime:
          scripts: [{ type: tests, code: "test('made', () => { expect(res.status).to.equal(201); });" }]
          actions: [{ type: set-variable, phase: after-response, variable: { name: id } }]
      - info: { name: Read, type: http, seq: 2 }
        http: { method: GET, url: "{{base}}/orders", auth: { type: none } }
        runtime:
          scripts: [{ type: before-request, code: "bru.setVar('a', 1)" }]
          assertions: [{ expression: res.status, operator: eq, value: "200" }]
  - info: { name: Query, type: graphql, seq: 2 }
    graphql: { url: "{{base}}/graphql", body: { query: "{ a }", variables: '{"x":1}' }, auth: inherit }
`);
    const json = { 'Content-Type': 'application/json' };
    const folder = { 'X-All': '1', 'X-Folder': '7 two' };
    expect(requests).toEqual([
      {
        name: 'Create',
        method: 'POST',
        url: 'http://x/orders',
        headers: { ...folder, Authorization: 'Basic dTpw', ...json },
        body: '{"a":1}',
      },
      { name: 'Read', method: 'GET', url: 'http://x/orders', headers: folder },
      {
        name: 'Query',
        method: 'POST',
        url: 'http://x/graphql',
        headers: { 'X-All': '1', Authorization: 'Bearer {{secret.ENTRY}}', ...json },
        body: '{"query":"{ a }","variables":{"x":1}}',
      },
    ]);
    expect(steps.map(({ expectedStatuses }) => expectedStatuses)).toEqual([[201], [200], undefined]);
    expect(notes).toEqual([
      'Variables that Create takes from its response were not imported: extract them.',
      'Scripts or tests of Read were not imported.',
      'Requests need the secret ENTRY: {{entry}} has no value in the file.',
    ]);
  });

  it('is missing where a single file inherits it, which is said', () => {
    const { notes } = read(`meta {
  name: Read
  type: http
}

get {
  url: http://x/a
  auth: inherit
}

vars:post-response {
  id: res.body.id
}
`);
    expect(notes).toEqual([
      'Variables that Read takes from its response were not imported: extract them.',
      'The authentication, headers and variables of the folder and the collection are not in the file.',
    ]);
  });
});

describe('a collection of Postman', () => {
  const collection = (item: object, more: object = {}) => ({ info: { name: 'Shop' }, item: [item], ...more });
  const body = { mode: 'raw', raw: '{"a":1}' };

  it('has no body in a GET, unless it says so, as Postman sends it', () => {
    const get = { name: 'Read', request: { method: 'GET', url: 'http://x/a', body } };
    const pruned = read(collection(get));
    expect(pruned.requests).toEqual([{ name: 'Read', method: 'GET', url: 'http://x/a' }]);
    expect(pruned.notes).toEqual(['The body of Read was left out: Postman does not send it either.']);
    const protocolProfileBehavior = { disableBodyPruning: true };
    expect(firstOf(collection({ ...get, protocolProfileBehavior }))).toMatchObject({ body: '{"a":1}' });
    expect(firstOf(collection(get, { protocolProfileBehavior }))).toMatchObject({ body: '{"a":1}' });
  });

  it('asks for variables that it has without a value, in paths as well', () => {
    const url = { raw: 'http://x/{{zone}}/:id', variable: [{ key: 'id', value: '' }] };
    const header = [{ key: 'Authorization', value: 'Bearer {{token}}' }];
    const variable = ['zone', 'token'].map((key) => ({ key, value: '' }));
    const { requests, data } = read(collection({ name: 'r', request: { method: 'GET', url, header } }, { variable }));
    expect(requests).toEqual([
      {
        name: 'r',
        method: 'GET',
        url: 'http://x/{{zone}}/{{id}}',
        headers: { Authorization: 'Bearer {{secret.TOKEN}}' },
      },
    ]);
    expect(data).toEqual([{ zone: '', id: '' }]);
  });

  it('has an OAuth 2 token in the query where it says so', () => {
    const auth = {
      type: 'oauth2',
      oauth2: [
        { key: 'addTokenTo', value: 'queryParams' },
        { key: 'accessToken', value: '' },
      ],
    };
    expect(firstOf(collection({ name: 'r', request: { url: 'http://x/a', auth } }))?.url).toBe(
      'http://x/a?access_token={{secret.ACCESS_TOKEN}}',
    );
  });

  it('has no comments in its JSON, which Postman does not send', () => {
    const written = { mode: 'raw', raw: '{"a": 1 /* or 2 */}', options: { raw: { language: 'json' } } };
    const post = { name: 'r', request: { method: 'POST', url: 'http://x/a', body: written } };
    expect(firstOf(collection(post))).toMatchObject({ body: '{"a": 1 }' });
  });

  it('has a URL in parts, whose host can be a variable with a protocol', () => {
    const parts = (url: object) => firstOf(collection({ name: 'r', request: { url } }, { variable }))?.url;
    const variable = [{ key: 'base', value: 'https://x:8443' }];
    expect(parts({ host: ['{{base}}'], path: ['a', 'b'], query: [{ key: 'q', value: '1' }] })).toBe(
      'https://x:8443/a/b?q=1',
    );
    expect(parts({ protocol: 'https', host: ['a', 'example'], port: '444', path: ['b'] })).toBe(
      'https://a.example:444/b',
    );
    expect(parts({ host: ['a', 'example'], path: 'b' })).toBe('http://a.example/b');
  });

  it.each([
    ['{{host}}:{{port}}/a?b=1', '{{host}}:{{port}}'],
    ['http://localhost:{{port}}/a?b=1', 'http://localhost:{{port}}'],
    ['{{scheme}}://{{host}}/a?b=1', '{{scheme}}://{{host}}'],
    ['https://api.{{zone}}.example.com/a?b=1', 'https://api.{{zone}}.example.com'],
    ['{{base}}/a?b=1', '{{base}}'],
  ])('asks for a server that a variable is a part of: %s', (url, server) => {
    const { requests, notes } = read(collection({ name: 'r', request: { url } }));
    expect(requests[0]?.url).toBe('/a?b=1');
    expect(notes).toEqual([
      `${server} stands for a server and has no value in the file: name the server as the target.`,
    ]);
  });

  it('does not take a part of the path for the server', () => {
    expect(readRequests(JSON.stringify(collection({ name: 'r', request: { url: '{{base}}orders/1' } })))).toMatchObject(
      {
        ok: false,
        error: { message: expect.stringContaining('to no HTTP server') },
      },
    );
  });
});

describe('a variable of Insomnia', () => {
  it('can be named in brackets', () => {
    expect(
      firstOf({
        _type: 'export',
        resources: [
          {
            _id: 'r',
            _type: 'request',
            parentId: 'w',
            name: 'r',
            method: 'GET',
            url: `{{ _['base-url'] }}/{{ _.user["first-name"] }}/{{ _.list[1] }}`,
          },
          { _id: 'w', _type: 'workspace', parentId: null, name: 'Work' },
          {
            _id: 'e',
            _type: 'environment',
            parentId: 'w',
            data: { 'base-url': 'http://x', user: { 'first-name': 'ann' }, list: [1, 2] },
          },
        ],
      })?.url,
    ).toBe('http://x/ann/2');
  });
});
