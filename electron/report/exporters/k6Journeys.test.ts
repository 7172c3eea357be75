import { describe, expect, it } from 'vitest';
import { type Scenario, scenarioSchema } from '../../../shared/scenario/schema';
import { checkK6Types } from '../../../tests/support/k6Types';
import { toArtillery } from './artilleryScript';
import { toK6 } from './k6Script';

function scenario(overrides: Record<string, unknown> = {}): Scenario {
  return scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'checkout',
    name: 'Checkout */ of all',
    load: { executor: 'constant-arrival-rate', rate: 10, duration: '1m' },
    variables: { user: 'ann', quantity: { min: 1, max: 3 } },
    journeys: [
      {
        name: 'checkout',
        steps: [
          {
            name: 'login',
            method: 'POST',
            url: '/login?vu={{vu}}',
            headers: { Authorization: 'Basic dTp0eXBlZC0x', 'X-Named': '{{secret.NAMED}}' },
            body: 'user={{user}}',
            checks: [{ status: 302 }, { header: 'location', equals: '/cart' }],
            extract: { session: { cookie: 'sid' }, place: { header: 'Location' } },
          },
          { thinkTime: '2s' },
          {
            name: 'cart',
            url: '{{place}}',
            checks: [
              { name: 'has items', jsonPath: "$['items'][0].id", equals: 7 },
              { name: 'fits', jsonSchema: {} },
              { name: 'some', jsonPath: '$.items[*].id' },
            ],
            extract: {
              item: { jsonPath: '$.items[0].id' },
              csrf: { regex: 'csrf":"(\\w+)' },
              all: { jsonPath: '$..id' },
            },
          },
          {
            name: 'order',
            method: 'PUT',
            url: '/orders/{{item}}',
            body: { csrf: '{{csrf}}', quantity: '{{quantity}}' },
          },
        ],
      },
    ],
    thresholds: {
      'http_req_duration{step:login}': ['p(95)<50'],
      'iteration_duration{journey:checkout}': ['p(95)<5000'],
      'checks{check:has items}': ['rate>0.9'],
    },
    ...overrides,
  });
}

interface Made {
  method: string;
  url: string;
  body: string | null;
  headers: Readonly<Record<string, string>>;
  redirects?: number;
  compression?: string;
}

/** Runs an iteration of a script on stand-ins for k6's modules. */
function iterate(text: string, answers: readonly object[], files: Readonly<Record<string, string>> = {}) {
  const made: Made[] = [];
  const slept: number[] = [];
  const checked: Record<string, boolean> = {};
  const tags: Record<string, string> = {};
  const http = {
    request: (method: string, url: string, body: string | null, { headers, redirects, compression }: Made) => {
      made.push({ method, url, body, headers, redirects: redirects ?? 0, compression: compression ?? '' });
      const answer = { status: 200, headers: {}, body: '', ...answers[made.length - 1] };
      return { ...answer, json: () => JSON.parse(answer.body) };
    },
    file: (...file: unknown[]) => file,
    cookieJar: () => ({ cookiesForURL: () => ({ sid: ['s1'] }) }),
    setResponseCallback: () => {},
    expectedStatuses: () => ({}),
  };
  const check = (response: object, checks: Record<string, (response: object) => boolean>): boolean => {
    for (const [name, holds] of Object.entries(checks)) checked[name] = holds(response);
    return Object.keys(checks).every((name) => checked[name]);
  };
  class Rate {
    add(): void {}
  }
  class SharedArray {
    constructor(_name: string, make: () => unknown[]) {
      // biome-ignore lint/correctness/noConstructorReturn: k6's array behaves like the one that it is made of
      return make();
    }
  }
  const abort = (reason: string): never => {
    throw new Error(reason);
  };
  const exec = {
    scenario: { name: 'buy', iterationInTest: 1 },
    vu: { idInTest: 4, metrics: { tags } },
    test: { abort },
  };
  const source = text
    .replace(/^import .*$/gm, '')
    .replace('export default function', 'const iterate = function')
    .replace(/^export /gm, '');
  const env = {
    PROOFLOAD_SECRET_NAMED: 'n',
    PROOFLOAD_SECRET_AUTHORIZATION: 'typed',
    PROOFLOAD_SECRET_OAUTH2_TOKEN: 'token',
    PROOFLOAD_SECRET_PASSWORD: 'pw',
  };
  const run = new Function(
    'check',
    'sleep',
    'http',
    'Rate',
    'SharedArray',
    'exec',
    '__ENV',
    'open',
    'encoding',
    `${source}
    const given = typeof setup === 'function' ? setup() : undefined;
    iterate(given);
    if (typeof teardown === 'function') teardown(given);
    return options;`,
  );
  const open = (path: string, mode?: string): string | undefined => files[path] ?? `${mode} of ${path}`;
  const encoding = { b64decode: (text: string) => `bytes of ${text}` };
  const sleep = (seconds: number): unknown => slept.push(seconds);
  const options = run(check, sleep, http, Rate, SharedArray, exec, env, open, encoding);
  return { made, slept, checked, tags, options };
}

