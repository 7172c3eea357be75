import { failsEvery } from '../failsEvery';
import { type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'half a per cent of failures where a tenth was allowed: 20 of 4,000 prove the opposite',
  start: () => failsEvery(200),
  scenario: { load: steady(800, 5), thresholds: { http_req_failed: ['rate<0.001'] } },
  expected: { verdict: 'failed', requests: 4000, failures: [{ kind: /^status-503$/, count: 20 }] },
};
