import { serveHttp } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'one answer of twenty takes 500 ms: P95 is either of the two, and no run of this length tells which',
  start: () => {
    let requests = 0;
    return serveHttp((_request, response) => {
      requests += 1;
      setTimeout(() => response.end('ok'), requests % 20 === 0 ? 500 : 0);
    });
  },
  scenario: { load: { ...steady(100, 5), gracefulStop: '3s' }, thresholds: p95Under(200) },
  expected: { verdict: 'inconclusive', requests: 500, p50: atOnce },
};
