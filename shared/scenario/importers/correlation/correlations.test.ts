import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHar } from '../har';
import type { ImportedRequests } from '../importedRequests';
import { everyRequest } from '../importFilter';
import { applyCorrelations } from './applyCorrelations';
import { isTelling } from './tellingValue';

interface Recorded {
  request?: object;
  response?: object;
  method?: string;
}

/** Returns an exchange of a recording. */
function exchange(url: string, { method = 'GET', request = {}, response = {} }: Recorded = {}): object {
  return {
    request: { method, url: `http://127.0.0.1:3000${url}`, headers: [], ...request },
    response: { status: 200, headers: [], content: { mimeType: '' }, ...response },
  };
}

function json(value: unknown, headers: object[] = []): Recorded {
  return { response: { headers, content: { mimeType: 'application/json', text: JSON.stringify(value) } } };
}

const header = (name: string, value: string): object => ({ name, value });

function imported(...entries: object[]): ImportedRequests {
  return fromHar({ log: { creator: { name: 'x' }, entries } }, everyRequest);
}

/** Returns what was found, as `variable: place -> step place`. */
function found(...entries: object[]): string[] {
  return (imported(...entries).correlations ?? []).map(
    ({ variable, step, place, uses }) =>
      `${variable}: ${step} ${place} -> ${uses.map((use) => `${use.step} ${use.place}`).join(', ')}`,
  );
}

/** Returns the requests of all steps after the correlations are applied. */
function applied(...entries: object[]) {
  const { requests, steps } = applyCorrelations(imported(...entries));
  return steps.map(({ request, extract }) => ({ ...requests[request], weight: undefined, extract }));
}

const token = 'a8Fk29-xQ';
const bearer = { request: { headers: [header('Authorization', `Bearer ${token}`)] } };

