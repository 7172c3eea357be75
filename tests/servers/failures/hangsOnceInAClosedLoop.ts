import { serveHttp } from '../serve';
import { p95Under, type Situation, waited } from '../situation';

export const situation: Situation = {
  standsFor: 'a virtual user whose request never ends: the others go on, and the rate is over the planned time',
  start: () => {
    let requests = 0;
    return serveHttp((_request, response) => {
      requests += 1;
      if (requests !== 200) setTimeout(() => response.end('ok'), 20);
    });
  },
  scenario: {
    load: { executor: 'constant-vus', vus: 10, duration: '4s', gracefulStop: '3s' },
    thresholds: p95Under(1_000),
  },
  // Nine or ten users, one request each 20 ms and more.
  expected: {
    verdict: 'passed',
    requests: [600, 2_000],
    failures: [{ kind: /^(not-finished|timeout)$/, count: 1 }],
    p50: waited(20),
    rate: [150, 500],
  },
};