/** Setup, teardown and data files. */
const whole = {
  setup: {
    steps: [{ name: 'token', url: '/token', extract: { token: { jsonPath: '$.token' } } }],
    timeout: '5s',
  },
  teardown: {
    steps: [{ name: 'tidy', method: 'DELETE', url: '/all', headers: { Authorization: 'Bearer {{token}}' } }],
  },
  journeys: [
    {
      name: 'visit',
      steps: [
        {
          url: '/{{users.name}}/{{users.First_Name}}?city={{cities.at.name}}&code={{codes.code}}',
          headers: { Authorization: 'Bearer {{token}}' },
        },
      ],
    },
  ],
  dataFiles: [
    { name: 'users', file: 'users.csv' },
    { name: 'cities', file: 'cities.json', mode: 'random' },
    { name: 'codes', file: 'codes.ndjson', mode: 'once', whenExhausted: 'fail' },
  ],
  thresholds: {},
};
const dataFiles = {
  './users.csv': '\u{FEFF}name;First Name\r\nann;"a ""A"" \n;"\r\nbob;"b\r\n""B"""\r\n',
  './cities.json': '[{ "at": { "name": "Bern" } }]',
  './codes.ndjson': '{ "code": 1 }\n\n{ "code": 2 }\n',
};

const cart = '{"items":[{"id":7}],"csrf":"c1"}';

const client = { type: 'oauth2', tokenUrl: '/token', clientId: 'a', clientSecret: 'typed' };
const key = { type: 'aws-sigv4', accessKeyId: 'typed', secretAccessKey: 'typed', region: 'eu', service: 'x' };
/** A request for each kind of body and of authentication. */
const bodies = [
  {
    url: '/form',
    form: { 'a b': 'c & d', e: ['{{iteration}}', '2'] },
    auth: { type: 'basic', username: 'ann', password: 'pw' },
  },
  {
    url: '/parts',
    multipart: [{ name: 'a', value: '{{iteration}}' }],
    auth: { type: 'bearer', token: '{{secret.NAMED}}' },
  },
  {
    url: '/files',
    multipart: [
      { name: 'a', value: '1' },
      { name: 'f', file: 'x/a.png' },
    ],
    auth: client,
  },
  { url: '/file', bodyFile: 'x/a.png', headers: { 'Content-Type': 'image/png' }, auth: key },
  { url: '/bytes', bodyBase64: 'AP8=', acceptEncoding: ['gzip', 'br'], redirects: 3 },
  { url: '/text', bodyBase64: btoa('password=pw&b=1'), gzip: true },
].map((body) => ({ method: 'POST', ...body }));

const withoutRedirects = ({ redirects: _redirects, ...request }: { redirects?: number | undefined }): object => request;

