import { describe, expect, it } from 'vitest';
import { requestsOf } from '../../../../tests/support/importedRequests';
import { readRequests } from '../readRequests';

const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const document = (paths: object, schemas: object = {}) =>
  JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'T' },
    servers: [{ url: 'http://x' }],
    paths,
    components: { schemas },
  });
const bodyOf = (schema: object, schemas: object) =>
  requestsOf(document({ '/a': { post: { requestBody: json(schema) } } }, schemas)).requests[0]?.body;

describe('a document that refers to others', () => {
  it('says what it could not follow, and what is missing for it', () => {
    const { requests, notes } = requestsOf(
      document({
        '/a': { post: { requestBody: json({ $ref: './schemas/order.yaml' }) } },
        '/b': { $ref: 'paths/b.yaml' },
        '/c': { get: { responses: { 200: { $ref: 'responses/ok.yaml' } } } },
      }),
    );
    expect(requests).toEqual([
      { method: 'POST', url: 'http://x/a' },
      { method: 'GET', url: 'http://x/c' },
    ]);
    expect(notes).toContain('1 request was left out, whose path is not described in the document.');
    expect(notes).toContainEqual(
      expect.stringMatching(/^References to other documents were not followed: \.\/schemas\/order\.yaml and 1 more\./),
    );
    expect(notes).toContainEqual(expect.stringMatching(/^A body of application\/json was left out/));
  });

  it('is refused with the reason where nothing else is in it', () => {
    expect(readRequests(document({ '/a': { $ref: 'a.yaml' } }))).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('whose path is not described in the document') },
    });
  });
});

describe('an example of alternatives that a property tells apart', () => {
  const properties = { kind: { type: 'string' }, name: { type: 'string', example: 'Rex' } };
  const discriminator = { propertyName: 'kind' };

  it('has the name of the chosen one', () => {
    const schemas = { Dog: { type: 'object', properties }, Cat: { type: 'object', properties } };
    const oneOf = [{ $ref: '#/components/schemas/Dog' }, { $ref: '#/components/schemas/Cat' }];
    expect(bodyOf({ oneOf, discriminator }, schemas)).toEqual({ kind: 'Dog', name: 'Rex' });
    const mapping = { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' };
    expect(bodyOf({ oneOf, discriminator: { ...discriminator, mapping } }, schemas)).toEqual({
      kind: 'dog',
      name: 'Rex',
    });
    expect(bodyOf({ anyOf: oneOf, discriminator: { ...discriminator, mapping: { hound: 'Dog' } } }, schemas)).toEqual({
      kind: 'hound',
      name: 'Rex',
    });
  });

  it('has the name of the schema that extends another', () => {
    const schemas = {
      Pet: { type: 'object', properties, discriminator },
      Dog: { allOf: [{ $ref: '#/components/schemas/Pet' }, { properties: { barks: { type: 'boolean' } } }] },
    };
    expect(bodyOf({ $ref: '#/components/schemas/Dog' }, schemas)).toEqual({ kind: 'Dog', name: 'Rex', barks: true });
  });

  it('keeps a value that the schema states', () => {
    const schemas = { Dog: { type: 'object', properties: { kind: { enum: ['a-dog'] } } } };
    const oneOf = [{ $ref: '#/components/schemas/Dog' }];
    expect(bodyOf({ oneOf, discriminator }, schemas)).toEqual({ kind: 'a-dog' });
  });
});

describe('a parameter of a path', () => {
  it.each([
    ['label', '/a/.{{id}}'],
    ['matrix', '/a/;id={{id}}'],
    ['simple', '/a/{{id}}'],
  ])('has the prefix of its style: %s', (style, path) => {
    const parameters = [{ in: 'path', name: 'id', required: true, style, example: 5 }];
    const { requests, data } = requestsOf(document({ '/a/{id}': { get: { parameters } } }));
    expect(requests[0]?.url).toBe(`http://x${path}`);
    expect(data).toEqual([{ id: 5 }]);
  });
});
