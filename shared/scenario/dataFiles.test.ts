import { describe, expect, it } from 'vitest';
import { level } from '../../tests/support/factories';
import { checkDraft } from './draft';
import { scenarioSchema } from './schema';
import { sendsSingleRequests } from './steps';
import { compileStepTemplate } from './template';

const steps = [{ url: '/hello?n={{users.name}}', headers: { Authorization: 'Bearer {{users.token}}' } }];
const users = { name: 'users', file: 'users.csv' };

function problemsOf(overrides: Record<string, unknown>): string[] {
  const checked = checkDraft({
    ...level('level-0'),
    thresholds: {},
    journeys: [{ name: 'visit', steps }],
    ...overrides,
  });
  return checked.ok ? [] : checked.problems.map(({ path, message }) => `${path}: ${message}`);
}

describe('data files', () => {
  it('are right where each has a name, a format and a mode that fit', () => {
    expect(problemsOf({ dataFiles: [users] })).toEqual([]);
    expect(problemsOf({ dataFiles: [{ ...users, file: 'users.txt', format: 'csv', mode: 'once' }] })).toEqual([]);
  });

  it('are refused where they do not', () => {
    const wrong: [Record<string, unknown>, RegExp][] = [
      [{ dataFiles: [{ ...users, file: 'users.txt' }] }, /dataFiles\.0\.format/],
      [{ dataFiles: [{ ...users, name: 'secret' }] }, /dataFiles\.0\.name/],
      [{ dataFiles: [{ ...users, whenExhausted: 'wrap' }] }, /dataFiles\.0\.whenExhausted/],
      [{ dataFiles: [users, users] }, /two data files are called users/],
      [
        { dataFiles: [{ ...users, name: 'customers' }] },
        /\{\{users\.name\}\}, and no data file is called users; there are customers/,
      ],
      [{ dataFiles: [users], journeys: undefined }, /dataFiles: requires "journeys"/],
    ];
    for (const [overrides, message] of wrong) expect(problemsOf(overrides).join('\n')).toMatch(message);
  });

  it('are filled in where the scenario names them, and are text where it does not', () => {
    const values = { iteration: 0, row: { 'users.name': 'ann' } };
    const text = '{{users.name}} {{other.name}} {{secret.KEY}}';
    const fill = (names: ReadonlySet<string>): string =>
      compileStepTemplate(
        text,
        () => 'k',
        () => undefined,
        names,
      ).fill(values, (value) => value);
    expect(fill(new Set(['users']))).toBe('ann {{other.name}} k');
    expect(fill(new Set())).toBe('{{users.name}} {{other.name}} k');
  });

  it('need a virtual user, also for a journey of one step', () => {
    const scenario = { ...level('level-0'), thresholds: {}, journeys: [{ name: 'visit', steps }] };
    expect(sendsSingleRequests(scenarioSchema.parse({ ...scenario, dataFiles: [users] }))).toBe(false);
    expect(sendsSingleRequests(scenarioSchema.parse(scenario))).toBe(true);
  });
});