const several = {
  load: {
    executor: 'scenarios',
    scenarios: [
      { name: 'browse', journeys: ['look'], executor: 'constant-arrival-rate', rate: 5, duration: '1m' },
      { name: 'buy', journeys: ['buy'], startTime: '30s', executor: 'constant-vus', vus: 2, duration: '10s' },
    ],
  },
  journeys: [
    { name: 'look', steps: [{ url: '/look' }] },
    { name: 'buy', steps: [{ url: '/buy' }] },
  ],
  variables: {},
  thresholds: { 'http_req_duration{scenario:buy}': ['p(95)<300'] },
};

describe('journeys as a k6 script', () => {
  it('of several scenarios are drawn from those of the scenario that runs, which begins when it is to', () => {
    const { text } = toK6(scenario(several));
    const { made, options } = iterate(text, [{ status: 200 }]);
    expect(made.map(({ url }) => url)).toEqual([expect.stringMatching(/\/buy$/)]);
    expect(options.scenarios).toMatchObject({
      browse: { executor: 'constant-arrival-rate', rate: 5, startTime: '0s' },
      buy: { executor: 'constant-vus', vus: 2, startTime: '30s' },
    });
    expect(options.thresholds).toHaveProperty(['http_req_duration{scenario:buy}']);
    expect(() => toArtillery(scenario(several))).toThrow();
  });

  it('of several scenarios are those that are enabled, also under names without their secrets', () => {
    const named = JSON.parse(JSON.stringify(several).replaceAll('"buy"', '"GET /buy?token=abc"'));
    named.load.scenarios[1].name = 'buy';
    named.load.scenarios[1].journeys.push('off');
    named.journeys.push({ name: 'off', disabled: true, steps: [{ url: '/off' }] });
    const { text } = toK6(scenario(named));
    expect(text).not.toContain('abc');
    const { made } = iterate(text, [{ status: 200 }]);
    expect(made.map(({ url }) => url)).toEqual([expect.stringMatching(/\/buy$/)]);
  });

  it.each([
    ['as they are', {}],
    ['of several scenarios', several],
    ['with all bodies', { journeys: [{ name: 'bodies', steps: bodies }], thresholds: {} }],
    [
      'as requests',
      { journeys: undefined, variables: undefined, thresholds: {}, requests: bodies.map(withoutRedirects) },
    ],
  ])('are type-checked against @types/k6 %s', (_what, overrides) => {
    const scripts = [overrides, whole].map((one) => toK6(scenario(one)).text);
    expect(checkK6Types('k6-journeys', scripts)).toBe('');
  });

  it('have no step that is disabled', () => {
    const steps = [{ url: '/sent' }, { url: '/left-out', disabled: true }];
    const { text } = toK6(scenario({ journeys: [{ name: 'visit', steps }], variables: {}, thresholds: {} }));
    expect(text).toContain('/sent');
    expect(text).not.toContain('/left-out');
  });

  it('have the same steps, think times, checks and extractions', () => {
    const { text, differences } = toK6(scenario(), 'http://127.0.0.1:3000');
    const { made, slept, checked, tags, options } = iterate(text, [
      { status: 302, headers: { Location: '/cart' } },
      { body: cart },
      {},
    ]);
    expect(made.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST http://127.0.0.1:3000/login?vu=4',
      'GET http://127.0.0.1:3000/cart',
      'PUT http://127.0.0.1:3000/orders/7',
    ]);
    expect(made[0]).toMatchObject({ body: 'user=ann', headers: { Authorization: 'Basic typed', 'X-Named': 'n' } });
    expect(JSON.parse(made[2]?.body ?? '')).toEqual({ csrf: 'c1', quantity: expect.stringMatching(/^[123]$/) });
    expect(slept).toEqual([2]);
    expect(checked).toEqual({ 'status is 302': true, 'location is "/cart"': true, 'has items': true });
    expect(tags).toEqual({ journey: 'checkout' });
    expect(options.thresholds).toEqual({
      'http_req_duration{step:login}': ['p(95)<50'],
      'iteration_duration{journey:checkout}': ['p(95)<5000'],
      'checks{check:has items}': ['rate>0.9'],
    });
    expect(options.discardResponseBodies).toBe(false);
    expect(differences.filter((difference) => difference.includes('is left out'))).toEqual([
      'The check "fits" of cart is left out: k6 has nothing like it.',
      'The check "some" of cart is left out: k6 has nothing like it.',
      'The extraction of all in cart is left out: k6 has no JSONPath like it.',
    ]);
  });

  it('have the rows of data files, and what the setup extracts, in the load and in the teardown', () => {
    const { text, differences } = toK6(scenario(whole), 'http://127.0.0.1:3000');
    const { made, options } = iterate(text, [{ body: '{"token":"t1"}' }], dataFiles);
    expect(made.map(({ method, url, headers }) => [method, url, headers.Authorization])).toEqual([
      ['GET', 'http://127.0.0.1:3000/token', undefined],
      ['GET', `http://127.0.0.1:3000/bob/${encodeURIComponent('b\r\n"B"')}?city=Bern&code=2`, 'Bearer t1'],
      ['DELETE', 'http://127.0.0.1:3000/all', 'Bearer t1'],
    ]);
    expect(options).toMatchObject({ setupTimeout: '5s', teardownTimeout: '60s' });
    expect(differences.join(' ')).toMatch(/Data files are read.*setup and teardown/);
    const short = { ...dataFiles, './codes.ndjson': '{ "code": 1 }' };
    expect(() => iterate(text, [{ body: '{"token":"t1"}' }], short)).toThrow(/codes ran out/);
    expect(() => iterate(text, [{ status: 500 }], dataFiles)).toThrow(/the setup failed at token/);
  });

  it('end where a step fails', () => {
    const { made } = iterate(toK6(scenario()).text, [{ status: 302, headers: { Location: '/cart' } }, { body: '{}' }]);
    expect(made).toHaveLength(2);
  });

  it('have the same bodies, redirects and authentication, or say that they do not', () => {
    const { text, differences } = toK6(scenario({ journeys: [{ name: 'bodies', steps: bodies }], thresholds: {} }));
    const { made } = iterate(text, []);
    const [form, parts, files, file, bytes, plain] = made;
    expect(form).toMatchObject({ body: 'a+b=c+%26+d&e=1&e=2', headers: { Authorization: 'Basic typed' } });
    expect(form?.headers['Content-Type']).toBe('application/x-www-form-urlencoded');
    expect(parts?.headers.Authorization).toBe('Bearer n');
    const boundary = parts?.headers['Content-Type']?.split('boundary=')[1];
    expect(parts?.body).toBe(
      `--${boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--${boundary}--\r\n`,
    );
    expect(files?.body).toEqual({ a: '1', f: ['b of x/a.png', 'a.png', 'application/octet-stream'] });
    expect(files?.headers.Authorization).toBe('Bearer token');
    expect(file).toMatchObject({ body: 'b of x/a.png', headers: { 'Content-Type': 'image/png' }, redirects: 0 });
    expect(bytes).toMatchObject({ body: 'bytes of AP8=', redirects: 3, headers: { 'Accept-Encoding': 'gzip, br' } });
    expect(plain).toMatchObject({ body: 'password=pw&b=1', compression: 'gzip' });
    for (const said of ['x/a.png', 'OAUTH2_TOKEN', 'not signed for AWS', 'followed to any server'])
      expect(differences.join('\n')).toContain(said);
    for (const secret of ['typed', btoa('ann:pw'), btoa('password=pw&b=1')]) expect(text).not.toContain(secret);
  });

  it('have no secret in them', () => {
    const { text } = toK6(scenario());
    expect(text).not.toContain('dTp0eXBlZC0x');
    expect(text).toContain('PROOFLOAD_SECRET_NAMED');
  });
});
