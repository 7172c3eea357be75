import { serveHttp } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'one answer of 200 takes 3 s: P95 knows nothing of it and is far below the limit',
  start: () => {
    let requests = 0;
    return serveHttp((_request, response) => {
      requests += 1;
      setTimeout(() => response.end('ok'), requests % 200 === 0 ? 3_000 : 0);
    });
  },
  scenario: { load: steady(200, 5), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 1_000, p50: atOnce, p95: [0, 2_000] },
};
