import { failsEvery } from '../failsEvery';
import { type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'half a per cent of failures under the implicit limit of 1 %: 20 of 4,000 prove it',
  start: () => failsEvery(200),
  scenario: { load: steady(800, 5) },
  expected: { verdict: 'passed', requests: 4000, failures: [{ kind: /^status-503$/, count: 20 }] },
};
