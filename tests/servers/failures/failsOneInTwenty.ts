import { failsEvery } from '../failsEvery';
import { type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'five per cent of failures that no threshold is about: the implicit limit of 1 % is',
  start: () => failsEvery(20),
  scenario: { load: steady(200, 5) },
  expected: { verdict: 'failed', requests: 1_000, failures: [{ kind: /^status-503$/, count: 50 }], rate: [100, 202] },
};
