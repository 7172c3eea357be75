import { serveHttp } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'one request of 2,000 that never ends: it is one failure, and the rate is that of the others',
  start: () => {
    let requests = 0;
    return serveHttp((_request, response) => {
      requests += 1;
      if (requests !== 1_000) response.end('ok');
    });
  },
  scenario: { load: { ...steady(250, 8), gracefulStop: '5s' }, thresholds: p95Under(2_000) },
  expected: {
    verdict: 'passed',
    requests: [1_999, 2_000],
    failures: [{ kind: /^(not-finished|timeout)$/, count: 1 }],
    p50: atOnce,
    rate: [190, 251],
    says: /held (19\d|2[0-5]\d) req/,
  },
};
