import { describe, expect, it } from 'vitest';
import { requestsOf, scenarioOf } from '../../../../tests/support/importedRequests';

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
    expect(requestsOf(served).requests[1]).toMatchObject({
      url: 'http://127.0.0.1/v1/orders?dry=true',
      headers: { Authorization: 'Basic bWU6cHc=' },
    });
    expect(requestsOf(yaml.replace('http://127.0.0.1:3000/v1/', '/v1/')).requests[0]?.url).toBe(
      '/v1/orders/{{order-id}}',
    );
  });

  it('have its examples, its server, and rows for the parts of paths', () => {
    const scenario = scenarioOf(yaml);
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
  /** Returns `depth` schemas, each with ten properties of the next. */
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
    expect(requestsOf(text).requests).toEqual([{ method: 'POST', url: '/a', body: {} }]);
  });

  it.each([
    ['values', tower(6, { type: 'string' })],
    ['characters', tower(3, { example: 'x'.repeat(1_000) })],
    ['values inside of each other', tower(0, { example: JSON.parse(`${'['.repeat(200)}${']'.repeat(200)}`) })],
    ['values of an example', tower(0, { example: Array.from({ length: 6_000 }, () => 1) })],
  ])('has no body of more %s than a request may have, and says so', (_what, text) => {
    const { requests, notes } = requestsOf(text);
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
    const { requests, notes } = requestsOf(JSON.stringify({ openapi: '3.1.0', info: { title: 'many' }, paths }));
    expect(requests).toHaveLength(50);
    expect(requests.filter(({ body }) => body !== undefined)).toHaveLength(24);
    expect(notes).toContainEqual(expect.stringContaining('26 examples were left out'));
  });

  it('keeps the bodies of other operations beside one that is far too large', () => {
    const post = (example: unknown) => ({
      post: { requestBody: { content: { 'application/json': { schema: { example } } } } },
    });
    const paths = { '/a': post({ file: 'x'.repeat(9 * 2 ** 20) }), '/b': post({ name: 'ann' }) };
    const { requests } = requestsOf(JSON.stringify({ openapi: '3.1.0', info: { title: 'x' }, paths }));
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
    const { requests } = requestsOf(
      JSON.stringify({ openapi: '3.1.0', info: { title: 'x' }, paths, components: { schemas } }),
    );
    expect(requests).toEqual([
      { method: 'POST', url: '/a' },
      { method: 'POST', url: '/c', body: { a: null, b: null } },
    ]);
  });
});

/** Returns a document with one operation, and its import. */
function operation(parts: object, more: object = {}) {
  return requestsOf(
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'T' },
      servers: [{ url: 'http://x/' }],
      paths: { '/a/{id}': { post: parts } },
      ...more,
    }),
  );
}

function exampleOf(schema: object): unknown {
  const content = { 'application/json': { schema: { properties: { v: schema } } } };
  const body = operation({ requestBody: { content } }).requests[0]?.body;
  return typeof body === 'object' && !Array.isArray(body) ? body.v : undefined;
}

describe('an example of a schema', () => {
  it.each<[object, unknown]>([
    [{ const: 'c', type: 'string' }, 'c'],
    [{ enum: [null, 'b'] }, 'b'],
    [{ type: ['null', 'integer'] }, 1],
    [{ type: 'string', maxLength: 2 }, 'te'],
    [{ type: 'string', format: 'ipv6' }, '2001:db8::1'],
    [{ type: 'string', format: 'constructor' }, 'text'],
    [{ type: 'integer', minimum: 2, exclusiveMinimum: true }, 3],
    [{ type: 'integer', exclusiveMinimum: 2 }, 3],
    [{ type: 'integer', maximum: -4 }, -4],
    [{ type: 'number', minimum: 0.2, maximum: 0.4 }, 0.4],
    [{ type: 'integer', minimum: 3, multipleOf: 5 }, 5],
    [{ type: 'array', minItems: 3, items: { type: 'boolean' } }, [true, true, true]],
    [{ type: 'array', maxItems: 0, items: {} }, []],
    [{ type: 'array', prefixItems: [{ const: 1 }, { const: 2 }] }, [1, 2]],
    [{ additionalProperties: { type: 'integer' } }, { name: 1 }],
    [{ properties: { a: { readOnly: true }, b: { const: 1 } } }, { b: 1 }],
    [{ allOf: [{ enum: ['x'] }], description: 'd' }, 'x'],
    [
      { oneOf: [{ type: 'null' }, { properties: { a: { const: 1 } } }], properties: { b: { const: 2 } } },
      { a: 1, b: 2 },
    ],
    [{ allOf: [{ properties: { a: { const: 1 } } }, { required: ['a'] }] }, { a: 1 }],
  ])('%j', (schema, value) => {
    expect(exampleOf(schema)).toEqual(value);
  });

  it('has no more items and characters than anybody describes', () => {
    expect(exampleOf({ type: 'array', minItems: 1e9, items: { const: 1 } })).toHaveLength(1_000);
    expect(exampleOf({ type: 'string', minLength: 1e9 })).toHaveLength(10_000);
  });
});

