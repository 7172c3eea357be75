import { serveHttp } from '../serve';
import { p95Under, type Situation, steady, waited } from '../situation';

export const situation: Situation = {
  standsFor: '120 of 120 requests above the limit: few, and enough to fail at once',
  start: () => serveHttp((_request, response) => void setTimeout(() => response.end('ok'), 200)),
  scenario: { load: steady(60, 2), thresholds: p95Under(50) },
  alone: true,
  expected: { verdict: 'failed', requests: 120, p50: waited(200) },
};
