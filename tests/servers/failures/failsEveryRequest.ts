import { failsEvery } from '../failsEvery';
import { type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'no thresholds and only failures: a run without a success is never green',
  start: () => failsEvery(1),
  scenario: { load: steady(75, 2) },
  expected: { verdict: 'failed', requests: 150, failures: [{ kind: /^status-503$/, count: 150 }] },
};