describe('an example beside a reference, and a text with a pattern', () => {
  it('is taken, and is said', () => {
    const schema = {
      properties: { a: { $ref: '#/components/schemas/A', example: 'x' }, b: { type: 'string', pattern: '^[A-Z]{3}$' } },
    };
    const { requests, notes } = operation(
      { requestBody: { content: { 'application/json': { schema } } } },
      { components: { schemas: { A: { type: 'string' } } } },
    );
    expect(requests[0]?.body).toEqual({ a: 'x', b: 'text' });
    expect(notes).toContainEqual(expect.stringContaining('1 texts that must match a pattern'));
  });
});

describe('an operation', () => {
  it('writes the values of its parameters by style', () => {
    const query = (name: string, example: unknown, more: object = {}) => ({
      in: 'query',
      required: true,
      name,
      example,
      ...more,
    });
    const { requests, data, notes } = operation({
      parameters: [
        { in: 'path', name: 'id', required: true, schema: { enum: ['a b'] } },
        query('l', [1, 2], { explode: false }),
        query('p', [1, 2], { style: 'pipeDelimited', explode: false }),
        query('f', { x: 1 }, { style: 'deepObject' }),
        query('o', { y: 'ä&' }),
        { in: 'query', name: 'c', required: true, content: { 'application/json': { example: { z: [1] } } } },
        { in: 'header', name: 'X-L', required: true, example: ['a', 'b'] },
        { in: 'cookie', name: 'sid', required: true, example: '1;2' },
        { in: 'query', name: 'optional' },
      ],
    });
    expect(requests).toEqual([
      {
        method: 'POST',
        url: 'http://x/a/{{id}}?l=1,2&p=1%7C2&f%5Bx%5D=1&y=%C3%A4%26&c=%7B%22z%22%3A%5B1%5D%7D',
        headers: { 'X-L': 'a,b', Cookie: 'sid=1%3B2' },
      },
    ]);
    expect(data).toEqual([{ id: 'a b' }]);
    expect(notes).toContain('Parameters that are not required were left out.');
  });

  it.each<[object, object]>([
    [
      {
        'multipart/form-data': { schema: { properties: { a: { const: 1 }, f: { type: 'string', format: 'binary' } } } },
      },
      {
        headers: { 'Content-Type': expect.stringContaining('boundary=') },
        body: expect.stringContaining('filename="f"'),
      },
    ],
    [{ 'text/plain': { example: 'hello' } }, { headers: { 'Content-Type': 'text/plain' }, body: 'hello' }],
    [{ 'application/xml': { example: '<a/>' } }, { headers: { 'Content-Type': 'application/xml' }, body: '<a/>' }],
    [
      { 'application/xml': {}, 'application/json; v=1': { example: [1] } },
      { headers: { 'Content-Type': 'application/json; v=1' }, body: [1] },
    ],
    [{ '*/*': { examples: { e: { $ref: '#/components/examples/E' } } } }, { body: { e: 1 } }],
    [{ 'application/json': { example: { t: '{{x}}' } } }, { body: { t: '{{literal_x}}' } }],
  ])('has a body of %j', (content, expected) => {
    const { requests } = operation(
      { requestBody: { content } },
      { components: { examples: { E: { value: { e: 1 } } } } },
    );
    expect(requests[0]).toMatchObject(expected);
  });

  it('says what body it can not have', () => {
    const { requests, notes } = operation({ requestBody: { content: { 'application/octet-stream': {} } } });
    expect(requests[0]).not.toHaveProperty('body');
    expect(notes).toContainEqual(expect.stringContaining('Bodies of application/octet-stream were left out'));
  });

  it.each<[object, object]>([
    [{ type: 'http', scheme: 'bearer' }, { headers: { Authorization: 'Bearer {{secret.MY_AUTH}}' } }],
    [{ type: 'http', scheme: 'Basic' }, { headers: { Authorization: 'Basic {{secret.MY_AUTH}}' } }],
    [{ type: 'oauth2', flows: {} }, { headers: { Authorization: 'Bearer {{secret.MY_AUTH}}' } }],
    [{ type: 'apiKey', in: 'query', name: 'api key' }, { url: 'http://x/a/{{id}}?api%20key={{secret.API_KEY}}' }],
    [{ type: 'apiKey', in: 'cookie', name: 'sid' }, { headers: { Cookie: 'sid={{secret.SID}}' } }],
  ])('asks for the secret of a scheme: %j', (scheme, expected) => {
    const { requests, notes } = operation(
      { security: [{}, { myAuth: [] }] },
      { components: { securitySchemes: { myAuth: scheme } }, security: [] },
    );
    expect(requests[0]).toMatchObject(expected);
    expect(notes).toContainEqual(expect.stringContaining('Requests need the secret'));
  });

  it('has the server next to it, the statuses that it describes, and its tag', () => {
    const { requests, steps } = operation({
      servers: [{ url: '{s}.test/v2', variables: { s: { enum: ['http://a'] } } }, { url: 'http://b' }],
      tags: ['orders'],
      responses: { 201: {}, 404: {}, default: {} },
    });
    expect(requests[0]?.url).toBe('http://a.test/v2/a/{{id}}');
    expect(steps).toEqual([{ request: 0, folder: 'orders', expectedStatuses: [201] }]);
    expect(operation({ responses: { 302: {} } }).requests[0]).toMatchObject({ expectRedirect: true });
  });

  it.each(['{host}/v1', 'ftp://x/', 'http:///v1', 'https://{a}.test'])(
    'is a path where the server is none: %s',
    (url) => {
      const { requests, notes } = operation({}, { servers: [{ url }] });
      expect(requests[0]?.url).toBe('/a/{{id}}');
      expect(notes).toContainEqual(expect.stringContaining('name it as the target'));
    },
  );
});

