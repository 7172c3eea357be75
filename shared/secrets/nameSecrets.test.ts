import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameSecrets } from './nameSecrets';
import { fillSecrets } from './reference';

/** Returns what is sent for a body with named secrets. A load process fills them into a text unchanged. */
function sentOf(body: string): string {
  const { work, secrets } = nameSecrets({ requests: [{ method: 'POST', url: '/', headers: {}, body }], data: [] });
  const values = new Map(secrets.map(({ name, value }) => [name, value]));
  return fillSecrets(String(work.requests[0]?.body), (name) => values.get(name));
}

describe('a body whose secrets are kept by name', () => {
  it.each([
    'user=me&password=p%26x%2B1+y',
    String.raw`{"password":"a\"b\\","id":12345678901234567890,"pin":1234}`,
    '{ "password" : "x" ,\n  "tokens": ["a", {"t": 1.50}] }',
    '{"note":"see https://me:pw@127.0.0.1/?token=a%20b"}',
  ])('is sent as it was typed: %s', (body) => {
    expect(sentOf(body)).toBe(body);
  });

  it('is sent as it was typed, whatever the secrets are', () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.array(fc.string()));
    fc.assert(
      fc.property(fc.record({ password: value, api_key: fc.string(), id: fc.integer(), name: fc.string() }), (json) => {
        fc.pre(!JSON.stringify(json).includes('{{'));
        const text = JSON.stringify(json);
        expect(sentOf(text)).toBe(text);
      }),
    );
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (password, token) => {
        const form = new URLSearchParams({ user: 'me', password, access_token: token }).toString();
        expect(sentOf(form)).toBe(form);
      }),
    );
  });
});
