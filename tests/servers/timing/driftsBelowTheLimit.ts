import { serveHttp, sinceFirst } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a cache that is evicted at half-time: from 5 to 100 ms, and both halves pass',
  start: () => {
    const elapsedMs = sinceFirst();
    return serveHttp((_request, response) => void setTimeout(() => response.end('ok'), elapsedMs() < 3_000 ? 5 : 100));
  },
  scenario: { load: steady(100, 6), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 600, p50: [4, 600], p95: [98.5, 2_000] },
};
