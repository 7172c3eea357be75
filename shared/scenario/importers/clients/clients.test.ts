import { describe, expect, it } from 'vitest';
import { requestsOf } from '../../../../tests/support/importedRequests';
import { readRequests } from '../readRequests';

function read(content: unknown) {
  return requestsOf(typeof content === 'string' ? content : JSON.stringify(content));
}

const json = { 'Content-Type': 'application/json' };
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

describe('a collection of Postman', () => {
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  const collection = (item: unknown[], more: object = {}) => ({ info: { name: 'Shop', schema }, item, ...more });
  const test = (...exec: string[]) => ({ event: [{ listen: 'test', script: { exec } }] });

  it('has its folders, variables and authentication in the requests, in their order', () => {
    const { name, requests, steps, notes } = read(
      collection(
        [
          {
            name: 'Orders',
            auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}' }] },
            item: [
              {
                name: 'Create',
                ...test('pm.test("made", function () {', '    pm.response.to.have.status(201);', '});'),
                request: {
                  method: 'POST',
                  header: [
                    { key: 'X-A', value: '{{a}}' },
                    { key: 'X-Off', value: '1', disabled: true },
                  ],
                  url: { raw: '{{base}}/orders/:id?x=1&y={{a}}', variable: [{ key: 'id', value: 'a b' }] },
                  body: { mode: 'raw', raw: '{"n": {{n}}}', options: { raw: { language: 'json' } } },
                },
              },
            ],
          },
          { name: 'Health', request: 'http://127.0.0.1:3000/health' },
        ],
        {
          variable: [
            { key: 'base', value: '{{host}}/v1' },
            { key: 'host', value: 'http://127.0.0.1:3000' },
            { key: 'a', value: 'b' },
            { key: 'token', value: 't0k' },
            { key: 'n', value: 5 },
          ],
        },
      ),
    );
    expect(name).toBe('Shop');
    expect(requests).toEqual([
      {
        name: 'Create',
        method: 'POST',
        url: 'http://127.0.0.1:3000/v1/orders/a%20b?x=1&y=b',
        headers: { 'X-A': 'b', Authorization: 'Bearer t0k', ...json },
        body: '{"n": 5}',
      },
      { name: 'Health', method: 'GET', url: 'http://127.0.0.1:3000/health' },
    ]);
    expect(steps).toEqual([{ request: 0, folder: 'Orders', expectedStatuses: [201] }, { request: 1 }]);
    expect(notes).toEqual([]);
  });

  it('asks for what has no value, and says what its scripts were', () => {
    const { requests, data, notes } = read(
      collection([
        {
          name: 'Read',
          ...test(
            'pm.expect(pm.response.code).to.be.oneOf([200, 302]);',
            'pm.environment.set("t", pm.response.json().t);',
          ),
          request: {
            method: 'GET',
            header: [{ key: 'Authorization', value: 'Bearer {{access_token}}' }],
            url: { raw: '{{baseUrl}}/a/{{id}}?g={{$guid}}' },
          },
        },
        {
          name: 'Missing',
          ...test('tests["gone"] = responseCode.code === 404'),
          request: { url: 'x/b', method: 'GET' },
        },
      ]),
    );
    expect(requests).toEqual([
      {
        name: 'Read',
        method: 'GET',
        url: '/a/{{id}}?g=123e4567-e89b-42d3-a456-426614174000',
        headers: { Authorization: 'Bearer {{secret.ACCESS_TOKEN}}' },
        expectRedirect: true,
      },
      { name: 'Missing', method: 'GET', url: 'http://x/b' },
    ]);
    expect(data).toEqual([{ id: '' }]);
    expect(notes).toEqual([
      'Scripts of Read were not imported.',
      'Requests need the secret ACCESS_TOKEN: {{access_token}} has no value in the file.',
      '{{baseUrl}} stands for a server and has no value in the file: name the server as the target.',
      '{{id}} has no value in the file: write it into the data.',
      '{{$guid}} has a new value for each request there, but always the same value here.',
      'Missing expects the status 404, which counts as a failure of a single request.',
    ]);
  });

  it.each<[object, object]>([
    [
      {
        mode: 'urlencoded',
        urlencoded: [
          { key: 'a b', value: '1&2' },
          { key: 'c', value: '{{v}}' },
        ],
      },
      { headers: form, body: 'a%20b=1%262&c={{v}}' },
    ],
    [
      {
        mode: 'formdata',
        formdata: [
          { key: 'a', value: '1', type: 'text' },
          { key: 'f', type: 'file', src: '/x/b.png' },
        ],
      },
      { body: expect.stringContaining('filename="b.png"') },
    ],
    [
      { mode: 'graphql', graphql: { query: 'query { a }', variables: '{"x": 1}' } },
      { headers: json, body: '{"query":"query { a }","variables":{"x":1}}' },
    ],
    [
      { mode: 'raw', raw: '<a/>', options: { raw: { language: 'xml' } } },
      { headers: { 'Content-Type': 'application/xml' } },
    ],
    [{ mode: 'file', file: { src: 'a.bin' } }, { body: '' }],
  ])('has bodies: %j', (body, expected) => {
    const { requests } = read(collection([{ name: 'r', request: { method: 'POST', url: 'http://x/', body } }]));
    expect(requests[0]).toMatchObject(expected);
  });

  it.each<[object, object]>([
    [{ type: 'basic', basic: { username: 'me', password: 'pw' } }, { headers: { Authorization: 'Basic bWU6cHc=' } }],
    [
      {
        type: 'apikey',
        apikey: [
          { key: 'key', value: 'k' },
          { key: 'value', value: 'v' },
        ],
      },
      { headers: { k: 'v' } },
    ],
    [
      {
        type: 'apikey',
        apikey: [
          { key: 'key', value: 'k' },
          { key: 'value', value: 'v' },
          { key: 'in', value: 'query' },
        ],
      },
      { url: 'http://x/?k=v' },
    ],
    [
      { type: 'oauth2', oauth2: [{ key: 'accessToken', value: '' }] },
      { headers: { Authorization: 'Bearer {{secret.TOKEN}}' } },
    ],
    [{ type: 'noauth' }, { url: 'http://x/' }],
  ])('has authentication of 2.0 and 2.1: %j', (auth, expected) => {
    expect(
      read({ collection: collection([{ name: 'r', request: { url: 'http://x/', auth } }]) }).requests[0],
    ).toMatchObject(expected);
  });

  it('says what authentication it can not take over', () => {
    const auth = { type: 'awsv4', awsv4: [] };
    const { notes } = read(collection([{ name: 'r', request: { url: 'http://x/', auth } }]));
    expect(notes).toEqual(['The authentication awsv4 was left out: write a header if the server takes one.']);
  });

  it('does not end in variables that are made of each other', () => {
    const variable = [
      { key: 'a', value: '{{b}}{{b}}' },
      { key: 'b', value: '{{a}}{{a}}' },
    ];
    expect(read(collection([{ name: 'r', request: { url: 'http://x/{{a}}' } }], { variable })).requests).toHaveLength(
      1,
    );
  });
});