describe('values of answers that come back', () => {
  it('are found in every place of a request', () => {
    const entries = [
      exchange('/login', json({ user: { tokens: [{ access_token: token }] } })),
      exchange('/account', bearer),
      exchange(`/items/${token}?t=${token}&other=1`),
      exchange('/json', {
        method: 'POST',
        request: { postData: { mimeType: 'application/json', text: `{"a": [{"t": "${token}"}], "n": 1}` } },
      }),
      exchange('/form', {
        method: 'POST',
        request: { postData: { mimeType: 'application/x-www-form-urlencoded', text: `a=1&t=${token}` } },
      }),
      exchange('/cookie', { request: { headers: [header('Cookie', `lang=en; t=${token}`)] } }),
    ];
    expect(found(...entries)).toEqual([
      'access_token: 0 $.user.tokens[0].access_token -> 1 header Authorization, 2 path, 2 query t, 3 body t, 4 body t, 5 cookie t',
    ]);
    const [login, account, items, body, form, cookie] = applied(...entries);
    expect(login?.extract).toEqual({ access_token: { jsonPath: '$.user.tokens[0].access_token' } });
    expect(account?.headers).toEqual({ Authorization: 'Bearer {{access_token}}' });
    expect(items?.url).toBe('http://127.0.0.1:3000/items/{{access_token}}?t={{access_token}}&other=1');
    expect(body?.body).toBe('{"a": [{"t": "{{access_token}}"}], "n": 1}');
    expect(form?.body).toBe('a=1&t={{access_token}}');
    expect(cookie?.headers).toEqual({ Cookie: 'lang=en; t={{access_token}}' });
  });

  it('are found in fields of forms, the head of a page, headers and cookies', () => {
    const html = `<meta content='m-4711-abc' name='csrf-token'><form><input type="hidden" name="csrf" value="f-${token}"></form>`;
    const page = {
      response: {
        headers: [header('X-Request-Token', 'h-9931-zz'), header('Set-Cookie', 'XSRF=x-8812-yy; Path=/')],
        content: { mimeType: 'text/html', text: html },
      },
    };
    const entries = [
      exchange('/page', page),
      exchange('/send', {
        method: 'POST',
        request: {
          headers: [header('X-CSRF', 'm-4711-abc'), header('X-Again', 'h-9931-zz'), header('X-XSRF', 'x-8812-yy')],
          postData: { mimeType: 'application/x-www-form-urlencoded', text: `csrf=f-${token}` },
        },
      }),
    ];
    const [, send] = applied(...entries);
    expect(send).toMatchObject({
      headers: { 'X-CSRF': '{{csrf-token}}', 'X-Again': '{{X-Request-Token}}', 'X-XSRF': '{{XSRF}}' },
      body: 'csrf={{csrf}}',
    });
    const extract = applied(...entries)[0]?.extract ?? {};
    expect(extract).toMatchObject({ XSRF: { cookie: 'XSRF' }, 'X-Request-Token': { header: 'X-Request-Token' } });
    const patterns = Object.values(extract).flatMap((one) =>
      'regex' in one ? [new RegExp(one.regex).exec(html)?.[1]] : [],
    );
    expect(patterns).toEqual(['m-4711-abc', `f-${token}`]);
  });

  it('are left to the virtual user where they are cookies that go back as cookies', () => {
    const login = { response: { headers: [header('Set-Cookie', 'sid=s-1; HttpOnly\nlang=de')] } };
    const cookies = { request: { headers: [header('Cookie', 'theme=dark; sid=s-1; lang=en')] } };
    const entries = [exchange('/login', login), exchange('/account', cookies)];
    expect(found(...entries)).toEqual(['sid: 0 cookie sid -> 1 cookie sid']);
    expect(applied(...entries)[1]?.headers).toEqual({ Cookie: 'theme=dark; lang=en' });
  });

  it('are links where an answer names the place of what it made', () => {
    const made = { method: 'POST', response: { status: 201, headers: [header('Location', '/orders/order-17')] } };
    const entries = [exchange('/orders', made), exchange('/orders/order-17'), exchange('/orders/order-17/items')];
    expect(found(...entries)).toEqual(['location: 0 header Location -> 1 URL']);
    expect(applied(...entries).map(({ url }) => url)).toEqual([
      'http://127.0.0.1:3000/orders',
      '{{location}}',
      'http://127.0.0.1:3000/orders/order-17/items',
    ]);
    // A redirect leads everyone to the same page.
    expect(
      found(exchange('/', { response: { headers: [header('Location', '/welcome')] } }), exchange('/welcome')),
    ).toEqual([]);
  });

  it('are none where the client had them before, or in parts, or by chance', () => {
    const back = (value: string, answer: Recorded): string[] =>
      found(exchange('/a', answer), exchange(`/b?v=${encodeURIComponent(value)}`));
    expect(found(exchange(`/a?v=${token}`, json({ token })), exchange(`/b?v=${token}`))).toEqual([]);
    expect(found(exchange('/a', json({ token })), exchange(`/b?v=x${token}`))).toEqual([]);
    for (const value of [
      '1',
      '42',
      'true',
      'en',
      'de-CH',
      'active',
      'customer',
      '2024-05-01',
      '1700000000',
      '10.4.1',
      '123456',
    ])
      expect(back(value, json({ value, list: [value] })), value).toEqual([]);
    expect(back('application/json', json({ type: 'application/json' }))).toEqual([]);
    expect(back('123456', json({ orderId: 123_456 }))).toEqual(['orderId: 0 $.orderId -> 1 query v']);
  });

  it('are not put where they would have to be encoded and nothing does that', () => {
    const value = 'a+b/c=9==';
    const post = { method: 'POST', request: { postData: { mimeType: '', text: `csrf=${encodeURIComponent(value)}` } } };
    expect(found(exchange('/a', json({ csrf: value })), exchange('/b', post))).toEqual([]);
    expect(found(exchange('/a', json({ csrf: value })), exchange(`/b?csrf=${encodeURIComponent(value)}`))).toHaveLength(
      1,
    );
  });

  it('have names that nothing else has, and one source', () => {
    const entries = [
      exchange('/a', json({ id: 'order-771' })),
      exchange('/b', json({ id: 'order-772', copy: 'order-771' })),
      exchange('/c/order-771/order-772'),
    ];
    expect(found(...entries)).toEqual(['id: 0 $.id -> 2 path', 'id_2: 1 $.id -> 2 path']);
    expect(applied(...entries)[2]?.url).toBe('http://127.0.0.1:3000/c/{{id}}/{{id_2}}');
  });

  it('leave every request as it was where nothing is replaced', () => {
    const text = fc.string({ maxLength: 30 }).filter((part) => !part.includes('{{'));
    fc.assert(
      fc.property(fc.webPath(), text, fc.json({ maxDepth: 2 }), (path, value, body) => {
        const { requests } = imported(
          exchange(path, { request: { headers: [header('X-Any', value.replace(/[^ -~]/g, ''))] } }),
          exchange('/json', { method: 'POST', request: { postData: { mimeType: '', text: body } } }),
        );
        const before = { name: '', requests, data: [], steps: requests.map((_, request) => ({ request })), notes: [] };
        const none = {
          variable: 'x',
          value: 'which no request has',
          step: 0,
          place: '',
          extraction: { status: true },
        } as const;
        const uses = requests.map((_, step) => ({ step, place: 'path' }));
        const after = applyCorrelations(before, [{ ...none, uses }]).requests;
        expect(after.map(({ url, body: sent }) => [url, sent])).toEqual(
          requests.map(({ url, body: sent }) => [url, sent]),
        );
      }),
      { numRuns: 30 },
    );
  });
});

