import { failsEvery } from '../failsEvery';
import { type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'half a per cent of failures where a tenth was allowed: 10 of 2,000 prove the opposite',
  start: () => failsEvery(200),
  scenario: { load: steady(250, 8), thresholds: { http_req_failed: ['rate<0.001'] } },
  expected: { verdict: 'failed', requests: 2_000, failures: [{ kind: /^status-503$/, count: 10 }] },
};