describe('an export of Insomnia', () => {
  it('of version 4 is a tree of its resources', () => {
    const { name, requests, steps, notes } = read({
      _type: 'export',
      __export_format: 4,
      resources: [
        {
          _id: 'r2',
          _type: 'request',
          parentId: 'f',
          name: 'Second',
          method: 'GET',
          url: '{{ _.base }}/b',
          metaSortKey: 2,
        },
        {
          _id: 'r1',
          _type: 'request',
          parentId: 'f',
          name: 'First',
          method: 'POST',
          url: '{{ base }}/a/:id',
          metaSortKey: 1,
          pathParameters: [{ name: 'id', value: '7' }],
          parameters: [
            { name: 'q', value: 'a b' },
            { name: 'off', value: '1', disabled: true },
          ],
          headers: [{ name: 'X-T', value: "{% response 'body', 'x' %}" }],
          body: { mimeType: 'application/json', text: '{"a":"{{ _.user.name }}"}' },
        },
        {
          _id: 'f',
          _type: 'request_group',
          parentId: 'w',
          name: 'Folder',
          authentication: { type: 'basic', username: 'u', password: 'p' },
        },
        { _id: 'w', _type: 'workspace', parentId: null, name: 'Work' },
        {
          _id: 'e',
          _type: 'environment',
          parentId: 'w',
          name: 'Base',
          data: { base: 'http://x', user: { name: 'ann' } },
        },
        { _id: 'g', _type: 'grpc_request', parentId: 'w', name: 'g' },
      ],
    });
    expect(name).toBe('Work');
    expect(requests).toEqual([
      {
        name: 'First',
        method: 'POST',
        url: 'http://x/a/7?q=a%20b',
        headers: { 'X-T': '', Authorization: 'Basic dTpw', ...json },
        body: '{"a":"ann"}',
      },
      { name: 'Second', method: 'GET', url: 'http://x/b', headers: { Authorization: 'Basic dTpw' } },
    ]);
    expect(steps).toEqual([
      { request: 0, folder: 'Folder' },
      { request: 1, folder: 'Folder' },
    ]);
    expect(notes).toEqual([
      '1 request was left out, not over HTTP.',
      "The tag response 'body', 'x' was left out: write a value in its place.",
    ]);
  });

  it('of version 5 is YAML', () => {
    const { requests, steps, notes } = read(`
type: collection.insomnia.rest/5.0
name: Shop
collection:
  - name: Folder
    meta: { sortKey: 2 }
    environment: { path: orders }
    children:
      - name: Form
        url: "{{ _.base }}/{{ _.path }}"
        method: POST
        body: { mimeType: application/x-www-form-urlencoded, params: [{ name: a, value: "1 2" }] }
        authentication: { type: apikey, key: X-Key, value: k, addTo: header }
        scripts: { preRequest: "insomnia.environment.set('a', 1)" }
  - name: First
    meta: { sortKey: 1 }
    url: http://127.0.0.1/a
    method: GET
environments:
  data: { base: http://nowhere.test }
  subEnvironments: [{ name: local, data: { base: http://127.0.0.1 } }]
`);
    expect(requests).toEqual([
      { name: 'First', method: 'GET', url: 'http://127.0.0.1/a' },
      {
        name: 'Form',
        method: 'POST',
        url: 'http://127.0.0.1/orders',
        headers: { 'X-Key': 'k', ...form },
        body: 'a=1%202',
      },
    ]);
    expect(steps.map(({ folder }) => folder)).toEqual([undefined, 'Folder']);
    expect(notes).toEqual(['Scripts of Form were not imported.']);
  });

  it('of resources that are their own ancestors has none of them', () => {
    const resources = [
      { _id: 'a', _type: 'request_group', parentId: 'b', name: 'a' },
      { _id: 'b', _type: 'request_group', parentId: 'a', name: 'b' },
      { _id: 'r', _type: 'request', parentId: 'a', name: 'r', url: 'http://x/' },
    ];
    expect(readRequests(JSON.stringify({ _type: 'export', resources })).ok).toBe(false);
  });
});

