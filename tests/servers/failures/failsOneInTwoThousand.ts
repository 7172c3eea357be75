import { failsEvery } from '../failsEvery';
import { type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'one failure among 2,000, far under the implicit limit',
  start: () => failsEvery(2_000),
  scenario: { load: steady(250, 8) },
  expected: { verdict: 'passed', requests: 2_000, failures: [{ kind: /^status-503$/, count: 1 }] },
};
