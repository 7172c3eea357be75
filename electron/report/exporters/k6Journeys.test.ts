import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Scenario, scenarioSchema } from '../../../shared/scenario/schema';
import { toArtillery } from './artilleryScript';
import { toK6 } from './k6Script';

const project = resolve(import.meta.dirname, '../../..');

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
}

/** Runs an iteration of a script on stand-ins for k6's modules. */
function iterate(text: string, answers: readonly object[]) {
  const made: Made[] = [];
  const slept: number[] = [];
  const checked: Record<string, boolean> = {};
  const tags: Record<string, string> = {};
  const http = {
    request: (method: string, url: string, body: string | null, { headers }: Made) => {
      made.push({ method, url, body, headers });
      const answer = { status: 200, headers: {}, body: '', ...answers[made.length - 1] };
      return { ...answer, json: () => JSON.parse(answer.body) };
    },
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
  const exec = { scenario: { iterationInTest: 1 }, vu: { idInTest: 4, metrics: { tags } } };
  const source = text
    .replace(/^import .*$/gm, '')
    .replace('export default function', 'const iterate = function')
    .replace(/^export /gm, '');
  const env = { PROOFLOAD_SECRET_NAMED: 'n', PROOFLOAD_SECRET_AUTHORIZATION: 'typed' };
  const run = new Function(
    'check',
    'sleep',
    'http',
    'Rate',
    'SharedArray',
    'exec',
    '__ENV',
    `${source}\niterate();\nreturn options;`,
  );
  const options = run(check, (seconds: number) => slept.push(seconds), http, Rate, SharedArray, exec, env);
  return { made, slept, checked, tags, options };
}

const cart = '{"items":[{"id":7}],"csrf":"c1"}';

describe('journeys as a k6 script', () => {
  it('are type-checked against @types/k6', () => {
    const folder = join(project, 'test-results', 'k6-journeys');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'script.js'), toK6(scenario()).text);
    const options = { allowJs: true, checkJs: true, noEmit: true, strict: true, target: 'es2022', module: 'esnext' };
    const compilerOptions = { ...options, moduleResolution: 'bundler', types: ['k6'], skipLibCheck: true };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.js'] }));
    const tsc = spawnSync(process.execPath, [join(project, 'node_modules/typescript/bin/tsc'), '-p', folder], {
      encoding: 'utf8',
    });
    expect(tsc.stdout).toBe('');
    expect(tsc.status).toBe(0);
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

  it('end where a step fails', () => {
    const { made } = iterate(toK6(scenario()).text, [{ status: 302, headers: { Location: '/cart' } }, { body: '{}' }]);
    expect(made).toHaveLength(2);
  });

  it('have no secret in them', () => {
    const { text } = toK6(scenario());
    expect(text).not.toContain('dTp0eXBlZC0x');
    expect(text).toContain('PROOFLOAD_SECRET_NAMED');
  });

  it('are refused for Artillery', () => {
    expect(() => toArtillery(scenario())).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
