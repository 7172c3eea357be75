import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { level } from '../../tests/support/factories';
import { severalScenarios } from '../../tests/support/severalScenarios';
import { urlTargetSchema } from '../run/target';
import { redactScenario } from '../secrets/redactRun';
import { secretNamesOf } from '../secrets/runSecrets';
import { checkDraft } from './draft';
import { parseScenario } from './parse';
import { type Scenario, scenarioSchema } from './schema';
import {
  checkName,
  hasOwnRequests,
  namedSteps,
  operationsOf,
  requestsIn,
  requestsPerIteration,
  withoutDisabled,
} from './steps';

const project = resolve(import.meta.dirname, '../..');

function scenario(overrides: Record<string, unknown>) {
  return scenarioSchema.safeParse({
    schema: 'proofload.scenario/1',
    id: 'mine',
    name: 'Mine',
    load: { executor: 'constant-vus', vus: 1, duration: '1m' },
    ...overrides,
  });
}

function messageOf(overrides: Record<string, unknown>): string {
  const parsed = parseScenario(
    JSON.stringify({
      schema: 'proofload.scenario/1',
      id: 'mine',
      name: 'Mine',
      load: { executor: 'constant-vus', vus: 1, duration: '1m' },
      ...overrides,
    }),
    'mine.json',
  );
  return parsed.ok ? '' : parsed.error.message;
}

function parsed(overrides: Record<string, unknown>): Scenario {
  const result = scenario(overrides);
  if (!result.success) throw result.error;
  return result.data;
}

const journey = (...steps: readonly object[]) => ({ journeys: [{ name: 'visit', steps }] });
const login = { name: 'login', method: 'POST', url: '/login', extract: { token: { jsonPath: '$.token' } } };

/** Returns all scenarios that the project ships, documents or keeps from earlier versions, as in their files. */
function keptScenarios(): { name: string; value: unknown }[] {
  const levels = readdirSync(join(project, 'resources/levels')).map((file) => ({
    name: file,
    value: JSON.parse(readFileSync(join(project, 'resources/levels', file), 'utf8')),
  }));
  const pages = readdirSync(join(project, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) =>
      [...readFileSync(join(project, 'docs', file), 'utf8').matchAll(/```json\n([\s\S]*?)```/g)]
        .map(([, text = '']) => text)
        .filter((text) => text.includes('proofload.scenario/1'))
        .map((text, index) => ({ name: `${file} ${index + 1}`, value: JSON.parse(text) })),
    );
  const run = JSON.parse(readFileSync(join(project, 'tests/fixtures/documents/run-of-6b51a1c.json'), 'utf8'));
  const sample = JSON.parse(readFileSync(join(project, 'resources/sample-run.json'), 'utf8'));
  return [
    ...levels,
    ...pages,
    { name: 'an old run', value: run.scenario },
    { name: 'sample', value: sample.document.scenario },
  ];
}

/** The fields of scenarios before journeys existed. */
const formerFields = new Set([
  'schema',
  'id',
  'name',
  'description',
  'level',
  'load',
  'warmup',
  'timeout',
  'processes',
  'requests',
  'data',
  'operations',
  'keys',
  'queryLimit',
  'dataset',
  'cache',
  'seed',
  'thresholds',
]);

/** One or several scenarios with the journey `visit`. */
function severalOf(...parts: object[]) {
  const common = { name: 'a', journeys: ['visit'], executor: 'constant-vus', vus: 1, duration: '1s' };
  return { executor: 'scenarios', scenarios: parts.map((part) => ({ ...common, ...part })) };
}

