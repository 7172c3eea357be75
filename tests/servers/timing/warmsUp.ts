import { serveHttp, sinceFirst } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a service whose first second is slow: a warm-up of four keeps it out of every figure',
  start: () => {
    const elapsedMs = sinceFirst();
    return serveHttp(
      (_request, response) => void setTimeout(() => response.end('ok'), elapsedMs() < 1_000 ? 2_500 : 0),
    );
  },
  scenario: { load: steady(120, 2), warmup: '4s', thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 240, p50: atOnce, p95: [0, 2_000] },
};
