import { describe, expect, it } from 'vitest';
import { scenarioSchema } from '../../../shared/scenario/schema';
import { level } from '../../../tests/support/factories';
import { severalScenarios } from '../../../tests/support/severalScenarios';
import { requireLevel } from './levels';
import { searchOf } from './searchOf';

const steps = [{ name: 'a', url: '/{{users.name}}' }];
const visit = (others: object = {}) =>
  scenarioSchema.parse({
    ...level('level-0'),
    id: `shop-${'x'.repeat(59)}`,
    load: { executor: 'ramping-arrival-rate', stages: [{ duration: '1s', target: 5 }] },
    journeys: [{ name: 'visit', steps }],
    dataFiles: [{ name: 'users', file: 'users.csv' }],
    thresholds: { 'http_req_duration{step:a}': ['p(95)<50'], 'http_req_duration{stage:0}': ['p(95)<50'] },
    ...others,
  });

describe('the search for the capacity of a scenario', () => {
  it('sends what the scenario sends, by its thresholds and with the search of level C', () => {
    const search = searchOf(visit());
    expect(search.load).toEqual(requireLevel('level-c').load);
    expect(search.thresholds).toEqual({ 'http_req_duration{step:a}': ['p(95)<50'] });
    expect(search.journeys).toEqual(visit().journeys);
    expect(search.dataFiles).toEqual(visit().dataFiles);
    expect([search.level, search.id.length, search.id.endsWith('x-capacity')]).toEqual([undefined, 64, true]);
  });

  it('has one load for the journeys of several scenarios, and no thresholds of these', () => {
    const several = severalScenarios({
      thresholds: { 'http_req_duration{scenario:buy}': ['p(95)<50'], 'http_req_duration{journey:order}': ['p(95)<50'] },
    });
    const search = searchOf(several);
    expect(search.load).toEqual(requireLevel('level-c').load);
    expect(search.thresholds).toEqual({ 'http_req_duration{journey:order}': ['p(95)<50'] });
    expect(search.journeys).toEqual(several.journeys);
  });

  it('leaves one that searches as it is', () => {
    const search = visit({ load: { executor: 'capacity-search', maxVUs: 7 }, thresholds: {} });
    expect(searchOf(search)).toBe(search);
  });

  it('is refused where rows would be used up', () => {
    const once = (whenExhausted: string) =>
      visit({ dataFiles: [{ name: 'users', file: 'users.csv', mode: 'once', whenExhausted }] });
    expect(() => searchOf(once('stop'))).toThrow('would use the rows up');
    expect(searchOf(once('wrap')).load.executor).toBe('capacity-search');
  });
});
