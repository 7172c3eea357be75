import { serveHttp } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'one answer of twenty takes 3 s: P95 is either of the two, and no run of this length tells which',
  start: () => {
    let requests = 0;
    return serveHttp((_request, response) => {
      requests += 1;
      setTimeout(() => response.end('ok'), requests % 20 === 0 ? 3_000 : 0);
    });
  },
  scenario: { load: { ...steady(100, 5), gracefulStop: '10s' }, thresholds: p95Under(2_000) },
  expected: { verdict: 'inconclusive', requests: 500, p50: atOnce },
};