describe('a request of Bruno', () => {
  it('is read of its file', () => {
    const { name, requests, steps, notes } = read(`meta {
  name: Create order
  type: http
  seq: 1
}

post {
  url: {{base}}/orders/:id?x=1
  body: json
  auth: bearer
}

params:query {
  x: 1
  ~y: 2
}

params:path {
  id: 7
}

headers {
  X-A: b: c
  ~X-Off: 1
}

auth:bearer {
  token: {{api_token}}
}

body:json {
  {
    "a": {
      "b": 1
    }
  }
}

vars:pre-request {
  base: http://127.0.0.1:3000
}

assert {
  res.status: eq 201
}

docs {
  post {
    url: http://not.test
  }
}
`);
    expect(name).toBe('Create order');
    expect(requests).toEqual([
      {
        name: 'Create order',
        method: 'POST',
        url: 'http://127.0.0.1:3000/orders/7?x=1',
        headers: { 'X-A': 'b: c', Authorization: 'Bearer {{secret.API_TOKEN}}', ...json },
        body: '{\n  "a": {\n    "b": 1\n  }\n}',
      },
    ]);
    expect(steps).toEqual([{ request: 0, expectedStatuses: [201] }]);
    expect(notes).toEqual(['Requests need the secret API_TOKEN: {{api_token}} has no value in the file.']);
  });

  it.each([
    ['body:form-urlencoded {\n  a: 1 2\n}', 'formUrlEncoded', { headers: form, body: 'a=1%202' }],
    ["body:form-urlencoded {\n  a: '''\n    1\n    2\n  '''\n}", 'formUrlEncoded', { body: 'a=1%0A2' }],
    [
      'body:multipart-form {\n  f: @file(b.png)\n}',
      'multipartForm',
      { body: expect.stringContaining('filename="b.png"') },
    ],
    [
      'body:graphql {\n  query { a }\n}\n\nbody:graphql:vars {\n  {"x": 1}\n}',
      'graphql',
      { body: '{"query":"query { a }","variables":{"x":1}}' },
    ],
    [
      'tests {\n  test("ok", () => {\n    expect(res.status).to.equal(302);\n  });\n}',
      'none',
      { expectRedirect: true },
    ],
  ])('has other bodies and tests: %s', (block, mode, expected) => {
    expect(
      read(`meta {\n  name: r\n}\n\nput {\n  url: http://x/\n  body: ${mode}\n}\n\n${block}\n`).requests[0],
    ).toMatchObject(expected);
  });

  it('is read of an exported collection', () => {
    const { name, requests, steps, notes } = read({
      name: 'Shop',
      version: '1',
      items: [
        {
          type: 'folder',
          name: 'Orders',
          seq: 2,
          items: [
            {
              type: 'http-request',
              name: 'Create',
              seq: 1,
              request: {
                url: '{{base}}/orders',
                method: 'POST',
                headers: [
                  { name: 'X-A', value: 'b', enabled: true },
                  { name: 'X-Off', value: '1', enabled: false },
                ],
                params: [{ name: 'q', value: '1', type: 'query', enabled: true }],
                body: { mode: 'json', json: '{"a":1}' },
                auth: { mode: 'inherit' },
                script: { req: 'bru.setVar("a", 1)' },
                assertions: [{ name: 'res.status', value: 'eq 200', enabled: true }],
              },
            },
          ],
        },
        {
          type: 'http-request',
          name: 'Health',
          seq: 1,
          request: { url: 'http://x/health', method: 'GET', auth: { mode: 'none' } },
        },
        { type: 'grpc-request', name: 'g', request: { method: 'x' } },
      ],
      environments: [{ name: 'local', variables: [{ name: 'base', value: 'http://x', enabled: true }] }],
      root: {
        request: {
          auth: { mode: 'basic', basic: { username: 'u', password: 'p' } },
          headers: [{ name: 'X-All', value: '1', enabled: true }],
        },
      },
    });
    expect(name).toBe('Shop');
    expect(requests).toEqual([
      { name: 'Health', method: 'GET', url: 'http://x/health', headers: { 'X-All': '1' } },
      {
        name: 'Create',
        method: 'POST',
        url: 'http://x/orders?q=1',
        headers: { 'X-All': '1', 'X-A': 'b', Authorization: 'Basic dTpw', ...json },
        body: '{"a":1}',
      },
    ]);
    expect(steps).toEqual([{ request: 0 }, { request: 1, folder: 'Orders', expectedStatuses: [200] }]);
    expect(notes).toEqual(['1 request was left out, not over HTTP.', 'Scripts or tests of Create were not imported.']);
  });

  it('is read of OpenCollection in YAML', () => {
    const request = `
info: { name: Create, type: http, seq: 1 }
http:
  method: POST
  url: http://x/a
  headers: [{ name: X-A, value: b }]
  body: { type: form-urlencoded, data: [{ name: a, value: "1" }] }
  auth: { type: bearer, token: t0k }
`;
    expect(read(request).requests).toEqual([
      {
        name: 'Create',
        method: 'POST',
        url: 'http://x/a',
        headers: { 'X-A': 'b', Authorization: 'Bearer t0k', ...form },
        body: 'a=1',
      },
    ]);
    const items = request
      .trim()
      .split('\n')
      .map((line) => `    ${line}`)
      .join('\n')
      .replace('    info', '  - info');
    expect(read(`opencollection: 1.0.0\ninfo: { name: Shop }\nitems:\n${items}\n`)).toMatchObject({
      name: 'Shop',
      requests: [{ name: 'Create', body: 'a=1' }],
    });
  });
});

