import { serveHttp } from '../serve';
import { p95Under, type Situation, steady, waited } from '../situation';

export const situation: Situation = {
  standsFor: 'a service at half of its limit: the ordinary pass',
  start: () => serveHttp((_request, response) => void setTimeout(() => response.end('ok'), 50)),
  scenario: { load: steady(50, 5), thresholds: p95Under(100) },
  alone: true,
  expected: { verdict: 'passed', requests: 250, p50: waited(50), p95: [48, 100] },
};