describe('a recording of 50 MB', () => {
  it('has what came back found behind hundreds of thousands of other values', () => {
    const list = (page: number): Recorded =>
      json({
        items: Array.from({ length: 4_000 }, (_, index) => ({ id: `item-${page}-${index}` })),
        next: `cursor-${page}`,
      });
    const pages = Array.from({ length: 80 }, (_, page) => exchange(`/list?page=${page}`, list(page)));
    expect(found(...pages, exchange('/list?cursor=cursor-79'))).toEqual(['next: 79 $.next -> 80 query cursor']);
  });

  it('is looked through in a bounded number of steps, with hostile bodies', () => {
    const hostile = [
      `"${'\\"'.repeat(200_000)}`,
      `{"a":"${'\\"'.repeat(200_000)}`,
      `--x\r\n${'name="a"\r\n'.repeat(50_000)}`,
      `{"n":${'1'.repeat(300_000)}x`,
      `${'<input '.repeat(50_000)}`,
      '['.repeat(100_000),
    ];
    const bodies = [
      ...hostile,
      JSON.stringify(Array.from({ length: 50_000 }, (_, index) => ({ id: `item-${index}` }))),
    ];
    const entries = bodies.flatMap((text) => [
      exchange('/a', { method: 'POST', request: { postData: { mimeType: '', text } } }),
      exchange('/b', { response: { content: { mimeType: 'application/json', text } } }),
      exchange('/c', { response: { content: { mimeType: 'text/html', text } } }),
    ]);
    expect(imported(...entries).correlations).toEqual([]);
  });
});

describe('a telling value', () => {
  it.each([
    ['eyJhbGciOiJIUzI1NiJ9.e30.x', 'x', true],
    ['3f2b8c1e-9d4a-4f6e-8a1b-2c3d4e5f6a7b', 'x', true],
    ['token-2', 'access_token', true],
    ['token-2', 'x', false],
    ['AbCDefGHijKLmnOPqr', 'x', true],
    ['loadingComponentName', 'x', false],
    ['a b c d e f 1', 'x', false],
    ['https://x.test/1', 'x', false],
    ['0000000000', 'id', false],
  ])('%s called %s: %s', (value, name, expected) => {
    expect(isTelling(value, name)).toBe(expected);
  });
});
