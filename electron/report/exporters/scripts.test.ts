import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Scenario, scenarioSchema } from '../../../shared/scenario/schema';
import { printable } from '../../../shared/text/printable';
import { level } from '../../../tests/support/factories';
import { checkK6Types } from '../../../tests/support/k6Types';
import { levels } from '../../app/runs/levels';
import { readResult } from '../importers/readResult';
import { toArtillery } from './artilleryScript';
import { toK6 } from './k6Script';

function scenario(overrides: Record<string, unknown>): Scenario {
  return scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'mine',
    name: 'Mine',
    load: { executor: 'constant-arrival-rate', rate: 50, duration: '1m' },
    ...overrides,
  });
}

const shop = {
  requests: [
    { name: 'order', method: 'POST', url: '/orders', weight: 1, body: { customer: '{{customer}}', note: 'a "b"' } },
    { name: 'read */ it', weight: 3, url: '/customers/{{customer}}?n={{iteration}}', headers: { Accept: 'x' } },
  ],
  data: [{ customer: 'ann' }, { customer: 'bob & "co"' }],
  thresholds: {
    'http_req_duration{operation:order}': ['p(95)<50'],
    http_req_failed: [{ threshold: 'rate<0.01', abortOnFail: true, delayAbortEval: '10s' }],
  },
};
/** Secrets in every part of a request that can contain them, by value and by name. */
const guarded = {
  requests: [
    {
      name: 'of http://u:typed-1@h/',
      method: 'POST',
      url: 'http://u:typed-2@127.0.0.1:1/a?api_key=typed-3&n={{iteration}}',
      headers: { 'X-Api-Key': 'typed-4', 'X-Named': 'for {{secret.BY_NAME}}', Cookie: 'a={{secret.COOKIE_A}}' },
      body: { password: 'typed-5 "', customer: '{{customer}}', nested: { token: '{{bearer}}' } },
    },
    { name: 'form', method: 'POST', url: '/b', headers: { 'x-api-key': 'typed-4' }, body: 'secret=typed-6&a=b' },
  ],
  data: [{ customer: 'ann', bearer: 'typed-7' }],
};
const guardedNames = ['BY_NAME', 'COOKIE_A', 'API_KEY', 'X_API_KEY', 'AUTHORIZATION', 'PASSWORD', 'SECRET', 'BEARER'];
/** URLs that are sent in another form than they are written. */
const roaming = {
  requests: [
    { name: 'relative', url: 'a?q=1#f' },
    { name: 'named', url: '/b', headers: { authorization: 'Bearer x' } },
    { name: 'elsewhere', url: 'HTTP://u:p@127.0.0.2:8080/{{ customer }}#f' },
  ],
  data: [{ customer: 'ann' }],
};
const stages = [
  { duration: '10s', target: 20 },
  { duration: '90s', target: 5 },
];
/** A value for each of these secrets, with characters that must be encoded. */
const environment = Object.fromEntries(guardedNames.map((name) => [`PROOFLOAD_SECRET_${name}`, `value of "${name}"`]));
/** Every executor, with the document service and with requests of the scenario. */
const scenarios: readonly Scenario[] = [
  ...levels.filter(({ load }) => load.executor !== 'capacity-search'),
  scenario(shop),
  scenario({ load: { executor: 'ramping-vus', stages } }),
  scenario({ load: { executor: 'per-vu-iterations', vus: 3, iterations: 20 }, keys: { distribution: 'uniform' } }),
  scenario({ ...shop, load: { executor: 'shared-iterations', vus: 3, iterations: 20 } }),
  scenario({ load: { executor: 'constant-arrival-rate', rate: 2.5, duration: '1m', arrivals: 'poisson' } }),
  scenario({ load: { executor: 'ramping-arrival-rate', startRate: 0.5, timeUnit: '1m', stages } }),
  scenario(guarded),
  scenario({ ...shop, tracing: 'w3c' }),
  scenario({ load: { executor: 'ramping-vus', stages }, tracing: 'w3c' }),
];

/** A request that a script has sent. */
interface Made {
  method: string;
  url: string;
  body: unknown;
  headers: Readonly<Record<string, string>>;
  operation: string;
}

interface Params {
  tags: { operation: string };
  headers: Readonly<Record<string, string>>;
}

