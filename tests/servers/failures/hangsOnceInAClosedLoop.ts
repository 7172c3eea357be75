import { serveHttp } from '../serve';
import { p95Under, type Situation, waited } from '../situation';

export const situation: Situation = {
  standsFor: 'a virtual user whose request never ends: the others go on, and the rate is over the planned time',
  start: () => {
    let requests = 0;
    return serveHttp((_request, response) => {
      requests += 1;
      if (requests !== 200) setTimeout(() => response.end('ok'), 200);
    });
  },
  scenario: {
    load: { executor: 'constant-vus', vus: 40, duration: '4s', gracefulStop: '6s' },
    thresholds: p95Under(2_000),
  },
  // 39 users and then 40, 5 requests a second each; over the time that the straggler takes as well it would be 80.
  expected: {
    verdict: 'passed',
    requests: [400, 802],
    failures: [{ kind: /^(not-finished|timeout)$/, count: 1 }],
    p50: waited(200),
    rate: [90, 201],
  },
};