describe('a document of Swagger 2', () => {
  it('is read as one of OpenAPI 3', () => {
    const { requests, notes } = requestsOf(`
swagger: 2.0
info: { title: Old }
host: 127.0.0.1:3000
basePath: /v1
consumes: [application/json]
securityDefinitions: { key: { type: apiKey, in: header, name: X-Key } }
security: [{ key: [] }]
parameters: { Page: { name: page, in: query, type: integer, required: true, default: 2 } }
definitions: { Order: { type: object, properties: { a: { type: string, example: x } } } }
x-extension: { a: 1 }
paths:
  x-note: text
  /orders:
    parameters: [{ $ref: '#/parameters/Page' }]
    post:
      parameters: [{ in: body, name: body, schema: { $ref: '#/definitions/Order' } }]
      responses: { 201: { description: made, schema: { $ref: '#/definitions/Order' } } }
  /form:
    post:
      consumes: [application/x-www-form-urlencoded]
      parameters: [{ in: formData, name: f, type: string, required: true, x-example: y }]
      responses: {}
`);
    expect(requests).toMatchObject([
      {
        method: 'POST',
        url: 'http://127.0.0.1:3000/v1/orders?page=2',
        headers: { 'X-Key': '{{secret.X_KEY}}' },
        body: { a: 'x' },
      },
      { method: 'POST', url: 'http://127.0.0.1:3000/v1/form', body: expect.stringMatching(/^f=/) },
    ]);
    expect(notes).toContainEqual(expect.stringContaining('secret X_KEY'));
  });

  it('is bounded: answers with a hundred thousand headers are not looked at', () => {
    const headers = Object.fromEntries(
      Array.from({ length: 100_000 }, (_none, index) => [`h${index}`, { type: 'string' }]),
    );
    const document = {
      swagger: '2.0',
      info: { title: 'T' },
      host: 'x',
      paths: { '/a': { get: { responses: { 200: { headers } } } } },
    };
    expect(requestsOf(JSON.stringify(document)).requests).toEqual([{ method: 'GET', url: 'http://x/a' }]);
  });
});