interface K6Script {
  options: { scenarios: { proofload: Record<string, unknown> }; thresholds: Record<string, unknown> };
  iterate(): void;
  handleSummary(data: object): Record<string, string>;
  made: Made[];
}

/** Runs a script of k6 on stand-ins for its modules. */
function k6Of(text: string, env: Readonly<Record<string, string>> = {}): K6Script {
  const made: Made[] = [];
  const request = (method: string, url: string, body: unknown, params: Params) => {
    made.push({ method, url, body, headers: params.headers, operation: params.tags.operation });
    return { headers: { 'Cache-Status': 'proofload; hit' } };
  };
  const http = {
    get: (url: string, params: Params) => request('GET', url, null, params),
    put: (url: string, body: unknown, params: Params) => request('PUT', url, body, params),
    post: (url: string, body: unknown, params: Params) => request('POST', url, body, params),
    request,
    setResponseCallback: () => {},
    expectedStatuses: () => ({}),
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
  const exec = { scenario: { iterationInTest: 1 } };
  const body = text
    .replace(/^import .*$/gm, '')
    .replace('export default function', 'const iterate = function')
    .replace(/^export /gm, '');
  const make = new Function(
    'http',
    'Rate',
    'SharedArray',
    'exec',
    '__ENV',
    `${body}\nreturn { options, iterate, handleSummary };`,
  );
  return { ...make(http, Rate, SharedArray, exec, env), made };
}

describe('a scenario as a k6 script', () => {
  it('is type-checked against @types/k6, for every executor', () => {
    const scripts = scenarios.map((one) => toK6(one).text);
    expect(checkK6Types('k6', scripts)).toBe('');
  });

  it('has the executor with its options, whole rates, and one request for each iteration', () => {
    for (const one of scenarios) {
      const script = k6Of(toK6(one).text, environment);
      const { proofload } = script.options.scenarios;
      expect(proofload.executor).toBe(one.load.executor);
      if ('rate' in one.load) expect(Number.isInteger(proofload.rate)).toBe(true);
      for (let iteration = 0; iteration < 100; iteration += 1) script.iterate();
      expect(script.made).toHaveLength(100);
    }
    const slow = k6Of(toK6(scenarios[11] ?? level('level-0')).text).options.scenarios.proofload;
    expect([slow.rate, slow.timeUnit]).toEqual([25, '10s']);
  });

  it('sends the mix of the scenario to documents that are there, the popular ones more often', () => {
    const script = k6Of(toK6(level('level-2')).text);
    for (let iteration = 0; iteration < 20_000; iteration += 1) script.iterate();
    const share = (operation: string): number =>
      script.made.filter((made) => made.operation === operation).length / script.made.length;
    expect(share('query')).toBeCloseTo(0.2, 1);
    expect(share('read')).toBeCloseTo(0.64, 1);
    expect(share('update')).toBeCloseTo(0.12, 1);
    expect(share('insert')).toBeCloseTo(0.04, 1);
    const reads = script.made.filter(({ operation }) => operation === 'read').map(({ url }) => url);
    expect(
      reads.every((url) => /^http:\/\/127\.0\.0\.1:8080\/tenants\/t[01]\d\/documents\/d00[0-4]\d\d$/.test(url)),
    ).toBe(true);
    const counts = new Map<string, number>();
    for (const url of reads) counts.set(url, (counts.get(url) ?? 0) + 1);
    // Zipfian with theta 0.99 over 10,000 documents: the most popular has 1 / zeta of the requests, about 9.6 %.
    expect(Math.max(...counts.values()) / reads.length).toBeGreaterThan(0.08);
    expect(Math.max(...counts.values()) / reads.length).toBeLessThan(0.12);
  });

  it.each([
    ["requests of one's own", scenario({ ...shop, tracing: 'w3c' })],
    ['the document service', scenario({ tracing: 'w3c' })],
  ])('gives each request a trace context of its own, of %s', (_name, asked) => {
    const script = k6Of(toK6(asked, 'http://127.0.0.1:3000').text);
    for (let iteration = 0; iteration < 200; iteration += 1) script.iterate();
    const contexts = script.made.map(({ headers }) => String(headers.traceparent));
    for (const context of contexts) expect(context).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(new Set(contexts).size).toBe(200);
    expect(toK6({ ...asked, tracing: undefined }).text).not.toContain('traceparent');
  });

  it('fills placeholders for the place where they stand', () => {
    const script = k6Of(toK6(scenario(shop), 'http://127.0.0.1:3000').text);
    for (let iteration = 0; iteration < 50; iteration += 1) script.iterate();
    const order = script.made.find(({ operation }) => operation === 'order');
    expect(JSON.parse(String(order?.body))).toEqual({ customer: 'bob & "co"', note: 'a "b"' });
    const read = script.made.find(({ operation }) => operation === 'read */ it');
    expect(read?.url).toBe('http://127.0.0.1:3000/customers/bob%20%26%20%22co%22?n=1');
  });

  it('takes secrets from the environment variables that its head names, and has none of them', () => {
    const { text } = toK6(scenario(guarded));
    expect(text).not.toContain('typed-');
    const head = text.slice(0, text.indexOf('*/'));
    for (const name of guardedNames) expect(head).toContain(`\n * - PROOFLOAD_SECRET_${name}`);
    const script = k6Of(text, environment);
    for (let iteration = 0; iteration < 50; iteration += 1) script.iterate();
    const first = script.made.find(({ operation }) => operation === 'of http://***@h/');
    expect(first?.url).toBe('http://127.0.0.1:1/a?api_key=value%20of%20%22API_KEY%22&n=1');
    expect(first?.headers).toEqual({
      Authorization: 'Basic value of "AUTHORIZATION"',
      'Content-Type': 'application/json',
      'X-Api-Key': 'value of "X_API_KEY"',
      'X-Named': 'for value of "BY_NAME"',
      Cookie: 'a=value of "COOKIE_A"',
    });
    expect(JSON.parse(String(first?.body))).toEqual({
      password: 'value of "PASSWORD"',
      customer: 'ann',
      nested: { token: 'value of "BEARER"' },
    });
    expect(script.made.find(({ operation }) => operation === 'form')?.body).toBe('secret=value of "SECRET"&a=b');
    expect(() => k6Of(text, {})).toThrow('set the environment variable PROOFLOAD_SECRET_BY_NAME');
  });

  it('has nothing of a name or a server that ends its comment, adds a line to it or is obeyed by a terminal', () => {
    const name = 'a */ b\nc\u2028d\u202Ee\u001b[31m';
    const { text } = toK6(scenario({ name }), "http://u:p@127.0.0.1:1/*/'$(x)?token=t#f");
    const end = text.indexOf('*/');
    expect(text.slice(end, end + 5)).toBe('*/\nim');
    expect(text.slice(0, end)).toContain(' * a * / b c de[31m: a scenario of Proofload');
    expect(text.slice(0, end)).toContain("BASE_URL='http://127.0.0.1:1/* /'\\''$(x)' this-file.js");
    expect(printable(text)).toBe(text);
    expect(text).not.toMatch(/u:p|token=t/);
  });

  it('sends what a run of it sends, wherever its URLs lead', () => {
    const text = toK6(scenario(roaming), 'http://me:pw@127.1:80/base/x#top').text;
    const users = { AUTHORIZATION: 'bWU6cHc=', AUTHORIZATION_2: 'x', AUTHORIZATION_3: 'dTpw' };
    for (const user of Object.values(users).filter((value) => value.length > 1)) expect(text).not.toContain(user);
    const script = k6Of(
      text,
      Object.fromEntries(Object.entries(users).map(([name, value]) => [`PROOFLOAD_SECRET_${name}`, value])),
    );
    for (let iteration = 0; iteration < 60; iteration += 1) script.iterate();
    const made = new Map(script.made.map(({ operation, url, headers }) => [operation, [url, headers]]));
    expect(Object.fromEntries(made)).toEqual({
      relative: ['http://127.0.0.1/base/a?q=1', { Authorization: 'Basic bWU6cHc=' }],
      named: ['http://127.0.0.1/b', { authorization: 'Bearer x' }],
      elsewhere: ['http://127.0.0.2:8080/ann', { Authorization: 'Basic dTpw' }],
    });
  });

  it('has the thresholds that k6 knows, and says which it leaves out and why', () => {
    const { text, differences } = toK6(
      scenario({
        thresholds: {
          http_req_duration: ['p(95)<50', 'seconds(p(99)<9)>=0.9', 'p(95)<=baseline*1.05', 'growth(p(95))<0.5'],
          target_memory: ['growth<0.3'],
          'http_req_duration{stage:0}': ['p(95)<50'],
          'http_req_duration{operation:read}': ['p(99)<20'],
          http_req_service: ['p(95)<50'],
          http_req_failed: [{ threshold: 'rate<0.01', abortOnFail: true, delayAbortEval: '10s' }],
        },
      }),
    );
    expect(k6Of(text).options.thresholds).toEqual({
      http_req_duration: ['p(95)<50'],
      'http_req_duration{operation:read}': ['p(99)<20'],
      http_req_failed: [{ threshold: 'rate<0.01', abortOnFail: true, delayAbortEval: '10s' }],
    });
    expect(differences.filter((difference) => difference.includes('is left out'))).toHaveLength(6);
    expect(differences.join()).toContain('target_memory growth<0.3 is left out: k6 has no growth over a run');
    for (const difference of differences) expect(text).toContain(difference);
  });

  it('writes a summary that comes back with its figures, thresholds and units', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'proofload-k6-'));
    const latency = fc.double({ min: 0.001, max: 100_000, noNaN: true });
    await fc.assert(
      fc.asyncProperty(latency, latency, fc.nat(1e6), fc.boolean(), async (p95, p99, count, ok) => {
        const data = {
          state: { testRunDurationMs: 1_000 },
          metrics: {
            http_req_duration: {
              type: 'trend',
              contains: 'time',
              values: { med: 1, 'p(95)': p95, 'p(99)': p99, 'p(99.9)': p99 },
              thresholds: { 'p(95)<50': { ok } },
            },
            http_reqs: { type: 'counter', contains: 'default', values: { count, rate: count } },
            http_req_failed: { type: 'rate', contains: 'default', values: { rate: 0, passes: 0, fails: count } },
          },
        };
        const written = k6Of(toK6(level('level-2')).text).handleSummary(data);
        const path = join(folder, 'summary.json');
        writeFileSync(path, written['proofload-summary.json'] ?? '');
        const { content } = await readResult(path);
        expect(content).toMatchObject({
          results: [
            {
              tool: 'k6',
              subject: 'Target',
              durationMs: 1_000,
              metrics: {
                http_reqs: { count },
                http_req_duration: { percentiles: { 50: 1, 95: p95, 99: p99, 99.9: p99 } },
              },
              thresholds: [{ metric: 'http_req_duration', expression: 'p(95)<50', ok }],
            },
          ],
        });
      }),
      { numRuns: 50 },
    );
    rmSync(folder, { recursive: true });
  });
});

