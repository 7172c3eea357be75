import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Scenario, scenarioSchema } from '../../../shared/scenario/schema';
import { toArtillery } from './artilleryScript';

const login = {
  name: 'login',
  method: 'POST',
  url: '/login?of={{city}}',
  body: 'user={{user}}&csrf={{csrf}}',
  checks: [
    { status: [201, { min: 300, max: 302 }] },
    { header: 'Location', equals: '/cart' },
    { header: 'ETag' },
    { name: 'has no trace', header: 'X-Trace', exists: false },
  ],
  extract: { session: { cookie: 'session' }, code: { status: true } },
};
const cart = {
  name: 'cart',
  method: 'PUT',
  url: '/cart/{{id}}',
  headers: { Authorization: 'Bearer {{token}}' },
  body: { tenant: '{{env.TENANT}}', key: '{{uuid}}', quantity: '{{quantity}}', seed: '{{seed}}', user: '{{user}}' },
  checks: [
    { jsonPath: '$.items[0].id', equals: 'p1' },
    { jsonPath: "$['a-b']" },
    { jsonPath: '$.error', exists: false },
    { name: 'some', jsonPath: '$.items[?@.id]' },
    { bodyContains: 'a.b' },
    { bodyMatches: 'x\\d' },
    { name: 'fits', jsonSchema: true },
  ],
  extract: {
    id: { regex: 'id=(?<id>\\d+)' },
    whole: { regex: 'id=\\d+' },
    next: { jsonPath: '$.next' },
    etag: { header: 'ETag' },
  },
  redirects: 3,
};

function scenario(changes: object = {}): Scenario {
  return scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'checkout',
    name: 'Checkout',
    load: { executor: 'constant-arrival-rate', rate: 5, duration: '4s' },
    variables: { user: 'ann', city: 'a & b', quantity: { min: 1, max: 3 }, seed: { min: 1, max: 9_999 } },
    data: [{ csrf: 'c1', id: 'i1', token: 't1' }],
    journeys: [
      { name: 'buy', weight: 0.75, steps: [login, { thinkTime: '500ms' }, cart] },
      {
        name: 'look',
        weight: 0.25,
        steps: [{ thinkTime: { distribution: 'uniform', min: '1s', max: '2s' } }, { url: '/', name: 'home' }],
      },
    ],
    ...changes,
  });
}

