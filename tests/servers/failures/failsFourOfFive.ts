import { serveHttp } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor:
    'the shop of the documentation with 80 % failures, whose only threshold is about the latency of what worked',
  start: () => {
    let requests = 0;
    return serveHttp((request, response) => {
      request.resume();
      requests += 1;
      if (requests % 5 !== 0) response.statusCode = 503;
      response.end();
    });
  },
  scenario: { load: steady(100, 2), thresholds: p95Under(1_000) },
  expected: {
    verdict: 'failed',
    requests: 200,
    failures: [{ kind: /^status-503$/, count: 160 }],
  },
};
