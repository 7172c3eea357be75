import { failsEvery } from '../failsEvery';
import { type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'half a per cent of failures under the implicit limit of 1 %: 10 of 2,000 prove it',
  start: () => failsEvery(200),
  scenario: { load: steady(250, 8) },
  expected: { verdict: 'passed', requests: 2_000, failures: [{ kind: /^status-503$/, count: 10 }] },
};
