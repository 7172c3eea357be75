import { serveHttp, sinceFirst } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a service whose first second is slow: a warm-up of two keeps it out of every figure',
  start: () => {
    const elapsedMs = sinceFirst();
    return serveHttp((_request, response) => void setTimeout(() => response.end('ok'), elapsedMs() < 1_000 ? 900 : 0));
  },
  scenario: { load: steady(50, 4), warmup: '2s', thresholds: p95Under(700) },
  expected: { verdict: 'passed', requests: 200, p50: atOnce, p95: [0, 600] },
};
