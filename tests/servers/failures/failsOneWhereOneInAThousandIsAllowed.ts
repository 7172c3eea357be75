import { failsEvery } from '../failsEvery';
import { type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'one failure among 2,000 where one in 1,000 is allowed: chance alone explains either side',
  start: () => failsEvery(2_000),
  scenario: { load: steady(250, 8), thresholds: { http_req_failed: ['rate<0.001'] } },
  expected: { verdict: 'inconclusive', requests: 2_000, failures: [{ kind: /^status-503$/, count: 1 }] },
};