interface Phase {
  /** Seconds, or milliseconds with their unit. */
  duration: number | string;
  arrivalRate?: number;
  arrivalCount?: number;
}

describe('a scenario as an Artillery script', () => {
  it('has as many arrivals as the scenario, in phases of its durations', () => {
    const of = (load: object): { arrivals: number; seconds: number } => {
      const { phases }: { phases: Phase[] } = parse(toArtillery(scenario({ load })).text).config;
      const secondsOf = ({ duration }: Phase): number => {
        if (typeof duration === 'string') return Number(duration.replace('ms', '')) / 1_000;
        // Artillery refuses other numbers.
        expect(Number.isInteger(duration)).toBe(true);
        return duration;
      };
      return {
        arrivals: phases.reduce(
          (sum, phase) => sum + secondsOf(phase) * (phase.arrivalRate ?? 0) + (phase.arrivalCount ?? 0),
          0,
        ),
        seconds: phases.reduce((sum, phase) => sum + secondsOf(phase), 0),
      };
    };
    expect(of({ executor: 'constant-arrival-rate', rate: 90, timeUnit: '1m', duration: '2m' })).toEqual({
      arrivals: 180,
      seconds: 120,
    });
    const ramp = of({ executor: 'ramping-arrival-rate', startRate: 10, stages });
    expect(ramp.arrivals).toBeCloseTo((10 * (10 + 20)) / 2 + (90 * (20 + 5)) / 2, 0);
    expect(ramp.seconds).toBeCloseTo(100, 3);
    expect(of({ executor: 'constant-vus', vus: 7, duration: '1m' }).arrivals).toBe(7);
  });

  it('is YAML with a flow for each operation, whatever the names are', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), (name) => {
        const script = parse(toArtillery(scenario({ ...shop, name })).text);
        expect(script.scenarios).toHaveLength(2);
        expect(script.config.variables.customer).toEqual(['ann', 'bob & "co"']);
      }),
    );
    for (const one of scenarios) expect(parse(toArtillery(one).text).scenarios.length).toBeGreaterThan(0);
  });

  it('takes secrets from the environment variables that its head names, and has none of them', () => {
    const { text } = toArtillery(scenario(guarded));
    expect(text).not.toContain('typed-');
    for (const name of guardedNames) expect(text).toContain(`\n# - PROOFLOAD_SECRET_${name}`);
    const { config, scenarios: flows } = parse(text);
    expect(config.variables.bearer).toEqual(['{{ $env.PROOFLOAD_SECRET_BEARER }}']);
    expect(flows[0].flow[0].post).toEqual({
      url: 'http://127.0.0.1:1/a?api_key={{ $env.PROOFLOAD_SECRET_API_KEY }}&n={{iteration}}',
      followRedirect: false,
      headers: {
        'X-Api-Key': '{{ $env.PROOFLOAD_SECRET_X_API_KEY }}',
        'X-Named': 'for {{ $env.PROOFLOAD_SECRET_BY_NAME }}',
        Cookie: 'a={{ $env.PROOFLOAD_SECRET_COOKIE_A }}',
        Authorization: 'Basic {{ $env.PROOFLOAD_SECRET_AUTHORIZATION }}',
      },
      json: {
        password: '{{ $env.PROOFLOAD_SECRET_PASSWORD }}',
        customer: '{{customer}}',
        nested: { token: '{{bearer}}' },
      },
    });
    expect(flows[1].flow[0].post.body).toBe('secret={{ $env.PROOFLOAD_SECRET_SECRET }}&a=b');
  });

  it('has nothing that ends its comment or is obeyed by a terminal, and keeps what it means', () => {
    const name = 'a\nb\u0085c\u202Ed\u001b[31m';
    const { text } = toArtillery(scenario({ requests: [{ name, url: '/a' }], name }));
    expect(printable(text)).toBe(text);
    expect(parse(text).scenarios[0].name).toBe(name);
  });

  it('sends what a run of it sends, wherever its URLs lead', () => {
    const { config, scenarios: flows } = parse(toArtillery(scenario(roaming), 'http://me:pw@127.1:80/base/x#top').text);
    expect(config.target).toBe('http://127.0.0.1');
    expect(flows.map(({ flow }: { flow: { get: unknown }[] }) => flow[0]?.get)).toEqual([
      {
        url: '/base/a?q=1',
        followRedirect: false,
        headers: { Authorization: 'Basic {{ $env.PROOFLOAD_SECRET_AUTHORIZATION }}' },
      },
      {
        url: '/b',
        followRedirect: false,
        headers: { authorization: 'Bearer {{ $env.PROOFLOAD_SECRET_AUTHORIZATION_2 }}' },
      },
      {
        url: 'http://127.0.0.2:8080/{{customer}}',
        followRedirect: false,
        headers: { Authorization: 'Basic {{ $env.PROOFLOAD_SECRET_AUTHORIZATION_3 }}' },
      },
    ]);
  });

  it('is of a document service at the URL that is named, without its user', () => {
    const named = 'http://me:pw@127.0.0.1:80/api/?q#f';
    expect(parse(toArtillery(level('level-2'), named).text).config.target).toBe('http://127.0.0.1/api');
    expect(toK6(level('level-2'), named).text).toContain('__ENV.BASE_URL || "http://127.0.0.1/api"');
  });

  it('says, as that of k6 does, that TLS options are left out', () => {
    const written = scenario({ requests: [{ url: '/' }], tls: { caFile: 'ca.pem' } });
    for (const { differences } of [toK6(written), toArtillery(written)])
      expect(differences).toContainEqual(expect.stringMatching(/^TLS options are left out: /));
    expect(toK6(scenario({ requests: [{ url: '/' }], tls: {} })).differences.join()).not.toContain('TLS');
  });

  it('says what is lost', () => {
    const { differences } = toArtillery(scenario({ load: { executor: 'constant-vus', vus: 7, duration: '1m' } }));
    expect(differences.join('\n')).toMatch(/no closed model[\s\S]*7 users makes 600 requests/);
    expect(() => toArtillery(levels.at(-1) ?? level('level-0'))).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(() => toK6(levels.at(-1) ?? level('level-0'))).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
