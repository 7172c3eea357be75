import { serveHttp } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

const serviceMs = 10;

export const situation: Situation = {
  standsFor: 'a service that answers one request after the other, 100 a second, and is asked for 200: its queue grows',
  start: () => {
    let freeMs = 0;
    return serveHttp((_request, response) => {
      freeMs = Math.max(performance.now(), freeMs) + serviceMs;
      setTimeout(() => response.end('ok'), freeMs - performance.now());
    });
  },
  scenario: { load: { ...steady(200, 2), gracefulStop: '10s' }, thresholds: p95Under(100) },
  alone: true,
  // The last of 400 requests waits for 2 s.
  expected: { verdict: 'failed', requests: 400, p50: [870, 1_400], p95: [1_730, 2_700] },
};