describe('a scenario of today', () => {
  it.each(keptScenarios().map(({ name, value }) => [name, value] as const))('loads: %s', (_name, value) => {
    const result = scenarioSchema.parse(value);
    if (result.journeys) return;
    expect(Object.keys(result).filter((field) => !formerFields.has(field))).toEqual([]);
    expect(scenarioSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
  });
});

describe('journeys', () => {
  it.each([
    [journey({ url: '/a', checks: [{ status: 200 }] }), ''],
    [{ ...journey(login, { url: '/cart/{{token}}' }) }, ''],
    [journey({ url: '/cart/{{token}}' }, login), 'needs {{token}}, which no earlier step extracts'],
    [{ ...journey({ url: '/{{a}}/{{b}}/{{uuid}}/{{vu}}/{{now}}' }), variables: { a: 1 }, data: [{ b: 2 }] }, ''],
    [{ ...journey({ url: '/{{b}}' }), data: [{ b: 2 }, {}] }, 'needs {{b}}'],
    [{ ...journey({ url: '/' }), requests: [{ url: '/' }] }, 'a request is a journey of one step'],
    [journey({ thinkTime: '1s' }), 'need at least one request'],
    [journey({ thinkTime: { distribution: 'uniform', min: '2s', max: '1s' } }, { url: '/' }), 'min is longer than max'],
    [journey({ url: '/', chekcs: [] }), 'journeys[0].steps[0]: Unrecognized key: "chekcs"'],
    [journey({ url: '/', checks: [{ jsonPath: 7 }] }), 'journeys[0].steps[0].checks[0].jsonPath'],
    [journey({ url: '/', checks: [{ status: 99 }] }), 'journeys[0].steps[0].checks[0].status'],
    [journey({ url: '/', checks: [{ status: 200 }, { status: 200 }] }), 'two checks that are called status is 200'],
    [journey({ url: '/', extract: { iteration: { status: true } } }), 'choose another name'],
    [{ ...journey({ url: '/' }), variables: { vu: 1 } }, 'choose another name'],
    [{ journeys: [1, 2].map(() => ({ name: 'same', steps: [{ url: '/' }] })) }, 'two journeys are called same'],
    [{ ...journey(login), thresholds: { 'http_req_duration{step:login}': ['p(95)<1'] } }, ''],
    [
      { ...journey(login), thresholds: { 'http_req_duration{step:logn}': ['p(95)<1'] } },
      'there is no step logn; there are login',
    ],
    [{ ...journey(login), thresholds: { 'iteration_duration{journey:buy}': ['p(95)<1'] } }, 'there is no journey buy'],
    [{ ...journey(login), thresholds: { 'checks{check:x}': ['rate>0.9'] } }, 'there is no check x'],
    [{ thresholds: { 'checks{check:x}': ['rate>0.9'] } }, 'there is no check x; there are none'],
    [{ ...journey(login), thresholds: { 'http_reqs{step:login}': ['count>1'] } }, 'http_reqs is not kept per step'],
    [{ ...journey(login), thresholds: { checks: ['p(95)<1'] } }, 'checks is a rate'],
    [{ ...journey(login), load: { executor: 'capacity-search' } }, ''],
    [
      {
        ...journey({ url: '/{{users.name}}' }),
        load: { executor: 'capacity-search' },
        dataFiles: [{ name: 'users', file: 'users.csv', mode: 'once' }],
      },
      'dataFiles[0].mode: a capacity search makes many loads',
    ],
    [
      { ...journey(login), load: { executor: 'constant-vus', vus: 1, duration: '1s', driver: 'autocannon' } },
      'autocannon sends single requests',
    ],
    [{ noCookiesReset: true }, 'requires "journeys"'],
    [{ load: severalOf({}) }, 'several scenarios have "journeys"'],
    [{ ...journey(login), load: severalOf({}) }, ''],
    [{ ...journey(login), load: severalOf({}, { name: 'other' }) }, 'the journey visit is used twice'],
    [{ ...journey(login), load: severalOf({}, {}) }, 'load.scenarios[1].name: two scenarios are called a'],
    [
      { journeys: [...journey(login).journeys, { name: 'buy', steps: [{ url: '/' }] }], load: severalOf({}) },
      'load.scenarios: no scenario has the journey buy',
    ],
    [
      {
        journeys: [...journey(login).journeys, { name: 'buy', disabled: true, steps: [{ url: '/' }] }],
        load: severalOf({}),
      },
      '',
    ],
    [
      {
        journeys: [...journey(login).journeys, { name: 'buy', disabled: true, steps: [{ url: '/' }] }],
        load: severalOf({}, { name: 'b', journeys: ['buy'] }),
      },
      'load.scenarios[1].journeys: b has no journey that is enabled',
    ],
    [{ ...journey(login), load: severalOf({ journeys: ['visit', 'buy'] }) }, 'there is no journey buy'],
    [{ ...journey(login), load: severalOf({ driver: 'autocannon' }) }, 'autocannon sends single requests'],
    [{ ...journey(login), load: severalOf({ name: 'a b' }) }, 'must be letters'],
    [{ ...journey(login), load: severalOf({}), thresholds: { 'checks{scenario:a}': ['rate>0.9'] } }, ''],
    [
      { ...journey(login), load: severalOf({}), thresholds: { 'checks{scenario:b}': ['rate>0.9'] } },
      'there is no scenario b; there are a',
    ],
    [{ thresholds: { 'checks{scenario:b}': ['rate>0.9'] } }, 'there is no scenario b; there are none'],
    [{ ...journey(login), load: severalOf({}), thresholds: { 'dropped_iterations{scenario:a}': ['count==0'] } }, ''],
    [
      { ...journey(login), load: severalOf({}), thresholds: { 'dropped_iterations{journey:visit}': ['count==0'] } },
      'dropped_iterations is not kept per journey',
    ],
    [
      { ...journey(login), load: severalOf({}), thresholds: { 'http_reqs{scenario:a}': ['count>0'] } },
      'http_reqs is not kept per scenario',
    ],
    [journey({ url: '/{{token}}', disabled: true }, { url: '/' }), ''],
    [journey({ ...login, disabled: true }, { url: '/{{token}}' }), 'needs {{token}}'],
    [journey({ url: '/', disabled: true }), 'need at least one request'],
    [{ journeys: [{ name: 'a', disabled: true, steps: [{ url: '/' }] }] }, 'all journeys are disabled'],
    [
      {
        ...journey({ ...login, disabled: true }, { url: '/' }),
        thresholds: { 'http_req_duration{step:login}': ['p(95)<1'] },
      },
      'there is no step login',
    ],
    [{ requests: [{ url: '/{{uuid}}' }] }, 'needs {{uuid}}'],
  ])('%j: %s', (overrides, expected) => {
    const message = messageOf(overrides);
    if (expected === '') expect(message).toBe('');
    else expect(message).toContain(expected);
  });

  it('are run without what is disabled of them, which stays in the file', () => {
    const off = { disabled: true };
    const written = parsed({
      journeys: [
        { name: 'a', steps: [{ url: '/1' }, { url: '/2', ...off }, { thinkTime: '1s', ...off }] },
        { name: 'b', ...off, steps: [{ url: '/3' }] },
      ],
    });
    expect(requestsIn(withoutDisabled(written))?.map(({ url }) => url)).toEqual(['/1']);
    expect(withoutDisabled(written).journeys?.map(({ steps }) => steps.length)).toEqual([1]);
    expect(written.journeys?.[1]).toMatchObject({ name: 'b', disabled: true });
    const all = parsed(journey({ url: '/' }));
    expect(withoutDisabled(all)).toBe(all);
  });

  it('are run without what is disabled of several scenarios, which stays in the file', () => {
    const several = severalScenarios();
    const journeys = several.journeys?.map((one) => (one.name === 'find' ? { ...one, disabled: true } : one));
    const { load } = withoutDisabled(scenarioSchema.parse({ ...several, journeys }));
    if (load.executor !== 'scenarios') throw new Error('several scenarios are expected');
    expect(load.scenarios.map((part) => part.journeys)).toEqual([['look'], ['order']]);
    expect(load.scenarios[1]).toMatchObject({ startTime: '1s', vus: 2 });
  });

  it('tell the editor what is wrong by its place', () => {
    const draft = { ...parsed(journey(login)), journeys: [{ name: 'visit', steps: [{ url: 1 }] }] };
    const checked = checkDraft(draft);
    expect(checked.ok ? [] : checked.problems.map(({ path }) => path)).toEqual(['journeys.0.steps.0.url']);
  });

  it('have their steps counted apart where several have a step of a name, and limited together', () => {
    const { journeys = [] } = parsed({
      journeys: [
        { name: 'browse', steps: [login, { url: '/list' }, { url: '/list' }], weight: 3 },
        { name: 'buy', steps: [login, { thinkTime: '1s' }, { name: 'order', url: '/orders' }] },
      ],
    });
    expect(namedSteps(journeys).map(({ operation }) => operation)).toEqual([
      'browse / login',
      'GET /list',
      'GET /list',
      'buy / login',
      'order',
    ]);
    expect(operationsOf({ journeys }, { step: 'login' })).toEqual(['browse / login', 'buy / login']);
    expect(operationsOf({ journeys }, { journey: 'browse' })).toEqual(['browse / login', 'GET /list']);
    expect(operationsOf({ journeys }, { operation: 'order' })).toEqual(['order']);
    expect(operationsOf({ journeys }, {})).toBeUndefined();
    expect(operationsOf({}, { step: 'read' })).toEqual(['read']);
    expect(requestsPerIteration({ journeys })).toBeCloseTo(2.75, 6);
    expect(requestsPerIteration({})).toBe(1);
    expect(hasOwnRequests({ journeys })).toBe(true);
    expect(requestsIn({ journeys })).toHaveLength(5);
  });

  it('have checks that are named by what they ask for', () => {
    const names = [
      { status: [200, { min: 300, max: 399 }] },
      { header: 'ETag' },
      { header: 'ETag', equals: 'x' },
      { jsonPath: '$.items', exists: false },
      { jsonPath: '$.total', equals: 3 },
      { name: 'own', maxBodyBytes: 3 },
    ].map((check) => checkName(check));
    expect(names).toEqual([
      'status is 200 or 300 to 399',
      'ETag is there',
      'ETag is "x"',
      '$.items is not there',
      '$.total is 3',
      'own',
    ]);
  });

  it('have their secrets known by name and hidden where they were typed', () => {
    const withSecrets = parsed({
      journeys: [
        {
          name: 'visit',
          steps: [
            {
              name: 'login',
              url: '/login?api_key=typed-1',
              headers: { Authorization: 'Bearer {{secret.TOKEN}}', 'X-Api-Key': 'typed-2' },
              body: { password: 'typed-3' },
              checks: [{ header: 'Location', equals: 'http://h/?token=typed-4' }],
            },
          ],
        },
      ],
      variables: { password: 'typed-5' },
    });
    const target = urlTargetSchema.parse({ kind: 'url', url: 'http://127.0.0.1/' });
    expect(secretNamesOf(withSecrets, target)).toEqual(['TOKEN']);
    const shown = redactScenario(withSecrets);
    expect(JSON.stringify(shown)).not.toContain('typed-');
    expect(scenarioSchema.parse(shown)).toEqual(shown);
    expect(level('level-0').journeys).toBeUndefined();
  });
});
