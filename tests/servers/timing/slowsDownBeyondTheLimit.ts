import { serveHttp, sinceFirst } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a leak that crosses the limit: from 5 ms to 400, where 50 are allowed to 95 %',
  start: () => {
    const elapsedMs = sinceFirst();
    return serveHttp(
      (_request, response) => void setTimeout(() => response.end('ok'), 5 + elapsedMs() * (395 / 2_000)),
    );
  },
  scenario: { load: steady(300, 2), thresholds: p95Under(50) },
  alone: true,
  expected: { verdict: 'failed', requests: 600, p50: [180, 500], p95: [330, 800] },
};
