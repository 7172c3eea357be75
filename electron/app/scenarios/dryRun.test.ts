import { expect, it } from 'vitest';
import { scenarioSchema } from '../../../shared/scenario/schema';
import { level } from '../../../tests/support/factories';
import { dryScenario } from './dryRun';

it('a dry run has rows for all of its iterations, however few a file has', () => {
  const scenario = scenarioSchema.parse({
    ...level('level-0'),
    thresholds: {},
    journeys: [{ name: 'visit', steps: [{ url: '/{{users.name}}/{{cities.name}}' }] }],
    dataFiles: [
      { name: 'users', file: 'users.csv', mode: 'once', whenExhausted: 'fail' },
      { name: 'cities', file: 'cities.csv' },
    ],
  });
  const [users, cities] = dryScenario(scenario).dataFiles ?? [];
  expect(users).toMatchObject({ mode: 'once', whenExhausted: 'wrap' });
  expect(cities).toMatchObject({ mode: 'in-turn' });
  expect(dryScenario(level('level-0')).dataFiles).toBeUndefined();
});