describe('an .http file', () => {
  it('has its requests in their order', () => {
    const { requests, notes, data } = read(`@host = http://127.0.0.1:3000
@token = abc

# a comment
GET {{host}}/a
    ?x=1
    &y=2
Accept: application/json

### Create order
# @name create
POST {{host}}/orders HTTP/1.1
Content-Type: application/json
Authorization: Basic me:pw

{
  "id": "{{id}}"
}

> {%
  client.test("made", function() {
    client.global.set("t", response.body.t);
  });
%}

###
// @name list
DELETE /orders/1
Host: 127.0.0.1:3000
Authorization: Digest me pw

### file
PUT {{host}}/file

< ./in.json

### form
POST {{host}}/form
Content-Type: application/x-www-form-urlencoded

a=1
&b=2

###
http://127.0.0.1:3000/plain?at={{$timestamp}}
`);
    expect(requests).toEqual([
      { method: 'GET', url: 'http://127.0.0.1:3000/a?x=1&y=2', headers: { Accept: 'application/json' } },
      {
        name: 'create',
        method: 'POST',
        url: 'http://127.0.0.1:3000/orders',
        headers: { ...json, Authorization: 'Basic bWU6cHc=' },
        body: '{\n  "id": "{{id}}"\n}',
      },
      { name: 'list', method: 'DELETE', url: 'http://127.0.0.1:3000/orders/1' },
      {
        name: 'file',
        method: 'PUT',
        url: 'http://127.0.0.1:3000/file',
        headers: { 'Content-Type': 'application/octet-stream' },
        body: '',
      },
      { name: 'form', method: 'POST', url: 'http://127.0.0.1:3000/form', headers: form, body: 'a=1&b=2' },
      { method: 'GET', url: 'http://127.0.0.1:3000/plain?at=1704067200' },
    ]);
    expect(data).toEqual([{ id: '' }]);
    expect(notes).toEqual([
      'Scripts of create were not imported.',
      '{{id}} has no value in the file: write it into the data.',
      'The authentication Digest was left out: write a header if the server takes one.',
      'A part of a request comes from the file ./in.json, which was not read: write it into the request.',
      '{{$timestamp}} has a new value for each request there, but always the same value here.',
    ]);
  });

  it('has queries of GraphQL and bodies with parts', () => {
    const { requests } = read(`GRAPHQL http://x/graphql

query { a }

{"x": 1}

###
POST http://x/up
Content-Type: multipart/form-data; boundary=b

--b
Content-Disposition: form-data; name="a"

1
--b--
`);
    expect(requests).toMatchObject([
      { method: 'POST', body: '{"query":"query { a }","variables":{"x":1}}' },
      { body: '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n' },
    ]);
  });
});
