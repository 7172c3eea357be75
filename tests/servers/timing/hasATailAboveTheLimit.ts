import { serveHttp } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'one answer of eight takes a second: the median is fine and P95 is not',
  start: () => {
    let requests = 0;
    return serveHttp((_request, response) => {
      requests += 1;
      setTimeout(() => response.end('ok'), requests % 8 === 0 ? 1_000 : 0);
    });
  },
  scenario: { load: { ...steady(150, 2), gracefulStop: '3s' }, thresholds: p95Under(50) },
  alone: true,
  expected: { verdict: 'failed', requests: 300, p50: atOnce, p95: [998, 2_000] },
};
