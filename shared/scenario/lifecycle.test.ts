import { describe, expect, it } from 'vitest';
import { level } from '../../tests/support/factories';
import { redactScenario } from '../secrets/redactRun';
import { secretNamesOf } from '../secrets/runSecrets';
import { checkDraft } from './draft';
import { scenarioSchema } from './schema';
import { requestsIn } from './steps';

const setup = { steps: [{ url: '/token', extract: { token: { jsonPath: '$.token' } } }] };
const visit = { name: 'visit', steps: [{ url: '/visit?t={{token}}' }] };

function problemsOf(overrides: Record<string, unknown>): string {
  const checked = checkDraft({ ...level('level-0'), thresholds: {}, setup, journeys: [visit], ...overrides });
  return checked.ok ? '' : checked.problems.map(({ path, message }) => `${path}: ${message}`).join('\n');
}

describe('setup and teardown', () => {
  it('give the variables of the setup to all journeys and to the teardown', () => {
    expect(problemsOf({ teardown: { steps: [{ url: '/end/{{token}}' }] } })).toBe('');
    expect(problemsOf({ setup: undefined })).toMatch(/journeys\.0\.steps\.0: .*\{\{token\}\}/);
    expect(problemsOf({ teardown: { steps: [{ url: '/end/{{other}}' }] } })).toMatch(
      /teardown\.steps\.0: .*\{\{other\}\}/,
    );
  });

  it('have no rows, no name that is taken, and journeys beside them', () => {
    const row = { data: [{ user: 'ann' }], setup: { steps: [{ url: '/{{user}}' }, ...setup.steps] } };
    expect(problemsOf(row)).toMatch(/setup\.steps\.0: .*\{\{user\}\}/);
    const cell = {
      dataFiles: [{ name: 'users', file: 'users.csv' }],
      teardown: { steps: [{ url: '/{{users.name}}' }] },
    };
    expect(problemsOf(cell)).toMatch(/teardown\.steps\.0: \{\{users\.name\}\} is a field of a row/);
    expect(problemsOf({ setup: { steps: [{ url: '/', extract: { vu: { status: true } } }] } })).toMatch(
      /setup\.steps\.0\.extract\.vu/,
    );
    expect(problemsOf({ journeys: undefined })).toMatch(/setup: requires "journeys"/);
    expect(problemsOf({ setup: { steps: [{ thinkTime: '1s' }] } })).toMatch(/setup\.steps: need at least one request/);
  });

  it('are a part of what a run sends, with its secrets', () => {
    const scenario = scenarioSchema.parse({
      ...level('level-0'),
      thresholds: {},
      setup: { steps: [{ url: '/token', headers: { Authorization: 'Basic {{secret.USER}}' } }] },
      teardown: { steps: [{ url: '/end', headers: { Authorization: 'Basic dTp0eXBlZA==' } }] },
      journeys: [{ name: 'visit', steps: [{ url: '/visit' }] }],
    });
    expect(requestsIn(scenario)?.map(({ url }) => url)).toEqual(['/visit', '/token', '/end']);
    expect(secretNamesOf(scenario, { kind: 'engine', engine: 'memory', options: {} })).toEqual(['USER']);
    expect(JSON.stringify(redactScenario(scenario))).not.toContain('dTp0eXBlZA==');
  });
});