describe('journeys as an Artillery script', () => {
  it('have their steps, and users with connections and cookies of their own', () => {
    const { config, scenarios } = parse(toArtillery(scenario(), 'http://127.0.0.1:3000').text);
    expect(scenarios.map(({ name, weight }: { name: string; weight: number }) => [name, weight])).toEqual([
      ['buy', 7_500],
      ['look', 2_500],
    ]);
    expect(config.http).toEqual({ timeout: 60 });
    const [buy, look] = scenarios;
    expect(buy.flow.map((step: object) => Object.keys(step)[0])).toEqual(['post', 'think', 'put']);
    expect(buy.flow[1]).toEqual({ think: '500ms' });
    expect(look.flow[0]).toEqual({ think: '{{ $randomNumber(1000, 2000) }}ms' });
    expect(buy.flow[0].post).toMatchObject({
      name: 'login',
      // Known values are encoded. Values from responses are left to Artillery.
      url: '/login?of=a%20%26%20b',
      body: 'user=ann&csrf={{ csrf }}',
      followRedirect: false,
    });
    expect(buy.flow[2].put).toMatchObject({
      url: '/cart/{{ id }}',
      headers: { Authorization: 'Bearer {{ token }}' },
      json: {
        tenant: '{{ $env.PROOFLOAD_ENV_TENANT }}',
        key: '{{ $uuid }}',
        quantity: '{{ quantity }}',
        seed: '{{ $randomNumber(1, 9999) }}',
        user: 'ann',
      },
      followRedirect: true,
      maxRedirects: 3,
    });
    expect(config.variables.quantity).toEqual(['1', '2', '3']);
  });

  it('have the checks and extractions that Artillery knows, and say which it does not', () => {
    const { text, differences } = toArtillery(scenario(), 'http://127.0.0.1:3000');
    const { config, scenarios } = parse(text);
    const [{ flow }] = scenarios;
    expect(flow[0].post.expect).toEqual([
      { statusCode: [201, 300, 301, 302] },
      { headerEquals: ['location', '/cart'] },
      { hasHeader: 'etag' },
    ]);
    expect(flow[0].post.capture).toBeUndefined();
    expect(flow[2].put.match).toEqual([{ json: '$.items[0].id', value: 'p1' }]);
    expect(flow[2].put.expect).toEqual([{ hasProperty: '["a-b"]' }, { notHasProperty: '["error"]' }]);
    expect(flow[2].put.capture).toEqual([
      { regexp: 'a\\.b', as: 'proofloadCheck5' },
      { regexp: 'x\\d', as: 'proofloadCheck6' },
      { regexp: 'id=(\\d+)', group: 1, as: 'id' },
      { regexp: 'id=\\d+', as: 'whole' },
      { json: '$.next', as: 'next' },
      { header: 'etag', as: 'etag' },
    ]);
    expect(config.plugins.expect).toMatchObject({ reportFailuresAsErrors: true, outputFormat: 'silent' });
    expect(differences.filter((difference) => difference.includes('is left out'))).toEqual([
      'The check "has no trace" of login is left out: Artillery has nothing like it.',
      expect.stringContaining('The extraction of session in login is left out'),
      expect.stringContaining('The extraction of code in login is left out'),
      'The check "some" of cart is left out: Artillery has nothing like it.',
      'The check "fits" of cart is left out: Artillery has nothing like it.',
    ]);
    for (const said of ['{{uuid}} is that of the user', '{{seed}} is drawn anew', 'followed to any server'])
      expect(differences.join('\n')).toContain(said);
    for (const difference of differences) expect(text).toContain(difference);
  });

  it('end no user at a step that goes on, and leave out what would', () => {
    const going = { ...cart, onFailure: 'continue' };
    const { text, differences } = toArtillery(scenario({ journeys: [{ name: 'a', steps: [going] }] }));
    const { config, scenarios } = parse(text);
    const { match, capture } = scenarios[0].flow[0].put;
    expect(match).toBeUndefined();
    expect(capture.map(({ strict }: { strict: boolean }) => strict)).toEqual([false, false, false, false]);
    expect(config.plugins.expect.reportFailuresAsErrors).toBe(false);
    expect(differences.filter((difference) => difference.includes('is left out'))).toHaveLength(5);
  });

  it('go through setup and teardown once, for all users', () => {
    const token = { url: '/token', extract: { token: { jsonPath: '$.token' } } };
    const { text } = toArtillery(
      scenario({ setup: { steps: [token] }, teardown: { steps: [{ method: 'DELETE', url: '/all' }] } }),
    );
    const { before, after } = parse(text);
    expect(before.flow[0].get).toMatchObject({ url: '/token', capture: [{ json: '$.token', as: 'token' }] });
    expect(after.flow[0].delete.url).toBe('/all');
  });

  it('name what fills nothing in, and keep secrets in the environment', () => {
    const dataFiles = [{ name: 'users', file: 'users.csv' }];
    const steps = [{ url: '/{{users.name}}?t={{secret.KEY}}', headers: { Authorization: 'Basic dTp0eXBlZC0x' } }];
    const { text, differences } = toArtillery(scenario({ dataFiles, journeys: [{ name: 'a', steps }] }));
    expect(differences.join('\n')).toContain('The data file users is left out');
    expect(text).toContain('{{ $env.PROOFLOAD_SECRET_KEY }}');
    expect(text).not.toContain('dTp0eXBlZC0x');
  });

  it('are repeated by users without a schedule', () => {
    const { text, differences } = toArtillery(
      scenario({ load: { executor: 'per-vu-iterations', vus: 2, iterations: 3 } }),
    );
    expect(parse(text).scenarios[0].flow[0]).toMatchObject({ count: 3, loop: [{}, {}, {}] });
    expect(differences.join('\n')).toContain('Cookies and variables of a user stay');
  });
});
